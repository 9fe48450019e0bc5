"""Letters we sent, as their owner may read them again."""

import re
from typing import Any, Final

from django.utils.translation import gettext as _
from oscar.apps.customer.views import EmailDetailView

#: A link that opens an account is worth a key: it stands in the letter, not on a page.
KEYS: Final = re.compile(r"\S*/password-reset/confirm/\S+")


class Letter(EmailDetailView):
    """One letter, as plain text."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        hidden = _("(the link is in the letter only)")
        return {**context, "text": KEYS.sub(hidden, self.object.body_text)}
