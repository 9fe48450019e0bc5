"""Where the walk goes. A page that is new in the shop is one line here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

Read = Callable[[str], str]  # the HTML at an address, as whoever walks is shown it

PRODUCT: Final = r'href="((?:/id)?/catalogue/[\w-]+_\d+/)"'
CATEGORY: Final = r'href="((?:/id)?/catalogue/category/[\w/-]+_\d+/)"'


@dataclass(frozen=True, slots=True)
class Find:
    """The first address on a page that looks like this: what it is called differs from shop to shop."""

    on: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One page. ``is_members`` if one has to be signed in, ``status`` where it is an expected error."""

    name: str
    at: str | Find
    is_members: bool = False
    status: int = 200
    then: str = ""  # what follows the address that was found


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
    Stop("account", "/accounts/", is_members=True),
    Stop("orders", "/accounts/orders/", is_members=True),
    Stop("order", Find("/accounts/orders/", r'href="((?:/id)?/accounts/orders/[\w-]+/)"'), is_members=True),
    Stop("lists", "/accounts/wishlists/", is_members=True),
    Stop("list", Find("/accounts/wishlists/", r'href="((?:/id)?/accounts/wishlists/[a-z0-9]{6,}/)"'), is_members=True),
    Stop("list-new", "/accounts/wishlists/create/", is_members=True),
    Stop("addresses", "/accounts/addresses/", is_members=True),
    Stop("address-new", "/accounts/addresses/add/", is_members=True),
    Stop("profile", "/accounts/profile/", is_members=True),
    Stop("profile-edit", "/accounts/profile/edit/", is_members=True),
    Stop("profile-delete", "/accounts/profile/delete/", is_members=True),
    Stop("password", "/accounts/change-password/", is_members=True),
    Stop("notifications", "/accounts/notifications/inbox/", is_members=True),
    Stop("alerts", "/accounts/alerts/", is_members=True),
    Stop("mails", "/accounts/emails/", is_members=True),
    Stop("my-sizes", "/accounts/sizes/", is_members=True),
    Stop("my-basket", "/basket/", is_members=True),
    Stop("shipping-address", "/checkout/shipping-address/", is_members=True),
    Stop("sign-out", "/accounts/logout/", is_members=True),
)


def address_of(stop: Stop, read: Read, prefix: str = "") -> str | None:
    """Where it is in the language of ``prefix``; None if there is no such page here."""
    if isinstance(stop.at, str):
        return prefix + stop.at
    found = re.search(stop.at.pattern, read(prefix + stop.at.on))
    return found[1] + stop.then if found else None


def stops(*, is_members: bool) -> Iterator[Stop]:
    """Those of a guest, or those of somebody who is signed in."""
    return (stop for stop in STOPS if stop.is_members == is_members)
