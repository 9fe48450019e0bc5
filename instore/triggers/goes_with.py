"""``goes_with``: what goes with something bought, in whatever channel, if they have not got it and can get it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from instore.triggers.near import AVAILABLE, HOME
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import Select, Trigger, Usual
from omni_sync.messages.models import Purpose
from omni_sync.triggers.asked import KEPT, told, without
from omni_sync.triggers.goods import named, written

MOST: Final = 3


def find(since: datetime, until: datetime) -> Select:
    """Sales of people who are known, of something that the merchant recommends another thing with."""
    return _FIND, {"since": since, "until": until}


def gone(follow_ups: Sequence[FollowUp]) -> set[int]:
    """Voided or brought back, or of what goes with it nothing is left to be had that they have not bought."""
    return without(follow_ups, told(_BESIDE, follow_ups))


def facts(follow_ups: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
    """What goes with it, the merchant's best three, and where: at their own shop, or online."""
    beside: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in told(_BESIDE, follow_ups):
        beside[row["id"]].append(row)
    rows = [row for some in beside.values() for row in some]
    names = named([row["style"] for row in rows] + [row["beside"] for row in rows])
    found = {}
    for pk, some in beside.items():
        shown = _best([row for row in some if row["style"] in names and row["beside"] in names])
        if shown:
            goods = [{**names[row["style"]], **_own(row)} for row in shown]
            beside_what = names[shown[0]["beside"]]["title"]
            products = [row["style"] for row in shown]
            found[pk] = {"goods": goods, "bought": beside_what, "products": products, "link": goods[0]["link"]}
    return found


def _best(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    once: dict[int, dict[str, Any]] = {}
    for row in rows:
        once.setdefault(row["style"], row)
    return list(once.values())[:MOST]


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "price": written(row["price"], row["currency"]),
        "store": row["store"] or "",
        "online": bool(row["online"]),
    }


_FIND: Final = """
SELECT t.person_id, t.key AS occurrence, t.at AS occurred_at, jsonb_build_object('sale', s.id) AS facts
  FROM omni_sync_touchpoint t
  JOIN omni_sync_sale s ON s.id = split_part(t.key, ':', 2)::bigint
 WHERE t.kind = 'sale' AND t.at > %(since)s AND t.at <= %(until)s
   AND EXISTS (SELECT 1 FROM order_line o
                 JOIN catalogue_product g ON g.id = o.product_id
                 JOIN catalogue_productrecommendation r ON r.primary_id = coalesce(g.parent_id, g.id)
                WHERE o.order_id = s.order_id)
"""

_BESIDE: Final = f"""
, {HOME}
SELECT a.id, r.recommendation_id AS style, coalesce(g.parent_id, g.id) AS beside, best.price, best.currency,
       best.store, best.online
  FROM asked a
  JOIN omni_sync_sale s ON s.id = (a.facts->>'sale')::bigint AND s.voided_at IS NULL
  JOIN order_line o ON o.order_id = s.order_id
  JOIN catalogue_product g ON g.id = o.product_id
  JOIN catalogue_productrecommendation r ON r.primary_id = coalesce(g.parent_id, g.id)
  LEFT JOIN home h ON h.root = a.root
  CROSS JOIN LATERAL (
       SELECT min(record.price) AS price, min(record.price_currency) AS currency,
              min(place.name) FILTER (WHERE place.id = h.partner_id) AS store,
              bool_or(coalesce(where_.sells_online, false)) AS online
         FROM partner_stockrecord record
         JOIN catalogue_product size ON size.id = record.product_id AND size.is_public
         JOIN omni_sync_level l ON l.stockrecord_id = record.id
         JOIN partner_partner place ON place.id = record.partner_id
         LEFT JOIN omni_sync_location where_ ON where_.partner_id = place.id
        WHERE (size.id = r.recommendation_id OR size.parent_id = r.recommendation_id) AND {AVAILABLE} > 0
          AND (place.id = h.partner_id OR where_.sells_online)
       HAVING count(*) > 0) best
 WHERE {KEPT}
   AND NOT EXISTS (SELECT 1 FROM bought x WHERE x.root = a.root AND x.style = r.recommendation_id)
 ORDER BY a.id, r.ranking DESC, r.id
"""

TRIGGER: Final = Trigger(
    name="goes_with",
    title=_("somebody bought something that another thing goes with"),
    purpose=Purpose.MARKETING,
    find=find,
    gone=gone,
    facts=facts,
    steps=(Usual(timedelta(days=5)),),
    because=_("You bought something that another thing goes with"),
    examples={"what": _("Senja sneakers, 39"), "bought": _("Kawan tee"), "link": "https://…"},
    shows=frozenset({"goods", "bought", "title", "facts", "price", "store", "online"}),
)
