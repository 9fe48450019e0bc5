"""What people read when they say yes to us, word for word: a changed word is a new version, old ones stay below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from omni_sync import conf
from omni_sync.people.exceptions import UnknownPurpose

SERVICE: Final = "service"
MARKETING: Final = "marketing"
PERSONALISATION: Final = "personalisation"
#: The channel of a purpose that is about no letter.
ON_THE_WEB: Final = "web"
#: What every member is asked on their page; whatever else they said somewhere stands beside it.
OFFERED: Final = (("email", MARKETING), (ON_THE_WEB, PERSONALISATION))


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in one language, as it was shown."""

    version: str
    language: str
    text: str


def wording_of(*, channel: str, purpose: str, language: str) -> Wording:
    """What is read today for this purpose, in English where we don't speak ``language``. Raises UnknownPurpose."""
    if purpose not in _WORDINGS:
        raise UnknownPurpose(purpose)
    version, texts = _WORDINGS[purpose][0]
    spoken = language.partition("-")[0]
    spoken = spoken if spoken in texts else "en"
    by = _CHANNELS.get(channel, {}).get(spoken, channel)
    return Wording(version, spoken, texts[spoken].format(shop=conf.shop_name(), channel=by))


_CHANNELS: Final[Mapping[str, Mapping[str, str]]] = {
    "email": {"en": "e-mail", "id": "e-mail"},
    "whatsapp": {"en": "WhatsApp", "id": "WhatsApp"},
    "sms": {"en": "SMS", "id": "SMS"},
    "push": {"en": "notification", "id": "notifikasi"},
}

#: By purpose, the newest first.
_WORDINGS: Final[Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]]] = {
    SERVICE: (
        (
            "2026-11",
            {
                "en": "{shop} may write to me by {channel} about my orders, pickups and returns.",
                "id": "{shop} boleh mengabari saya lewat {channel} tentang pesanan, pengambilan, dan pengembalian "
                "saya.",
            },
        ),
    ),
    MARKETING: (
        (
            "2026-11",
            {
                "en": "{shop} may write to me by {channel} about new things and offers, at most once a week. "
                "I can stop this at any time.",
                "id": "{shop} boleh mengabari saya lewat {channel} tentang barang baru dan penawaran, paling banyak "
                "sekali seminggu. Saya dapat menghentikannya kapan saja.",
            },
        ),
    ),
    PERSONALISATION: (
        (
            "2026-11",
            {
                "en": "{shop} may use what I bought and looked at to show me what fits me. "
                "I can stop this at any time.",
                "id": "{shop} boleh memakai riwayat belanja dan kunjungan saya untuk menampilkan yang cocok bagi saya. "
                "Saya dapat menghentikannya kapan saja.",
            },
        ),
    ),
}
