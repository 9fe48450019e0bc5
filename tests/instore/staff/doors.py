"""What is asked at each door of the staff: a form that would do something, if its sender may."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_class

from instore.customers.models import LookUp
from instore.devices.invite import invite
from instore.devices.models import Device, Kind
from instore.pickup.code import code_of, token_of
from instore.pickup.expect import name_friend
from instore.pickup.models import Pickup, State
from instore.requests.ask import Wanted, ask
from instore.requests.models import Kind as Ask
from instore.requests.models import Request
from instore.returns.left import left_of
from instore.staff.guard import OnDuty
from instore.staff.models import Associate, Role
from instore.stores.models import Store
from instore.vouchers.models import CreditVoucher
from omni_sync.carts.fulfilment import choose
from omni_sync.catalogue.identify import set_gtins
from omni_sync.customer_code.mint import mint
from omni_sync.customer_code.models import CustomerCode
from omni_sync.oscar.models import (
    Basket,
    BasketLine,
    Order,
    PaymentSource,
    PaymentSourceType,
    Product,
    WishList,
)
from omni_sync.people.account import person_of
from tests.instore.pickup.conftest import bring, line_of, pick_all
from tests.instore.places import make_product, put
from tests.instore.tablet.conftest import nonce
from tests.instore.tablet.frames import jpeg, seen
from tests.instore.tablets import PIN, make_associate, make_device, make_manager
from tests.instore.vouchers.made import code_of as code_of_voucher
from tests.instore.vouchers.made import make_voucher
from tests.omni_sync.oscar.conftest import place_order

CALLED, FRIEND, EMAIL, PHONE = "Wulan Prameswari", "Ucok Harahap", "wulan.p@example.com", "+62 811 5550 199"
GTIN = "09521234500018"
GOODS = {"TEE": ("Zephyr windbreaker", 2), "HAT": ("Quokka beanie", 1)}
#: What is written down of a try is no effect of it.


@dataclass
class World:
    """A pickup at ``here``, whose shopper has shown and was sent a code, and who and what else the forms name."""

    here: Store
    pickup: Pickup
    sari: Any
    spare: Device
    shown: str
    sent: str
    look: LookUp

    @property
    def number(self):
        return {"number": self.pickup.order.number}

    @property
    def theirs(self):
        """A line of a basket that no tablet here keeps."""
        return BasketLine.objects.first()

    def line(self, sku):
        return line_of(self.pickup, sku).pk

    def invitation(self):
        """A code for one more tablet here."""
        return invite(store=self.here, kind=Kind.TABLET, name="New", by=make_manager()).code


def make_world(here):
    """Two jackets and a hat wait to be picked; who ordered them left all we ask for."""
    ours = Basket.objects.create()
    ours.strategy = get_class("partner.strategy", "Selector")().strategy()
    for sku, (title, quantity) in GOODS.items():
        record = put(make_product(title), here.partner, 9, sku=sku)
        ours.add_product(record.product, quantity)
    set_gtins(product=Product.objects.get(title=GOODS["TEE"][0]), values=[GTIN])
    choose(basket=ours, place=here.partner)
    asked = {"name": CALLED, "email": EMAIL, "phone": PHONE}
    pickup = place_order(ours, asked=asked).pickup
    name_friend(pickup_id=pickup.pk, name=FRIEND)
    sari, spare = make_associate(here), make_device(here, name="Spare")[0]
    shown, sent, look = make_customer(here, sari, spare)
    ask(store=here, kind=Ask.BRING, wants=[Wanted(jacket_id())], device=spare, key="nonce-of-a-kiosk-1")
    make_voucher(OnDuty(sari, Role.ASSOCIATE, spare))
    return World(here, pickup, sari, spare, shown, sent, look)


def make_customer(here, sari, spare):
    """An account of the same name with a jacket on its list: the codes that open it, and where Sari sees it already."""
    user = get_user_model().objects.create_user(
        EMAIL, first_name=CALLED.split(maxsplit=1)[0], last_name=CALLED.split()[1]
    )
    person = person_of(user=user)
    jacket = Product.objects.get(title=GOODS["TEE"][0])
    WishList.objects.create(owner=user).add(jacket)
    shown, sent = mint(person_id=person.pk), mint(person_id=person.pk, place_id=here.pk)
    tomorrow = timezone.now() + timedelta(days=1)
    CustomerCode.objects.update(until=tomorrow)
    facts = {"person": person, "store": here, "device": spare, "associate": sari, "who": "Sari", "why": "shown"}
    return shown.code, sent.code, LookUp.objects.create(until=tomorrow, **facts)


def taken_back(world):
    """A jacket comes back that was paid in cash."""
    order = Order.objects.get(pk=world.pickup.pk)
    cash, _ = PaymentSourceType.objects.get_or_create(code="cash", defaults={"name": "cash"})
    PaymentSource.objects.create(order=order, source_type=cash, amount_debited=order.total_incl_tax)
    jacket = left_of(order).lines[0]
    return {f"many{jacket.pk}": "1"} | agreed(jacket.worth(1, order.currency), "original", "cash")


def agreed(amount, method, way):
    """What stood on the page of the return."""
    return {"sum": str(amount), "ways": f"{method} {way}={amount.normalize():f}"}


def given(world):
    """It was a present."""
    form = taken_back(world)
    return form | agreed(Decimal(form["sum"]), "voucher", "voucher") | {"gift": "yes"}


def exchanged(world):
    """One jacket for another."""
    form = taken_back(world)
    return form | {f"out{jacket_id()}": "1", "sum": "0"}


def voucher_code():
    return code_of_voucher(CreditVoucher.objects.get())


def id_of(name):
    return Associate.objects.get(display_name=name).pk


@dataclass(frozen=True)
class Door:
    """A page by its name, the form that is sent to it, and where the pickup is by then."""

    name: str
    form: Any = field(default_factory=dict)  # or what makes it of the world
    state: State = State.PLACED
    verb: str = ""
    picked: bool = False
    told: bool = False  # whoever tries it has typed the pickup's code before
    of: str = ""
    opens: bool = False  # whoever tries it has typed the customer's code before

    def url(self, world, *, own=""):
        """Its address; ``own`` is the customer's page that whoever tries it has opened."""
        if self.name.startswith("staff:customer"):
            named = reverse(self.name, kwargs={"key": world.look.key} | ({"verb": self.verb} if self.verb else {}))
            key = own.removeprefix("/staff/customers/").strip("/")
            return (named.replace(world.look.key, key) if key else named) + self.of
        whose = self.whose(world)
        verb = {"verb": self.verb} if self.verb else {}
        return reverse(self.name, kwargs=whose | verb) + self.of

    def whose(self, world):
        """What its address names."""
        if self.name == "staff:product":
            return {"gtin": GTIN}
        if self.name in ("staff:pickup", "staff:act", "staff:bag"):
            return world.number
        named = {
            "lintas-staff:associate": world.sari,
            "lintas-staff:device": world.spare,
            "staff:request": Request.objects.get(),
            "staff:request-act": Request.objects.get(),
            "staff:visit-line": world.theirs,
            "staff:return": world.pickup.order,
            "staff:exchange": world.pickup.order,
            "lintas-pickups:slots": world.here,
            "lintas-vouchers:voucher": CreditVoucher.objects.first(),
        }.get(self.name)
        return {"pk": named.pk} if named else {}

    def prepare(self, world):
        bring(world.pickup, self.state)
        if self.picked:
            pick_all(world.pickup)

    def sent(self, world):
        """The form with the nonce of a tap, or the bytes of a picture."""
        form = self.form(world) if callable(self.form) else self.form
        if isinstance(form, bytes):
            return {"data": form, "content_type": "image/jpeg"}
        return {"data": {"nonce": nonce(1), **form}}


