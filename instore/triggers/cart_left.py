"""``cart_left``: somebody left an open basket. It may be bought anywhere meanwhile, also at the till."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from instore.triggers.left_behind import SHOWN, left_behind
from instore.triggers.near import HOME
from omni_sync import conf
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import Select, Trigger, Usual
from omni_sync.messages.models import Purpose
from omni_sync.triggers.asked import told, without


def find(since: datetime, until: datetime) -> Select:
    """Open baskets of members whose last change was then; a later change is another occurrence."""
    return _FIND, {"since": since, "until": until}


def gone(follow_ups: Sequence[FollowUp]) -> set[int]:
    """Ordered, merged, emptied, changed since, or all of it was bought, in whatever channel."""
    return without(follow_ups, told(_STILL, follow_ups))


def facts(follow_ups: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
    """What is still to be had of it, and of what there are few at the shop where they would get it."""
    return left_behind(told(_LINES, follow_ups), link=conf.base_url() + reverse("basket:summary"))


_FIND: Final = """
SELECT p.id AS person_id, 'basket:' || b.id || ':' || floor(extract(epoch FROM c.at) * 1000)::bigint AS occurrence,
       c.at AS occurred_at, jsonb_build_object('basket', b.id) AS facts
  FROM (SELECT l.basket_id, max(l.date_updated) AS at
          FROM basket_line l
         WHERE l.date_updated > %(since)s AND l.date_updated <= %(until)s
         GROUP BY l.basket_id) c
  JOIN basket_basket b ON b.id = c.basket_id AND b.status = 'Open'
  JOIN omni_sync_person p ON p.user_id = b.owner_id
 WHERE NOT EXISTS (SELECT 1 FROM basket_line n WHERE n.basket_id = b.id AND n.date_updated > %(until)s)
"""

#: Of ``asked`` the lines ``b`` of a basket that still is as it was left, and nothing alike was bought since.
_LEFT: Final = """
  FROM asked a
  JOIN basket_basket k ON k.id = (a.facts->>'basket')::bigint AND k.status = 'Open'
  JOIN basket_line b ON b.basket_id = k.id
  JOIN catalogue_product g ON g.id = b.product_id
"""
_UNBOUGHT: Final = """
   NOT EXISTS (SELECT 1 FROM basket_line n WHERE n.basket_id = k.id AND n.date_updated > a.occurred_at)
   AND NOT EXISTS (SELECT 1 FROM bought x
                    WHERE x.root = a.root AND x.style = coalesce(g.parent_id, g.id) AND x.at >= b.date_created)
"""

#: Their own hold counts as available to them.
_FOR_THEM: Final = "greatest(l.on_hand - l.held - l.safety + coalesce(own.units, 0), 0)"

_STILL: Final = f"SELECT DISTINCT a.id {_LEFT} WHERE {_UNBOUGHT}"

_LINES: Final = f"""
, {HOME}
SELECT a.id, b.product_id, b.quantity, s.price, s.price_currency AS currency, place.name AS store, here.units AS here
{_LEFT}
  JOIN partner_stockrecord s ON s.id = b.stockrecord_id
  LEFT JOIN catalogue_product style ON style.id = g.parent_id
  LEFT JOIN catalogue_productclass kind ON kind.id = coalesce(g.product_class_id, style.product_class_id)
  LEFT JOIN omni_sync_fulfilment f ON f.basket_id = k.id
  LEFT JOIN home h ON h.root = a.root
  LEFT JOIN partner_partner place ON place.id = coalesce(f.partner_id, h.partner_id)
  CROSS JOIN LATERAL (
       SELECT sum({_FOR_THEM}) FILTER (WHERE r.partner_id = place.id) AS units, sum({_FOR_THEM}) AS anywhere
         FROM partner_stockrecord r
         JOIN omni_sync_level l ON l.stockrecord_id = r.id
         LEFT JOIN LATERAL (SELECT sum(o.quantity) AS units FROM omni_sync_hold o
                             WHERE o.stockrecord_id = r.id AND o.ended_at IS NULL
                               AND o.holder_kind = 'basket' AND o.holder = k.id::text) own ON true
        WHERE r.product_id = b.product_id) here
 WHERE {_UNBOUGHT} AND (here.anywhere > 0 OR NOT kind.track_stock)
 ORDER BY a.id, b.id
"""

TRIGGER: Final = Trigger(
    name="cart_left",
    title=_("somebody left a basket"),
    purpose=Purpose.MARKETING,
    find=find,
    gone=gone,
    facts=facts,
    steps=(Usual(timedelta(hours=4)), Usual(timedelta(days=7, hours=1))),
    because=_("You left things in your basket"),
    examples={"what": _("Senja sneakers, 39"), "link": "https://…"},
    shows=SHOWN,
)
