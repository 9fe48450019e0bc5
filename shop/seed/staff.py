"""Who works in the five shops, and the tablet on each counter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.contrib.auth import get_user_model

from instore.devices.enrol import enrol
from instore.devices.invite import Invitation, invite
from instore.devices.models import Device, Kind
from instore.staff.assign import hire
from instore.staff.models import Associate, Role
from instore.staff.pins import is_pin
from instore.staff.set_pin import set_pin
from instore.stores.models import Store
from shop.seed import example
from shop.seed.people import STAFF
from shop.seed.places import SHOPS

#: Everybody knows them, as they know Rani's password: nobody works in a shop that is not a demo.
PINS: Final = {Role.ASSOCIATE: "271828", Role.MANAGER: "314159"}
COUNTER: Final = "Counter"  # the tablet that is there already
VISITOR: Final = "Tour"  # the one that whoever takes the tour enrols
KIOSK: Final = "Tour kiosk"  # the same, of the kiosk


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff, by the name on the tablet."""

    store: str
    name: str
    role: Role

    @property
    def till_id(self) -> str:
        return f"{self.store[:2]}-{self.name.split()[0].lower()}"


_NAMES: Final = {
    "menteng": ("Sari W.", "Bagas P.", "Tuti H."),
    "dago": ("Asep K.", "Neng L.", "Rina S."),
    "malioboro": ("Wulan D.", "Bima A.", "Slamet R."),
    "darmo": ("Yanti M.", "Rudi T.", "Endang F."),
    "sanur": ("Komang J.", "Luh A.", "Nyoman B."),
}
COLLEAGUES: Final = tuple(
    Colleague(store, name, role)
    for store, names in _NAMES.items()
    for name, role in zip(names, (Role.ASSOCIATE, Role.ASSOCIATE, Role.MANAGER), strict=True)
)


def of_store(code: str) -> list[Colleague]:
    """Two associates and their manager."""
    return [colleague for colleague in COLLEAGUES if colleague.store == code]


def are_hired() -> bool:
    """Whether everybody has a PIN, and every counter its tablet."""
    ready = Associate.objects.working().exclude(pin="").filter(till_id__in=[each.till_id for each in COLLEAGUES])
    tablets = Device.objects.filter(name=COUNTER, store__partner__code__in=_NAMES).values("store").distinct()
    return ready.count() == len(COLLEAGUES) and tablets.count() == len(SHOPS)


def known_pin(colleague: Colleague) -> str:
    """Their PIN, while it is the one that everybody knows; else nothing."""
    pin = PINS[colleague.role]
    kept = Associate.objects.working().filter(till_id=colleague.till_id).values_list("pin", flat=True).first()
    return pin if kept and _is_known(pin, kept) else ""


@lru_cache(maxsize=64)
def _is_known(pin: str, kept: str) -> bool:
    """Checking is slow on purpose: once for each PIN it is."""
    return is_pin(pin, kept)


def hire_all() -> None:
    """Hire whoever does not work yet, give them their PIN, and enrol the tablets that are missing."""
    rani = get_user_model()._default_manager.filter(email=STAFF.email).first()
    stores = {store.partner.code: store for store in Store.objects.select_related("partner")}
    known = {associate.till_id: associate for associate in Associate.objects.working()}
    for colleague in COLLEAGUES:
        store, till_id = stores[colleague.store], colleague.till_id
        associate = known.get(till_id) or hire(
            display_name=colleague.name, till_id=till_id, store=store, role=colleague.role, by=rani
        )
        if not associate.pin:
            set_pin(associate=associate, pin=PINS[colleague.role], by=rani)
    for code, store in stores.items():
        if code in _NAMES and not Device.objects.filter(store=store, name=COUNTER).exists():
            enrol(typed=invite(store=store, kind=Kind.TABLET, name=COUNTER, by=rani).code)


def has_visitor(name: str = VISITOR) -> bool:
    """Whether somebody who takes the tour has a device of the example's store by this name."""
    return Device.objects.enrolled().filter(store__partner__code=example.STORE, name=name).exists()


def invite_visitor(*, kind: Kind = Kind.TABLET, again: bool = False) -> Invitation | None:
    """A code for one more tablet, or kiosk, at the example's store; None where nobody works.

    Also None where somebody enrolled one already, unless it is asked for ``again``.
    """
    name = KIOSK if kind == Kind.KIOSK else VISITOR
    store = Store.objects.filter(partner__code=example.STORE).first()
    if store is None or not are_hired() or (has_visitor(name) and not again):
        return None
    rani: Any = get_user_model()._default_manager.filter(email=STAFF.email).first()
    return invite(store=store, kind=kind, name=name, by=rani)
