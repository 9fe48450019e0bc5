"""What choosing a place changed, said to the shopper."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from omni_sync.carts.fulfilment import Chosen
from omni_sync.money.formatting import format_money
from shop.baskets.goods import goods_of
from shop.storefront.memory import edition_of


def what_changed(chosen: Chosen, request: HttpRequest) -> Iterator[str]:
    """One sentence for each line that now costs something else; what cannot be had stands on the line itself."""
    changed = [moved for moved in chosen.moved if moved.costs_something_else]
    goods = goods_of({moved.line.product_id for moved in changed}, edition_of(request))
    language = get_language() or "en"
    for moved in changed:
        named = {
            "title": goods[moved.line.product_id].name,
            "now": format_money(moved.now, moved.currency, language),
            "before": format_money(moved.before, moved.currency, language) if moved.before is not None else "",
            "place": chosen.fulfilment.partner,
        }
        if chosen.fulfilment.is_collected:
            yield gettext("%(title)s costs %(now)s instead of %(before)s at %(place)s.") % named
        else:
            yield gettext("%(title)s costs %(now)s instead of %(before)s when it is delivered.") % named
