"""``kiosk_list_left``: a list that was made at a kiosk came onto somebody's own, and has not been bought.

A list that went to an address by letter is not followed: that letter promises so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from instore.triggers.left_behind import SHOWN, left_behind
from instore.triggers.near import AVAILABLE, HOME
from omni_sync import conf
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import Select, Trigger, Usual
from omni_sync.messages.models import Purpose
from omni_sync.triggers.asked import told, without


def find(since: datetime, until: datetime) -> Select:
    """Lists that somebody took along from a kiosk, signed in."""
    return _FIND, {"since": since, "until": until}


def gone(follow_ups: Sequence[FollowUp]) -> set[int]:
    """All of it was bought, taken off the list, or can't be had."""
    return without(follow_ups, told(_LEFT, follow_ups))


def facts(follow_ups: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
    """What is still on the list, and of what there are few at their shop."""
    return left_behind(told(_LEFT, follow_ups), link=conf.base_url() + reverse("customer:wishlists-list"))


_FIND: Final = """
SELECT t.person_id, t.key AS occurrence, t.at AS occurred_at,
       jsonb_build_object('products', t.data->'products') AS facts
  FROM omni_sync_touchpoint t
 WHERE t.kind = 'list' AND t.at > %(since)s AND t.at <= %(until)s
"""

#: A style is there if one of its sizes is.
_LEFT: Final = f"""
, {HOME}
SELECT a.id, g.id AS product_id, there.price, there.currency, place.name AS store, there.here
  FROM asked a
 CROSS JOIN LATERAL jsonb_array_elements_text(a.facts->'products') AS listed (product)
  JOIN catalogue_product g ON g.id = listed.product::bigint
  LEFT JOIN home h ON h.root = a.root
  LEFT JOIN partner_partner place ON place.id = h.partner_id
 CROSS JOIN LATERAL (
       SELECT min(r.price) AS price, min(r.price_currency) AS currency,
              max({AVAILABLE}) FILTER (WHERE r.partner_id = place.id) AS here, max({AVAILABLE}) AS anywhere
         FROM catalogue_product size
         JOIN partner_stockrecord r ON r.product_id = size.id
         JOIN omni_sync_level l ON l.stockrecord_id = r.id
        WHERE size.id = g.id OR size.parent_id = g.id) there
 WHERE there.anywhere > 0
   AND EXISTS (SELECT 1 FROM theirs t JOIN wishlists_wishlist w ON w.owner_id = t.user_id
                 JOIN wishlists_line d ON d.wishlist_id = w.id
                WHERE t.root = a.root AND d.product_id = g.id)
   AND NOT EXISTS (SELECT 1 FROM bought x
                    WHERE x.root = a.root AND x.style = coalesce(g.parent_id, g.id) AND x.at >= a.occurred_at)
 ORDER BY a.id, g.id
"""

TRIGGER: Final = Trigger(
    name="kiosk_list_left",
    title=_("somebody took a list along from a kiosk"),
    purpose=Purpose.MARKETING,
    find=find,
    gone=gone,
    facts=facts,
    steps=(Usual(timedelta(days=2)),),
    because=_("You took a list along from a kiosk"),
    examples={"what": _("Senja sneakers, 39"), "link": "https://…"},
    shows=SHOWN,
)
