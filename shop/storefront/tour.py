"""What the tour of the demo says when a button was pressed."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NOTHING = _("There is nothing to sell: the demo's goods are not all there.")
BUSY = _("The till's door did not take it. Try again in a moment.")
NO_CACHE = _("Valkey does not answer. Pages are right on reload until it does.")


def sold(number: str) -> str:
    """That a till sold one, with its number of the sale."""
    return gettext("The till sold one: sale %(number)s. Every open page of it follows.") % {"number": number}
