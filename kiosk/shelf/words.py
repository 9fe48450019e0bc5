"""What became of a form, said to the shopper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from instore.stores.words import clock_words, day_words
from kiosk.shelf.goods import Goods, Item
from omni_sync.carts.exceptions import DifferentCurrencies
from omni_sync.carts.fulfilment import Chosen
from omni_sync.carts.put import NotToBeHad
from omni_sync.catalogue.wording import own_title
from omni_sync.money.formatting import format_money


def name_of(goods: Goods, item: Item | None) -> str:
    """``Kawan tee, M``."""
    return f"{goods.title}, {item.size}" if item and item.size else goods.title


def taken_words(title: str, chosen: Chosen) -> SafeString:
    """That it is in the basket, how it comes to them, and where the basket is."""
    if chosen.fulfilment.is_collected:
        said = gettext("%(title)s is in your basket, to be collected at %(place)s.")
    else:
        said = gettext("%(title)s is in your basket, to be sent to you.")
    words = said % {"title": title, "place": chosen.fulfilment.partner}
    return format_html('{} <a href="{}">{}</a>', words, reverse("basket:summary"), gettext("See your basket"))


def changed_words(chosen: Chosen) -> Iterator[str]:
    """One sentence for each line that costs something else there, or is not to be had there."""
    place = chosen.fulfilment.partner
    language = get_language() or "en"
    for moved in chosen.moved:
        if moved.costs_something_else and moved.before is not None:
            named = {
                "title": own_title(moved.line.product.get_title()),
                "now": format_money(moved.now, moved.currency, language),
                "before": format_money(moved.before, moved.currency, language),
                "place": place,
            }
            if place:
                yield gettext("%(title)s costs %(now)s instead of %(before)s at %(place)s.") % named
            else:
                yield gettext("%(title)s costs %(now)s instead of %(before)s when it is delivered.") % named
    for stays in chosen.stays:
        named = {"title": own_title(stays.line.product.get_title()), "place": place}
        if place:
            yield gettext("%(title)s is in your basket too, but can't be collected at %(place)s.") % named
        else:
            yield gettext("%(title)s is in your basket too, but can't be sent.") % named


def refused_words(title: str, refused: Exception, place: str) -> str:
    """Why it did not go into the basket; nothing of it was changed."""
    if isinstance(refused, NotToBeHad):
        named = {"title": title, "place": place, "most": refused.most}
        if refused.most and place:
            return gettext("There are only %(most)s of “%(title)s” at %(place)s. Nothing was changed.") % named
        if place:
            return gettext("There is no more of “%(title)s” at %(place)s. Nothing was changed.") % named
        return gettext("There is no more of “%(title)s” to send. Nothing was changed.") % named
    if isinstance(refused, DifferentCurrencies):
        return gettext("Your basket would be in two currencies there. Nothing was changed.")
    return gettext("This basket is being ordered in another window. Nothing was changed.")


def closed_words(store: str, opens: datetime | None, now: datetime) -> str:
    """Why nobody comes, and from when somebody would."""
    if opens is None:
        return gettext("%(store)s is closed for now: nobody is there to help.") % {"store": store}
    when = {"store": store, "day": day_words(opens, now), "time": clock_words(opens)}
    return gettext("%(store)s is closed. From %(day)s, %(time)s somebody can help you.") % when
