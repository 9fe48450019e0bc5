"""What the customer at the tablet wears: worked out when their page is opened, known until the tablet is locked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext

from instore.customers.models import LookUp
from instore.staff import session
from omni_sync.people.sizes.wearing import Why
from omni_sync.people.sizes.worn import worn_sizes_of

#: What the session keeps: of which look-up, and their sizes.
SIZES: Final = "sizes"


@dataclass(frozen=True, slots=True)
class Wears:
    """The size they wear in a system, and how we know."""

    size_system: str
    size: str
    why: str

    @property
    def words(self) -> str:
        """How we know, for whoever serves them."""
        return {
            Why.TYPED: gettext("as they told us"),
            Why.EXCHANGED: gettext("as they took in exchange"),
            Why.BOUGHT: gettext("as they bought"),
            Why.FILTERED: gettext("as they often look for"),
        }.get(Why(self.why), "")


def wears(request: HttpRequest, look_up: LookUp) -> tuple[Wears, ...]:
    """By size system what they wear wherever nothing else is known: some seven queries once, then none."""
    assert look_up.person is not None
    kept = session.remembered(request, SIZES)
    if not kept or kept["look_up"] != look_up.pk:
        known = [one for one in worn_sizes_of(look_up.person) if one.category is None]
        sizes = [asdict(Wears(one.size_system, one.size, one.why)) for one in known]
        kept = {"look_up": look_up.pk, "sizes": sizes}
        session.remember(request, SIZES, kept)
    return tuple(Wears(**one) for one in kept["sizes"])
