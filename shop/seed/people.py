"""The people of the demo. Nobody of them exists; their names are common ones, put together by chance."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from oscar.core.loading import get_model

from omni_sync.people.consent import Statement, note
from omni_sync.people.identify import Customer, persons_of
from omni_sync.people.models import Identifier, Person
from shop.seed.day import Day
from shop.seed.wording import WORDING

TILL: Final = "langkah-till"
WEB: Final = "web"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    email: str
    password: str
    first_name: str
    last_name: str
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Human:
    """A shopper. ``street`` and what follows only for those with an account; ``home`` is the shop nearest to them."""

    number: int
    first_name: str
    last_name: str
    language: str
    home: str
    street: str = ""
    city: str = ""
    postcode: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """Below ``.example``, which is nobody's (RFC 2606)."""
        return f"{self.first_name.lower()}@langkah.example"

    @property
    def phone(self) -> str:
        """A number that rings nowhere.

        Indonesia sets no numbers aside for fiction, but its numbering plan gives 081 to 083, 085 and 087 to 089 to
        mobile networks and none to 084: no operator could put such a call through.
        """
        return f"+62845550{self.number:04}"

    @property
    def loyalty(self) -> str:
        return f"LK-{7100 + 13 * self.number}"

    @property
    def has_account(self) -> bool:
        return bool(self.street)


STAFF: Final = Account("rani@langkah.example", "jalan-bersama", "Rani", "Wijaya", is_staff=True)
SHOPPER: Final = Account("budi@langkah.example", "langkah-pertama", "Budi", "Santoso", is_staff=False)

_ROWS: Final = (
    ("Budi", "Santoso", "id", "menteng", "Jl. Cikini Raya 12, apt. 4B", "Jakarta", "10330"),
    ("Sari", "Lestari", "id", "dago", "Jl. Dipati Ukur 40", "Bandung", "40132"),
    ("Dewi", "Anggraini", "en", "menteng", "Jl. Sabang 27", "Jakarta", "10340"),
    ("Agus", "Prasetyo", "id", "malioboro", "Jl. Kaliurang km 5,6", "Yogyakarta", "55281"),
    ("Made", "Wirawan", "en", "sanur", "Jl. Bypass Ngurah Rai 210", "Denpasar", "80228"),
    ("Putri", "Maharani", "id", "darmo", "Jl. Diponegoro 88", "Surabaya", "60241"),
    ("Yohanes", "Simatupang", "en", "menteng", "Jl. Matraman Raya 61", "Jakarta", "13140"),
    ("Fitri", "Handayani", "id", "dago", "Jl. Cihampelas 112", "Bandung", "40131"),
    ("Ketut", "Suardana", "id", "sanur", "Jl. Hang Tuah 15", "Denpasar", "80227"),
    ("Clara", "Wibowo", "en", "darmo", "Jl. Kertajaya Indah 9", "Surabaya", "60116"),
    ("Bayu", "Nugroho", "id", "malioboro", "Jl. Gejayan 33", "Yogyakarta", "55281"),
    ("Nadia", "Siregar", "en", "menteng", "Jl. Setiabudi Tengah 5", "Jakarta", "12910"),
    ("Rizky", "Ramadhan", "id", "menteng"),
    ("Ayu", "Kartika", "id", "dago"),
    ("Hendra", "Gunawan", "id", "darmo"),
    ("Maya", "Puspita", "en", "dago"),
    ("Dimas", "Saputra", "id", "malioboro"),
    ("Wayan", "Sudarma", "id", "sanur"),
    ("Lina", "Kusuma", "en", "darmo"),
    ("Joko", "Susilo", "id", "malioboro"),
    ("Intan", "Permata", "id", "menteng"),
    ("Andre", "Tanujaya", "en", "darmo"),
    ("Ratna", "Sulistyo", "id", "malioboro"),
    ("Kadek", "Ariani", "id", "sanur"),
    ("Teguh", "Firmansyah", "id", "dago"),
    ("Mega", "Utami", "id", "menteng"),
    ("Samuel", "Manurung", "en", "dago"),
    ("Laras", "Widyastuti", "id", "malioboro"),
    ("Ilham", "Hidayat", "id", "darmo"),
    ("Gita", "Pramesti", "en", "sanur"),
)
PEOPLE: Final = tuple(Human(number, *row) for number, row in enumerate(_ROWS, 1))
ACCOUNTS: Final = tuple(human for human in PEOPLE if human.has_account)


