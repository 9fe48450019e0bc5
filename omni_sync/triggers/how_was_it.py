"""``how_was_it``: somebody bought something, in whatever channel, and has had time to try it: a word about it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omni_sync import conf
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import Select, Trigger, Usual
from omni_sync.messages.models import Purpose
from omni_sync.oscar.models import Product
from omni_sync.triggers.asked import KEPT, told, without
from omni_sync.triggers.goods import named

MOST: Final = 3


def find(since: datetime, until: datetime) -> Select:
    """Sales of people who are known: their touchpoints are written in the sale's own transaction."""
    return _FIND, {"since": since, "until": until}


def gone(follow_ups: Sequence[FollowUp]) -> set[int]:
    """Voided, brought back or reviewed, all of it."""
    return without(follow_ups, told(_STILL, follow_ups))


def facts(follow_ups: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
    """The styles they have and have not reviewed, three at most."""
    styles: dict[int, list[int]] = defaultdict(list)
    for row in told(_STILL, follow_ups):
        styles[row["id"]].append(row["style"])
    names = named(style for some in styles.values() for style in some)
    pages = _pages(names)
    found = {}
    for pk, some in styles.items():
        shown = [style for style in some if style in names][:MOST]
        if shown:
            goods = [{**names[style], "link": pages[style]} for style in shown]
            found[pk] = {"goods": goods, "products": shown, "link": goods[0]["link"]}
    return found


def _pages(styles: Mapping[int, Any]) -> dict[int, str]:
    """Where each is reviewed."""
    slugs = Product.objects.filter(pk__in=styles).values_list("pk", "slug")
    return {
        pk: conf.base_url() + reverse("catalogue:reviews-add", kwargs={"product_slug": slug, "product_pk": pk})
        for pk, slug in slugs
    }


_FIND: Final = """
SELECT t.person_id, t.key AS occurrence, t.at AS occurred_at,
       jsonb_build_object('sale', split_part(t.key, ':', 2)::bigint) AS facts
  FROM omni_sync_touchpoint t
 WHERE t.kind = 'sale' AND t.at > %(since)s AND t.at <= %(until)s
"""

_STILL: Final = f"""
SELECT a.id, coalesce(g.parent_id, g.id) AS style, max(o.line_price_incl_tax) AS worth
  FROM asked a
  JOIN omni_sync_sale s ON s.id = (a.facts->>'sale')::bigint AND s.voided_at IS NULL
  JOIN order_line o ON o.order_id = s.order_id
  JOIN catalogue_product g ON g.id = o.product_id
 WHERE {KEPT}
   AND NOT EXISTS (SELECT 1 FROM theirs t JOIN reviews_productreview v ON v.user_id = t.user_id
                    WHERE t.root = a.root AND v.product_id IN (g.id, g.parent_id))
 GROUP BY 1, 2
 ORDER BY 1, 3 DESC NULLS LAST, 2
"""

TRIGGER: Final = Trigger(
    name="how_was_it",
    title=_("somebody bought something"),
    purpose=Purpose.MARKETING,
    find=find,
    gone=gone,
    facts=facts,
    steps=(Usual(timedelta(days=10)),),
    because=_("You bought something, and we wanted to know how it was"),
    examples={"what": _("Senja sneakers, 39"), "link": "https://…"},
    shows=frozenset({"goods", "title", "facts"}),
)