def of_tap(verb, **more):
    return Door("staff:act", verb=verb, **more)


def of_customer(name, form=None, **more):
    return Door(f"staff:customer{name}", form or {}, **more)


def on_jacket(verb, **more):
    return of_customer("-act", lambda _: {"product": jacket_id()}, verb=verb, **more)


def jacket_id():
    return Product.objects.get(title=GOODS["TEE"][0]).pk


def of_sari(action, **more):
    return Door("lintas-staff:associate", lambda world: {"action": action, **more, "store": world.here.pk})


DOORS = {
    "sign-in": Door("staff:sign-in", lambda world: {"who": world.sari.pk, "pin": PIN}),
    "enrol": Door("staff:enrol", lambda world: {"code": world.invitation()}),
    "enrol.guess": Door("staff:enrol", {"code": "AAAA-AAAA"}),
    "lock": Door("staff:lock"),
    "still": Door("staff:still"),
    "still.forget": Door("staff:still", {"forget": "1"}),
    "today": Door("staff:today"),
    "today.all": Door("staff:today", of="?of=placed"),
    "pickup": Door("staff:pickup"),
    "act.begin": of_tap("begin"),
    "act.found": of_tap("found", form=lambda w: {"line": w.line("tee"), "quantity": 1}, state=State.PICKING),
    "act.article": of_tap("found", form={"article": "TEE"}, state=State.PICKING),
    "act.missing": of_tap(
        "missing", form=lambda w: {"line": w.line("tee"), "found": 0, "reason": "sold"}, state=State.PICKING
    ),
    "act.ask": of_tap("ask", form=lambda w: {"line": w.line("tee")}),
    "act.ready": of_tap("ready", state=State.PICKING, picked=True),
    "act.cancel": of_tap("cancel"),
    "act.packed": of_tap("cancel", state=State.READY),
    "act.put-back": of_tap("put-back", state=State.EXPIRED),
    "scan": Door("staff:scan", jpeg(seen("9521234500018")), of="?of=article"),
    "collect": Door("staff:collect", lambda w: {"code": code_of(w.pickup)}, state=State.READY),
    "collect.link": Door("staff:collect", lambda w: {"code": f"/collect/{token_of(w.pickup)}/"}, state=State.READY),
    "collect.guess": Door("staff:collect", {"code": "AAAAAA"}, state=State.READY),
    "bag": Door("staff:bag", {"method": "cash"}, state=State.READY),
    "bag.told": Door("staff:bag", {"method": "cash"}, state=State.READY, told=True),
    "bag.voucher": Door("staff:bag", lambda _: {"voucher_code": voucher_code()}, state=State.READY, told=True),
    "open-codes": Door("staff:open-codes", lambda _: {"who": id_of("Dewi"), "pin": PIN}),
    "open-codes.sari": Door("staff:open-codes", lambda w: {"who": w.sari.pk, "pin": PIN}),
    "rings": Door("staff:rings"),
    "requests": Door("staff:requests"),
    "request": Door("staff:request"),
    "request.take": Door("staff:request-act", verb="take"),
    "request.leave": Door("staff:request-act", verb="leave"),
    "request.done": Door("staff:request-act", verb="done"),
    "product": Door("staff:product"),
    "visit": Door("staff:visit", {"article": "TEE", "seen": "0"}),
    "visit.line": Door("staff:visit-line", {"quantity": "0"}),
    "visit.end": Door("staff:visit-end"),
    "visit.give": Door("staff:visit-give"),
    "visit.given": Door("staff:visit-given"),
    "visit.receive": Door("staff:visit-receive", {"code": "AAAAAA"}),
    "visit.look": Door("staff:visit-look", {"choice": "theirs"}),
    "visit.back": Door("staff:visit-give-back"),
    "returns": Door("staff:returns", lambda w: {"code": w.pickup.order.number}),
    "returns.guess": Door("staff:returns", {"code": "999999"}),
    "return": Door("staff:return", taken_back, state=State.COLLECTED),
    "return.gift": Door("staff:return", given, state=State.COLLECTED),
    "return.without": Door(
        "staff:return-without",
        {"article": "TEE", "many": "1", "each": "5000", "why": "size", "then": "sell", "note": "A present"}
        | {"sum": "5000", "ways": "cash cash=5000"},
    ),
    "return.early": Door("staff:return", taken_back, state=State.READY),
    "exchange": Door("staff:exchange", exchanged, state=State.COLLECTED),
    "exchange.early": Door("staff:exchange", exchanged, state=State.READY),
    "ask": Door("staff:ask", lambda w: {"code": w.shown}),
    "ask.sent": Door("staff:ask", lambda w: {"code": w.sent}),
    "ask.guess": Door("staff:ask", {"code": "AAAAAA"}),
    "send-code": Door("staff:send-code", {"who": EMAIL}),
    "customer": of_customer(""),
    "customer.shown": of_customer("", opens=True),
    "customer.find": of_customer("-find", of="?q=TEE"),
    "find.shown": of_customer("-find", of="?q=TEE", opens=True),
    "customer.hand": of_customer("-hand"),
    "hand.shown": of_customer("-hand", opens=True),
    "customer.done": of_customer("-done"),
    "done.shown": of_customer("-done", opens=True),
    "customer.list": on_jacket("list"),
    "list.shown": on_jacket("list", opens=True),
    "customer.basket": on_jacket("basket"),
    "basket.shown": on_jacket("basket", opens=True),
    "customer.book": on_jacket("reserve"),
    "book.shown": on_jacket("reserve", opens=True),
    "customer.write": of_customer("-act", {"note": "Come by"}, verb="message"),
    "write.shown": of_customer("-act", {"note": "Come by"}, verb="message", opens=True),
    "look-ups": Door("lintas-customers:look-ups"),
    "devices": Door("lintas-staff:devices"),
    "devices.code": Door("lintas-staff:devices", lambda w: {"store": w.here.pk, "kind": "tablet", "name": "Mine"}),
    "devices.end": Door("lintas-staff:devices", lambda w: {"revoke": w.spare.pk}),
    "device": Door("lintas-staff:device", {"name": "Door", "place": "By the door"}),
    "associates": Door("lintas-staff:associates"),
    "hire": Door(
        "lintas-staff:hire",
        lambda w: {"display_name": "Joko", "till_id": "", "store": w.here.pk, "role": "manager"},
    ),
    "associate": Door("lintas-staff:associate"),
    "associate.names": of_sari("names", display_name="Sari W.", till_id=""),
    "associate.role": of_sari("assign", role="manager"),
    "associate.out": of_sari("unassign"),
    "associate.pin": of_sari("pin", pin="583920", again="583920"),
    "associate.leave": of_sari("leave"),
    "figures": Door("lintas-pickups:figures"),
    "list": Door("lintas-pickups:list"),
    "list.here": Door("lintas-pickups:list", of="?store=menteng"),
    "vouchers": Door("lintas-vouchers:vouchers"),
    "vouchers.here": Door("lintas-vouchers:vouchers", of="?store=menteng"),
    "voucher": Door("lintas-vouchers:voucher", {"reason": "Lost its paper"}),
    "slots": Door("lintas-pickups:slots", {"lead_minutes": 5, "slot_minutes": 15, "pickup_capacity": 1}),
}