def open_accounts() -> None:
    """Let Rani and the shoppers sign in, with passwords that everybody knows; one that was changed stays changed."""
    users = get_user_model()._default_manager
    if not users.filter(email=STAFF.email).exists():
        _new(STAFF.email, STAFF.first_name, STAFF.last_name, make_password(STAFF.password), is_staff=True).save()
    mine = users.filter(email__in=[human.email for human in ACCOUNTS])
    closed = [user.pk for user in mine if not user.has_usable_password()]
    if closed:
        mine.filter(pk__in=closed).update(password=make_password(SHOPPER.password))


def can_sign_in() -> bool:
    """Whether the accounts are open."""
    users = get_user_model()._default_manager
    shopper = users.filter(email=SHOPPER.email).first()
    return users.filter(email=STAFF.email).exists() and shopper is not None and shopper.has_usable_password()


def accounts() -> dict[str, Any]:
    """The shoppers' web accounts by first name."""
    users = get_user_model()._default_manager.filter(email__in=[human.email for human in ACCOUNTS])
    return {user.first_name: user for user in users}


def are_known() -> bool:
    """Whether the people were introduced."""
    return Identifier.objects.filter(source=TILL, kind=Identifier.Kind.LOYALTY, value=PEOPLE[-1].loyalty).exists()


@transaction.atomic
def introduce(day: Day) -> None:
    """Make the people known: to the tills by loyalty number, to the web by account and address; with what they allow.

    Nobody can sign in yet: a shop that is not a demo must have no accounts whose passwords are published.
    """
    users = {human.number: _account(human) for human in ACCOUNTS}
    told = [Customer(loyalty=human.loyalty, name=human.name) for human in PEOPLE]
    persons = [person for person in persons_of(customers=told, source=TILL, trusts_loyalty=True) if person is not None]
    joined = {human.number: day.opening - timedelta(days=7 * human.number) for human in PEOPLE}
    for human, person in zip(PEOPLE, persons, strict=True):
        user = users.get(human.number)
        if user is not None:
            Person.objects.filter(pk=person).update(user=user)
            for kind, value in ((Identifier.Kind.EMAIL, human.email), (Identifier.Kind.PHONE, human.phone)):
                Identifier.objects.get_or_create(
                    source=WEB,
                    kind=kind,
                    value=value,
                    defaults={
                        "person_id": person,
                        "verified_at": joined[human.number],
                        "proof": Identifier.Proof.LINK,
                    },
                )
    by_source: dict[str, list[Statement]] = {WEB: [], TILL: []}
    for human, person in zip(PEOPLE, persons, strict=True):
        source = WEB if human.has_account else TILL
        by_source[source] += _allowed(human, person, joined[human.number])
    for source, statements in by_source.items():
        note(statements=statements, source=source)


def _allowed(human: Human, person: int, joined: Any) -> list[Statement]:
    """What they said yes to when they joined, and what some took back since."""
    channels = ("email", "whatsapp") if human.has_account else ("whatsapp",)
    said = [(channel, "service", "granted", joined) for channel in channels]
    if human.number % 3:
        said.append((channels[0], "marketing", "granted", joined))
    if human.number % 5 == 0:
        said.append((channels[0], "marketing", "withdrawn", joined + timedelta(days=5)))
    if human.number % 2 == 0 and human.has_account:
        said.append(("web", "personalisation", "granted", joined))
    return [
        Statement(person, channel, purpose, state, at, WORDING[human.language][purpose], human.language, _proof(human))
        for channel, purpose, state, at in said
    ]


def _proof(human: Human) -> str:
    return "account form" if human.has_account else f"signed at the till, {human.home}"


def _account(human: Human) -> Any:
    found = get_user_model()._default_manager.filter(email=human.email).first()
    user = found or _new(human.email, human.first_name, human.last_name, make_password(None))
    user.save()
    _address(human, user)
    return user


def _new(email: str, first_name: str, last_name: str, password: str, *, is_staff: bool = False) -> Any:
    return get_user_model()(
        email=email,
        first_name=first_name,
        last_name=last_name,
        password=password,
        is_staff=is_staff,
        is_superuser=is_staff,
    )


def _address(human: Human, user: Any) -> None:
    get_model("address", "UserAddress").objects.get_or_create(
        user=user,
        line1=human.street,
        defaults={
            "first_name": human.first_name,
            "last_name": human.last_name,
            "line4": human.city,
            "postcode": human.postcode,
            "country": indonesia(),
            "phone_number": human.phone,
            "is_default_for_shipping": True,
            "is_default_for_billing": True,
        },
    )


def indonesia() -> Any:
    """Oscar's country, made where it has none: parcels can go there."""
    country, _ = get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2="ID",
        defaults={
            "iso_3166_1_a3": "IDN",
            "iso_3166_1_numeric": "360",
            "printable_name": "Indonesia",
            "name": "Republic of Indonesia",
            "is_shipping_country": True,
        },
    )
    return country
