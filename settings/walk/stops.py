"""Where the walk goes. A page that is new in the shop is one line here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from html import unescape
from typing import Final

Read = Callable[[str], str]  # the HTML at an address, as whoever walks is shown it

PRODUCT: Final = r'href="((?:/id)?/catalogue/[\w-]+_\d+/)"'
CATEGORY: Final = r'href="((?:/id)?/catalogue/category/[\w/-]+_\d+/)"'
PICKUP: Final = r'href="(/collect/[\w-]{20,}/)"'
AT_KIOSK: Final = r'href="(/kiosk/product/\d+/)"'
PICK_LIST: Final = r'href="(/staff/pickups/[\w-]+/)"'
SHELVES: Final = "/shelf/at/menteng/"


class Who(Enum):
    """Who walks: anybody, a shopper who is signed in, somebody at a store's tablet, or a stranger at its kiosk."""

    GUEST = "guest"
    MEMBER = "member"
    STAFF = "staff"
    KIOSK = "kiosk"


@dataclass(frozen=True, slots=True)
class Find:
    """The first address on a page that looks like this: what it is called differs from shop to shop."""

    on: str
    pattern: str
    on_one: bool = False  # which is one for all languages


@dataclass(frozen=True, slots=True)
class Stop:
    """One page. ``who`` may see it, ``status`` where it is an expected error; ``is_one``: for all languages."""

    name: str
    at: str | Find
    who: Who = Who.GUEST
    status: int = 200
    then: str = ""  # what follows the address that was found
    is_one: bool = False


SCANNED: Final = Find(SHELVES, r'href="(/shelf/\d{14}/)', on_one=True)
SIDE_BY_SIDE: Final = Find(SHELVES, r'href="(/shelf/compare/\?gtin=\d{14}&amp;gtin=\d{14})', on_one=True)
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
    Stop("tour-messages", "/tour/messages/"),
    Stop("pickup", Find("/tour/", PICKUP), is_one=True),
    Stop("pickup-friend", Find("/tour/", PICKUP), then="friend/", is_one=True),
    Stop("pickup-cancel", Find("/tour/", PICKUP), then="cancel/", is_one=True),
    Stop("receipt-nothing", "/r/nothing-here", status=404, is_one=True),
    Stop("voucher-nothing", "/v/nothing-here/", status=404, is_one=True),
    Stop("list-kept", "/h/list/", is_one=True),
    Stop("list-gone", "/h/list/nothing-here/", status=404, is_one=True),
    Stop("scan-of-nothing", "/01/123", status=400, is_one=True),
    Stop("scan-all-links", "/01/09521234543213?linkType=linkset", is_one=True),
    Stop("shelf", SCANNED, then="?s=menteng", is_one=True),
    Stop("shelf-anywhere", SCANNED, is_one=True),
    Stop("shelf-unknown", "/shelf/00000000000000/", status=404, is_one=True),
    Stop("shelf-compare", SIDE_BY_SIDE, then="&s=menteng", is_one=True),
    Stop("shelf-store", SHELVES, is_one=True),
    Stop("shelf-place", Find(SHELVES, r'href="(/shelf/at/menteng/[\w-]+/)', on_one=True), is_one=True),
    Stop("shelf-no-place", f"{SHELVES}nothing/", status=404, is_one=True),
    Stop("receipt-add", "/r/claim/", is_one=True),
    Stop("tablet-enrol", "/staff/enrol/", is_one=True),
    Stop("account", "/accounts/", who=Who.MEMBER),
    Stop("orders", "/accounts/orders/", who=Who.MEMBER),
    Stop("account-receipt-add", "/accounts/receipts/", who=Who.MEMBER),
    Stop("account-vouchers", "/accounts/vouchers/", who=Who.MEMBER),
    Stop("order", Find("/accounts/orders/", r'href="((?:/id)?/accounts/orders/[\w-]+/)"'), who=Who.MEMBER),
    Stop("lists", "/accounts/wishlists/", who=Who.MEMBER),
    Stop("list", Find("/accounts/wishlists/", r'href="((?:/id)?/accounts/wishlists/[a-z0-9]{6,}/)"'), who=Who.MEMBER),
    Stop("list-new", "/accounts/wishlists/create/", who=Who.MEMBER),
    Stop("addresses", "/accounts/addresses/", who=Who.MEMBER),
    Stop("address-new", "/accounts/addresses/add/", who=Who.MEMBER),
    Stop("profile", "/accounts/profile/", who=Who.MEMBER),
    Stop("profile-edit", "/accounts/profile/edit/", who=Who.MEMBER),
    Stop("prove-email", "/accounts/email/", who=Who.MEMBER),
    Stop("my-messages", "/accounts/messages/", who=Who.MEMBER),
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
    Stop("article", "/staff/articles/09521234543213/", who=Who.STAFF, is_one=True),
    Stop("visit-from-a-phone", "/staff/basket/receive/", who=Who.STAFF, is_one=True),
    Stop("take-back", "/staff/returns/", who=Who.STAFF, is_one=True),
    Stop("ask-customer", "/staff/customer/", who=Who.STAFF, is_one=True),
    Stop("kiosk-start", "/kiosk/start/", who=Who.KIOSK, is_one=True),
    Stop("kiosk-search", "/kiosk/search/?q=tee", who=Who.KIOSK, is_one=True),
    Stop("kiosk-product", Find("/kiosk/search/?q=tee", AT_KIOSK), who=Who.KIOSK, is_one=True),
    Stop("kiosk-list", "/kiosk/list/", who=Who.KIOSK, is_one=True),
    Stop("kiosk-ask", "/kiosk/ask/", who=Who.KIOSK, is_one=True),
    Stop("kiosk-away", "/kiosk/offline/", who=Who.KIOSK, is_one=True),
)


def address_of(stop: Stop, read: Read, prefix: str = "") -> str | None:
    """Where it is in the language of ``prefix``; None if there is no such page here."""
    if isinstance(stop.at, str):
        return stop.at if stop.is_one else prefix + stop.at
    in_one = stop.is_one and stop.who in {Who.STAFF, Who.KIOSK}
    on = stop.at.on if stop.at.on_one or in_one else prefix + stop.at.on
    found = re.search(stop.at.pattern, read(on))
    return unescape(found[1]) + stop.then if found else None


def stops(who: Who) -> Iterator[Stop]:
    """Those that they may see and nobody has seen before them."""
    return (stop for stop in STOPS if stop.who == who)
