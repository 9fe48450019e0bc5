"""The demo shop's five stores, and the warehouse that sends parcels."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from biip.checksums import gs1_standard_check_digit

from instore.receipts.models import Letterhead
from instore.stores.models import Store
from omni_sync.oscar.models import Partner
from omni_sync.stock.models import Location

CURRENCY: Final = "IDR"
MALL: Final = [["10:00", "22:00"]]
STREET: Final = [["09:00", "21:00"]]
WEEKEND: Final = [["09:00", "22:00"]]
#: Letters in the tax number: no company has it.
LETTERHEAD: Final = {
    "legal_name": "PT Langkah Contoh",
    "tax_number": "00.000.000.X-000.000",
    "below": (
        "Tukar atau kembalikan dalam 30 hari, di toko mana pun.\n"
        "Exchange or return within 30 days, in any of our stores."
    ),
}
NEW_YEAR: Final[dict[str, list[list[str]]]] = {"2027-01-01": []}


@dataclass(frozen=True, slots=True)
class Shop:
    """One store as the seed knows it."""

    code: str
    name: str
    street: str
    district: str
    city: str
    postcode: str
    phone: str
    latitude: str
    longitude: str
    zone: str
    weekdays: list[list[str]]
    weekend: list[list[str]]
    lead_minutes: int

    @property
    def gln(self) -> str:
        """Its number, out of GS1's prefix for examples."""
        number = f"952123400{SHOPS.index(self) + 1:03}"
        return f"{number}{gs1_standard_check_digit(number)}"

    @property
    def week(self) -> list[list[list[str]]]:
        return [self.weekdays] * 5 + [self.weekend] * 2


# Telephone numbers below 084, which Indonesia's numbering plan gives to no network: they ring nowhere.
JAKARTA, MAKASSAR = "Asia/Jakarta", "Asia/Makassar"
SHOPS: Final = (
    Shop("menteng", "Menteng", "Jl. H.O.S. Cokroaminoto 81", "Menteng", "Jakarta", "10310", "+628455509001",
         "-6.196700", "106.831600", JAKARTA, MALL, MALL, 60),
    Shop("dago", "Dago", "Jl. Ir. H. Juanda 109", "Coblong", "Bandung", "40132", "+628455509002",
         "-6.885300", "107.613500", JAKARTA, STREET, WEEKEND, 60),
    Shop("malioboro", "Malioboro", "Jl. Malioboro 52", "Gedong Tengen", "Yogyakarta", "55271", "+628455509003",
         "-7.792600", "110.365800", JAKARTA, STREET, WEEKEND, 90),
    Shop("darmo", "Darmo", "Jl. Raya Darmo 54", "Wonokromo", "Surabaya", "60264", "+628455509004",
         "-7.289600", "112.739700", JAKARTA, STREET, STREET, 60),
    Shop("sanur", "Sanur", "Jl. Danau Tamblingan 77", "Denpasar Selatan", "Denpasar", "80228", "+628455509005",
         "-8.693900", "115.263600", MAKASSAR, STREET, WEEKEND, 120),
)  # fmt: skip
WAREHOUSE: Final = ("gudang", "Gudang Langkah")
COUNT: Final = len(SHOPS) + 1


def are_open() -> bool:
    """Whether every place is there."""
    codes = [shop.code for shop in SHOPS]
    stores = Store.objects.filter(partner__code__in=codes).count()
    return stores == len(codes) and Location.objects.filter(partner__code=WAREHOUSE[0]).exists()


def open_places() -> dict[str, Partner]:
    """Make the places that are missing, leave those that are there as they are; all of them by code, stores first."""
    places = {shop.code: _place(shop.code, shop.name, zone=shop.zone, sells_online=False) for shop in SHOPS}
    for shop in SHOPS:
        Store.objects.get_or_create(
            partner=places[shop.code],
            defaults={
                "gln": shop.gln,
                "street": shop.street,
                "district": shop.district,
                "city": shop.city,
                "postcode": shop.postcode,
                "country_code": "ID",
                "phone": shop.phone,
                "latitude": Decimal(shop.latitude),
                "longitude": Decimal(shop.longitude),
                "weekly_hours": shop.week,
                "exceptions": NEW_YEAR,
                "lead_minutes": shop.lead_minutes,
                "pickup_capacity": 8,
            },
        )
        Letterhead.objects.get_or_create(store_id=places[shop.code].pk, defaults=LETTERHEAD)
    code, name = WAREHOUSE
    return {**places, code: _place(code, name, zone=JAKARTA, sells_online=True)}


def _place(code: str, name: str, *, zone: str, sells_online: bool) -> Partner:
    partner, _ = Partner.objects.get_or_create(code=code, defaults={"name": name})
    facts = {"timezone": zone, "currency": CURRENCY, "sells_online": sells_online}
    Location.objects.get_or_create(partner=partner, defaults=facts)
    return partner
