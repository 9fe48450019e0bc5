"""What a member of staff wrote in the demo reads as one that was really written."""

import pytest
from django.contrib.auth import get_user_model

from omni_sync.messages.models import Message
from omni_sync.messages.words import words_of
from shop.seed.day import day_of
from shop.seed.heard import tell
from shop.seed.people import SHOPPER
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


def test_it_says_the_one_true_reason_and_its_link_ends_it(client):
    get_user_model().objects.create_user(SHOPPER.email, "x", first_name=SHOPPER.first_name)
    tell(day_of())
    html = words_of(Message.objects.get()).html
    assert "because you said that we may write to you" in html
    assert "something you did" not in html
    link = html.partition("/u/")[2].partition("/")[0]
    page = client.get(f"/u/{link}/")
    assert page.status_code == 200
    assert "No more" in text_of(page) or "Stop" in text_of(page)
