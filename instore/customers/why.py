"""How we know somebody's size, in their words: "42, as you bought in Bandung"."""

from collections.abc import Mapping

from django.utils.translation import gettext

from instore.stores.known import KnownStore
from omni_sync.people.sizes.wearing import Why, Worn


def why_words(worn: Worn, stores: Mapping[str, KnownStore]) -> str:
    """What follows the size and a comma."""
    city = stores[worn.store].city if worn.store in stores else ""
    if worn.why == Why.TYPED:
        return gettext("as we wrote down for you") if worn.by else gettext("as you told us")
    if worn.why == Why.FILTERED:
        return gettext("as you often look for")
    if worn.why == Why.EXCHANGED and city:
        return gettext("as you took in exchange in %(city)s") % {"city": city}
    if worn.why == Why.EXCHANGED:
        return gettext("as you took in exchange")
    if city:
        return gettext("as you bought in %(city)s") % {"city": city}
    return gettext("as you bought from us") if worn.store else gettext("as you ordered online")
