"""``on_my_list``: something on somebody's list is back, or low, at their own shop. Never more hear of it than there are
units, and whoever put it on their list first hears first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from instore.triggers.near import AVAILABLE, FEW, HOME
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import Select, Trigger, Usual
from omni_sync.messages.models import Purpose
from omni_sync.messages.settle import IN_DOUBT
from omni_sync.triggers.asked import told, without
from omni_sync.triggers.goods import EXAMPLE_PRICE, named, written


def find(since: datetime, until: datetime) -> Select:
    """News of their shop for as many as there are units, whoever was told of this spell before among them.

    Who asked Oscar to be alerted hears from Oscar.
    """
    return _FIND, {"since": since, "until": until}


def gone(follow_ups: Sequence[FollowUp]) -> set[int]:
    """Off the list, bought, sold out, few no longer, or told already to as many people as there are units by now."""
    return without(follow_ups, told(_STILL, follow_ups))


def facts(follow_ups: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
    """The thing, the shop, and how many there are if they are few."""
    rows = told(_STILL, follow_ups)
    names = named(row["product_id"] for row in rows)
    return {
        row["id"]: {
            **names[row["product_id"]],
            "price": written(row["price"], row["currency"]),
            "store": row["store"],
            "left": int(row["units"]) if row["units"] <= FEW else None,
            "is_back": row["news"] == "back",
            "products": [row["product_id"]],
        }
        for row in rows
        if row["product_id"] in names
    }


#: Unless the message ``m`` was refused for good: of that nobody heard.
_HEARD: Final = f"(m.id IS NULL OR m.state <> 'failed' OR m.failure LIKE '{IN_DOUBT}%%')"

_FIND: Final = f"""
WITH news AS (
    SELECT w.stockrecord_id AS record, w.news, w.since AS at, s.partner_id, s.product_id, {AVAILABLE} AS units,
           'stock:' || w.stockrecord_id || ':' || floor(extract(epoch FROM w.since))::bigint AS occurrence
      FROM omni_sync_watchedstock w
      JOIN partner_stockrecord s ON s.id = w.stockrecord_id
      JOIN omni_sync_level l ON l.stockrecord_id = s.id
     WHERE w.news <> '' AND w.since > %(since)s AND w.since <= %(until)s),
wishers AS (
    SELECT n.occurrence, coalesce(p.merged_into_id, p.id) AS root, min(p.id) AS person_id, min(d.id) AS line
      FROM news n
      JOIN wishlists_line d ON d.product_id = n.product_id
      JOIN wishlists_wishlist w ON w.id = d.wishlist_id
      JOIN instore_ownstore o ON o.user_id = w.owner_id AND o.store_id = n.partner_id
      JOIN omni_sync_person p ON p.user_id = w.owner_id
     WHERE NOT EXISTS (SELECT 1 FROM customer_productalert a
                        WHERE a.user_id = w.owner_id AND a.product_id = n.product_id
                          AND (a.status = 'Active' OR a.date_closed > n.at - interval '1 day'))
     GROUP BY 1, 2),
told AS (
    SELECT f.occurrence, coalesce(p.merged_into_id, p.id) AS root, min(f.person_id) AS person_id,
           bool_or(f.state <> 'stopped' AND {_HEARD}) AS counts
      FROM news n
      JOIN omni_sync_followup f ON f.occurrence = n.occurrence AND f.occurrence LIKE 'stock:%%'
      JOIN omni_sync_person p ON p.id = f.person_id
      LEFT JOIN omni_sync_message m ON m.id = f.message_id
     GROUP BY 1, 2),
ranked AS (
    SELECT occurrence, coalesce(w.is_one, false) AS wishes, coalesce(t.person_id, w.person_id) AS person_id,
           w.line,
           row_number() OVER (PARTITION BY occurrence ORDER BY t.counts IS TRUE DESC, w.line) AS place
      FROM (SELECT *, true AS is_one FROM wishers) w FULL JOIN told t USING (occurrence, root)
     WHERE t.counts IS NOT FALSE)
SELECT r.person_id, r.occurrence, n.at AS occurred_at,
       jsonb_build_object('record', n.record, 'news', n.news, 'line', r.line) AS facts
  FROM ranked r JOIN news n USING (occurrence)
 WHERE r.wishes AND r.place <= n.units
"""

_STILL: Final = f"""
, {HOME}
SELECT a.id, s.product_id, s.price, s.price_currency AS currency, place.name AS store, {AVAILABLE} AS units,
       a.facts->>'news' AS news
  FROM asked a
  JOIN omni_sync_followup f ON f.id = a.id
  JOIN partner_stockrecord s ON s.id = (a.facts->>'record')::bigint
  JOIN home h ON h.root = a.root AND h.partner_id = s.partner_id
  JOIN partner_partner place ON place.id = s.partner_id
  JOIN catalogue_product g ON g.id = s.product_id
  JOIN omni_sync_level l ON l.stockrecord_id = s.id
 WHERE EXISTS (SELECT 1 FROM theirs t JOIN wishlists_wishlist w ON w.owner_id = t.user_id
                 JOIN wishlists_line d ON d.wishlist_id = w.id
                WHERE t.root = a.root AND d.product_id = s.product_id)
   AND NOT EXISTS (SELECT 1 FROM bought x
                    WHERE x.root = a.root AND x.style = coalesce(g.parent_id, g.id) AND x.at >= a.occurred_at)
   AND (a.facts->>'news' = 'back' OR {AVAILABLE} <= {FEW})
   AND {AVAILABLE} > (SELECT count(*) FROM omni_sync_followup b
                        LEFT JOIN omni_sync_message m ON m.id = b.message_id
                       WHERE b.occurrence = f.occurrence AND b.occurrence LIKE 'stock:%%' AND b.state <> 'stopped'
                         AND {_HEARD}
                         AND b.journey_id = f.journey_id AND b.step = f.step
                         AND (b.state <> 'sent', (b.facts->>'line')::bigint)
                             < (f.state <> 'sent', (f.facts->>'line')::bigint))
"""

TRIGGER: Final = Trigger(
    name="on_my_list",
    title=_("something on somebody's list is back or low at their shop"),
    purpose=Purpose.MARKETING,
    find=find,
    gone=gone,
    facts=facts,
    steps=(Usual(timedelta()),),
    because=_("Something on your list is back or nearly gone at your shop"),
    examples={"title": _("Senja sneakers, 39"), "store": "Menteng", "price": EXAMPLE_PRICE, "link": "https://…"},
    shows=frozenset({"title", "facts", "price", "store", "left", "is_back"}),
)
