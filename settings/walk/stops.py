"""Where the walk goes. A page that is new in the shop is one line here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

Read = Callable[[str], str]  # the HTML at an address, as whoever walks is shown it

PRODUCT: Final = r'href="((?:/id)?/catalogue/[\w-]+_\d+/)"'
CATEGORY: Final = r'href="((?:/id)?/catalogue/category/[\w/-]+_\d+/)"'
PICKUP: Final = r'href="(/collect/[\w-]{20,}/)"'
PICK_LIST: Final = r'href="(/staff/pickups/[\w-]+/)"'


class Who(Enum):
    """Who walks: anybody, a shopper who is signed in, or somebody who is signed in at a store's tablet."""

    GUEST = "guest"
    MEMBER = "member"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Find:
    """The first address on a page that looks like this: what it is called differs from shop to shop."""

    on: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One page. ``who`` may see it, ``status`` where it is an expected error; ``is_one``: for all languages."""

    name: str
    at: str | Find
    who: Who = Who.GUEST
    status: int = 200
    then: str = ""  # what follows the address that was found
    is_one: bool = False


STOPS: Final = (
    Stop("home", "/"),
    Stop("catalogue", "/catalogue/"),
    Stop("catalogue-filtered", "/catalogue/?colour=black&price_max=500000&sort=price"),
    Stop("catalogue-page-2", "/catalogue/?page=2"),
    Stop("category", Find("/catalogue/", CATEGORY)),
    Stop("search", "/search/?q=tee"),
    Stop("search-misspelt", "/search/?q=snekaers"),
    Stop("search-nothing", "/search/?q=zzxxqq"),
    Stop("product", Find("/catalogue/", PRODUCT)),
    Stop("reviews", Find("/catalogue/", PRODUCT), then="reviews/"),
    Stop("review-new", Find("/catalogue/", PRODUCT), then="reviews/add/"),
    Stop("offers", "/offers/"),
    Stop("stores", "/stores/"),
    Stop("store", Find("/stores/", r'href="((?:/id)?/stores/[\w-]+/)"')),
    Stop("sizes", "/sizes/"),
    Stop("about", Find("/", r'href="((?:/id)?/(?:about|tentang-kami)/)"')),
    Stop("delivery", Find("/", r'href="((?:/id)?/(?:delivery-and-returns|pengiriman-dan-pengembalian)/)"')),
    Stop("size-guide", Find("/", r'href="((?:/id)?/(?:size-guide|panduan-ukuran)/)"')),
    Stop("campaign", Find("/", r'href="((?:/id)?/(?:ready-for-the-rain|siap-musim-hujan)/)"')),
    Stop("basket", "/basket/"),
    Stop("checkout", "/checkout/"),
    Stop("sign-in", "/accounts/login/"),
    Stop("register", "/accounts/register/"),
    Stop("forgotten", "/password-reset/"),
    Stop("forgotten-sent", "/password-reset/done/"),
    Stop("nothing-here", "/nothing/is/here/", status=404),
    Stop("tour", "/tour/"),
    Stop("pickup", Find("/tour/", PICKUP), is_one=True),
    Stop("pickup-friend", Find("/tour/", PICKUP), then="friend/", is_one=True),
    Stop("pickup-cancel", Find("/tour/", PICKUP), then="cancel/", is_one=True),
    Stop("receipt-nothing", "/r/nothing-here", status=404, is_one=True),
    Stop("list-kept", "/h/list/", is_one=True),
    Stop("list-gone", "/h/list/nothing-here/", status=404, is_one=True),
    Stop("receipt-add", "/r/claim/", is_one=True),
    Stop("tablet-enrol", "/staff/enrol/", is_one=True),
    Stop("account", "/accounts/", who=Who.MEMBER),
    Stop("orders", "/accounts/orders/", who=Who.MEMBER),
    Stop("account-receipt-add", "/accounts/receipts/", who=Who.MEMBER),
    Stop("order", Find("/accounts/orders/", r'href="((?:/id)?/accounts/orders/[\w-]+/)"'), who=Who.MEMBER),
    Stop("lists", "/accounts/wishlists/", who=Who.MEMBER),
    Stop("list", Find("/accounts/wishlists/", r'href="((?:/id)?/accounts/wishlists/[a-z0-9]{6,}/)"'), who=Who.MEMBER),
    Stop("list-new", "/accounts/wishlists/create/", who=Who.MEMBER),
    Stop("addresses", "/accounts/addresses/", who=Who.MEMBER),
    Stop("address-new", "/accounts/addresses/add/", who=Who.MEMBER),
    Stop("profile", "/accounts/profile/", who=Who.MEMBER),
    Stop("profile-edit", "/accounts/profile/edit/", who=Who.MEMBER),
    Stop("prove-email", "/accounts/email/", who=Who.MEMBER),
    Stop("privacy", "/accounts/privacy/", who=Who.MEMBER),
    Stop("privacy-forget", "/accounts/privacy/forget/", who=Who.MEMBER),
    Stop("password", "/accounts/change-password/", who=Who.MEMBER),
    Stop("notifications", "/accounts/notifications/inbox/", who=Who.MEMBER),
    Stop("alerts", "/accounts/alerts/", who=Who.MEMBER),
    Stop("mails", "/accounts/emails/", who=Who.MEMBER),
    Stop("my-sizes", "/accounts/sizes/", who=Who.MEMBER),
    Stop("my-code", "/accounts/code/", who=Who.MEMBER),
    Stop("my-basket", "/basket/", who=Who.MEMBER),
    Stop("shipping-address", "/checkout/shipping-address/", who=Who.MEMBER),
    Stop("sign-out", "/accounts/logout/", who=Who.MEMBER),
    Stop("today", "/staff/today/", who=Who.STAFF, is_one=True),
    Stop("today-to-pick", "/staff/today/?of=placed", who=Who.STAFF, is_one=True),
    Stop("pick-list", Find("/staff/today/", PICK_LIST), who=Who.STAFF, is_one=True),
    Stop("hand-over", "/staff/collect/", who=Who.STAFF, is_one=True),
    Stop("visit", "/staff/basket/", who=Who.STAFF, is_one=True),
    Stop("visit-from-a-phone", "/staff/basket/receive/", who=Who.STAFF, is_one=True),
    Stop("ask-customer", "/staff/customer/", who=Who.STAFF, is_one=True),
)


def address_of(stop: Stop, read: Read, prefix: str = "") -> str | None:
    """Where it is in the language of ``prefix``; None if there is no such page here."""
    if isinstance(stop.at, str):
        return stop.at if stop.is_one else prefix + stop.at
    on = stop.at.on if stop.is_one and stop.who == Who.STAFF else prefix + stop.at.on
    found = re.search(stop.at.pattern, read(on))
    return found[1] + stop.then if found else None


def stops(who: Who) -> Iterator[Stop]:
    """Those that they may see and nobody has seen before them."""
    return (stop for stop in STOPS if stop.who == who)
