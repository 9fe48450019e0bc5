"""``welcome``: somebody opened an account. A letter of service: it says what the account is for, and offers nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omni_sync import conf
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import Select, Trigger, Usual
from omni_sync.messages.models import Purpose
from omni_sync.triggers.asked import told, without

#: An account that is older than its person by more was opened long before we knew it.
NEW: Final = timedelta(days=7)


def find(since: datetime, until: datetime) -> Select:
    """Accounts of people that are new, one for a human; nobody where Oscar's own letter greets them."""
    facts = {
        "since": since,
        "until": until,
        "new": NEW,
        "greeted": getattr(settings, "OSCAR_SEND_REGISTRATION_EMAIL", True),
    }
    return _FIND.format(users=_users()), facts


def gone(follow_ups: Sequence[FollowUp]) -> set[int]:
    """Those whose account is gone."""
    return without(follow_ups, told(_STILL.format(users=_users()), follow_ups))


def facts(follow_ups: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
    """Whom it greets, and where the account is."""
    link = conf.base_url() + reverse("customer:summary")
    names = {row["id"]: row["first_name"] for row in told(_STILL.format(users=_users()), follow_ups)}
    return {pk: {"name": name, "link": link} for pk, name in names.items()}


def _users() -> str:
    return str(get_user_model()._meta.db_table)


_FIND: Final = """
SELECT p.id AS person_id, 'account:' || p.user_id AS occurrence, p.created_at AS occurred_at, jsonb '{{}}' AS facts
  FROM omni_sync_person p JOIN {users} u ON u.id = p.user_id
 WHERE p.user_id IS NOT NULL AND p.created_at > %(since)s AND p.created_at <= %(until)s
   AND u.is_active AND NOT u.is_staff AND u.date_joined > p.created_at - %(new)s AND NOT %(greeted)s
   AND NOT EXISTS (SELECT 1 FROM omni_sync_person e
                    WHERE (e.id = p.merged_into_id OR e.merged_into_id = coalesce(p.merged_into_id, p.id))
                      AND e.user_id < p.user_id)
"""

_STILL: Final = """
SELECT DISTINCT ON (a.id) a.id, u.first_name
  FROM asked a JOIN theirs t ON t.root = a.root JOIN {users} u ON u.id = t.user_id AND u.is_active
 ORDER BY a.id, u.id
"""

TRIGGER: Final = Trigger(
    name="welcome",
    title=_("somebody opened an account"),
    purpose=Purpose.SERVICE,
    find=find,
    gone=gone,
    facts=facts,
    steps=(Usual(timedelta(minutes=10), ("email",)),),
    because=_("You opened an account"),
    examples={"name": "Sari", "link": "https://…"},
)
