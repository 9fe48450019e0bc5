"""“My code” in a shop of somebody else's: in the dress of its own account, and a customer seen by it on the tablet."""

import re

import pytest
from django.db import transaction

from omni_sync.customer_code.exceptions import CodeOpensNothing
from omni_sync.customer_code.redeem import redeem


def test_a_code_is_shown_in_the_shops_own_dress(client, shop, django_user_model):
    user = django_user_model.objects.create_user("ayu", "ayu@example.com", "x")
    client.force_login(user)
    answer = client.get("/accounts/code/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "/accounts/profile/" in page  # the account's own menu
    code = re.search(r'<p class="code-letters">(.*?)</p>', page)[1]
    with transaction.atomic():
        assert redeem(said=code, place_id=shop.street.pk).person.user == user
    with pytest.raises(CodeOpensNothing), transaction.atomic():
        redeem(said=code, place_id=shop.street.pk)
