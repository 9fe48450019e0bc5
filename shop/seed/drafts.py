"""What a marketer has begun to write to whoever left a basket: a draft in both languages, which nobody is sent."""

from typing import Final

from django.contrib.auth import get_user_model

from omni_sync.messages.journeys.models import Step
from omni_sync.messages.models import Channel
from omni_sync.messages.wording.models import Wording
from omni_sync.messages.wording.write import write_draft
from shop.seed.people import STAFF

JOURNEY: Final = "cart_left"
WORDS: Final = {
    "en": (
        "Still thinking about {what}?",
        "Hello,\n\nyour basket is where you left it: {what}.\n\n{link}\n\nSee you soon at {shop}!",
    ),
    "id": (
        "Masih memikirkan {what}?",
        "Halo,\n\nkeranjang Anda masih seperti saat Anda tinggalkan: {what}.\n\n{link}\n\nSampai jumpa di {shop}!",
    ),
}


def are_written() -> bool:
    """Whether somebody wrote something, or there is nothing to write for."""
    return Wording.objects.exists() or _first_step() is None


def write() -> None:
    """Write it as the shop's own marketer."""
    rani = get_user_model()._default_manager.filter(email=STAFF.email).first()
    for language, (title, text) in WORDS.items():
        place = {"step": _first_step(), "channel": Channel.EMAIL, "language": language, "variant": "a"}
        write_draft(wording=Wording(**place, title=title, text=text), revision=0, by=rani)


def _first_step() -> Step | None:
    steps = Step.objects.filter(journey__name=JOURNEY, channels__contains=[Channel.EMAIL])
    return steps.order_by("number").first()
