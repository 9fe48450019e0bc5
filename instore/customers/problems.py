"""What could not be done on a customer's page, in words, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext

from instore.customers.models import CustomerAction
from instore.tablet.problems import Told, out_of_date


def told(action: CustomerAction) -> Told | None:
    """Why the tap did nothing; None where it was done."""
    if not action.problem:
        return None
    if action.said:
        return Told(action.said, gettext("Tell the customer, and offer something else."))
    words = {
        "NotToBeHad": (
            gettext("There is not one more of it where this basket is collected or sent from."),
            gettext("Put it on their list, or look for another size."),
        ),
        "NoAccount": (
            gettext("They have no account, so there is no list."),
            gettext("Put it into a basket and hand that to their phone."),
        ),
        "NotAllowed": (
            gettext("They don't show this part to staff."),
            gettext("They can allow it on their page “My code”."),
        ),
        "NoteTooLong": (gettext("The note is too long."), gettext("Make it shorter; nothing was done.")),
        "NothingSaid": (
            gettext("There is nothing to say yet."),
            gettext("Choose a sentence, or write your own words."),
        ),
        "TooLongToSay": (
            gettext("Your words are too long for a message."),
            gettext("Make it shorter; nothing was sent."),
        ),
        "UnknownProduct": (gettext("This article is not for sale."), gettext("Look for another one.")),
    }
    return Told(*words[action.problem]) if action.problem in words else out_of_date()
