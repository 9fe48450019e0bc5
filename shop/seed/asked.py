"""Two people asked head office for what is theirs: one can wait, one has waited too long."""

from datetime import timedelta
from typing import Final

from django.contrib.auth import get_user_model
from django.utils import timezone

from omni_sync.privacy.models import PrivacyRequest
from shop.seed.people import ACCOUNTS, STAFF

Kind = PrivacyRequest.Kind
#: What they want, who, and how many hours ago.
ASKED: Final = ((Kind.ERASURE, ACCOUNTS[9], 80), (Kind.EXPORT, ACCOUNTS[6], 20))


def are_noted() -> bool:
    """Whether somebody asked."""
    return PrivacyRequest.objects.exists()


def note() -> None:
    """Write down what they asked for; nobody has looked at it yet."""
    rani = get_user_model()._default_manager.filter(email=STAFF.email).first()
    PrivacyRequest.objects.bulk_create(
        PrivacyRequest(
            kind=kind,
            contact=human.email,
            reply_to=human.email,
            language=human.language,
            noted_by=rani,
            asked_at=timezone.now() - timedelta(hours=hours),
        )
        for kind, human, hours in ASKED
    )
