"""``dispatch``: follow-ups that are due, from the decision to the provider's number; and how soon a no is heard."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from omni_sync.messages.crew import AT_ONCE
from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.decide import decide_follow_ups, decide_some
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.journeys.trigger import Select, Trigger, Usual, register
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.take import take
from settings.bench.goods import settle_down
from settings.bench.provider import post, providing
from settings.bench.rows import Row, Size, middle, percentile

NAME: Final = "bench_scan"
LEAST: Final = 200  # messages a second
MOST_MILLISECONDS: Final = 1000
READERS_A_SECOND: Final = 800
NOES: Final = 20
FIND: Final = """
SELECT t.person_id, t.key AS occurrence, t.at AS occurred_at, '{}'::jsonb AS facts FROM omni_sync_touchpoint t
 WHERE t.kind = 'scan' AND t.at > %(since)s AND t.at <= %(until)s
"""
_READERS: Final = """
WITH person AS (
    INSERT INTO omni_sync_person (name) SELECT 'Reader' FROM generate_series(1, %(many)s) RETURNING id
), address AS (
    INSERT INTO omni_sync_identifier (person_id, kind, value, source, verified_at, proof)
    SELECT id, 'email', 'reader-' || id || '@example.com', 'bench ' || id, now(), 'link' FROM person
), consent AS (
    INSERT INTO omni_sync_consent
           (person_id, channel, purpose, state, at, wording, wording_hash, locale, proof, source, is_claim)
    SELECT id, 'email', 'marketing', 'granted', now() - interval '1 day', 'yes', 'bench', 'en', '', 'bench', false
      FROM person
)
INSERT INTO omni_sync_touchpoint (person_id, channel, kind, at, key, data)
SELECT id, 'store', 'scan', now() - interval '5 hours', 'bench:' || id, '{}' FROM person
"""


def run(size: Size) -> Iterator[Row]:
    """Every round has readers of its own; in turn the same letters are posted by themselves."""
    settings.LINTAS_CHANNELS = {"email": "settings.bench.provider.Provider"}
    settings.LINTAS_QUIET_HOURS = ("00:00", "00:00")
    _open_journey()
    many = max(round(size.seconds * READERS_A_SECOND), 100)
    with providing():
        rounds = [(_ours(many), _bare(many)) for _ in range(size.rounds)]
        noes = _noes()
    figure, limit = middle([(many / ours, many / bare) for ours, bare in rounds])
    sent = Message.objects.filter(state=Message.State.SENT).count()
    yield Row(
        name="dispatch", unit="messages/s", figure=figure, limit=limit, least_figure=LEAST,
        limit_is=f"the same letter posted to the same provider by {AT_ONCE} threads",
        checks={"everybody once": sent == many * size.rounds},
        details={"readers": many, "rounds": [[round(part, 2) for part in pair] for pair in rounds]},
    )  # fmt: skip
    yield Row(
        name="unsubscribe", unit="ms p95", figure=percentile(noes, 95), limit=None, limit_is="",
        most_figure=MOST_MILLISECONDS,
        checks={"nothing goes after it": not Message.objects.filter(state=Message.State.WAITING).exists()},
        details={"times": len(noes), "from": "the click until a dispatcher found that what waits may not go"},
    )  # fmt: skip


def _open_journey() -> None:
    usual = Usual(timedelta(hours=4), ("email",))
    trigger = Trigger(NAME, "", Purpose.MARKETING, find=_find, gone=lambda _: set(), facts=_facts, steps=(usual,))
    register(trigger)
    make_usual_journeys()
    Journey.objects.exclude(name=NAME).update(is_on=False)
    Journey.objects.filter(name=NAME).update(on_since=timezone.now() - timedelta(days=1))


def _find(since: datetime, until: datetime) -> Select:
    return FIND, {"since": since, "until": until}


def _facts(rows: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
    return {row.pk: {} for row in rows}


def _readers(many: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_READERS, {"many": many})
    plan_follow_ups()
    settle_down()


def _ours(many: int) -> float:
    """Seconds from the first decision to the last number."""
    _readers(many)
    assert FollowUp.objects.filter(state=FollowUp.State.PLANNED).count() == many
    began = time.perf_counter()
    decide_follow_ups()
    while not send_messages()[1]:
        pass
    return time.perf_counter() - began


def _bare(many: int) -> float:
    letter = "x" * 4000
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as crew:
        list(crew.map(lambda n: post(str(n), letter), range(many)))
    return time.perf_counter() - began


def _noes() -> Sequence[float]:
    """Milliseconds from a click on a message's link until what waits for that reader is stopped."""
    _readers(NOES)
    decide_some(NOES)
    waiting = Message.objects.filter(state=Message.State.WAITING)
    links = {message.pk: str((message.facts or {})["stop"]) for message in waiting}
    waiting.update(next_try_at=timezone.now() + timedelta(days=1))
    client, took = Client(), []
    for pk, link in links.items():
        began = time.perf_counter()
        client.post("/" + link.split("/", 3)[3], {"List-Unsubscribe": "One-Click"})
        Message.objects.filter(pk=pk).update(next_try_at=timezone.now())
        assert take(1) == []
        took.append((time.perf_counter() - began) * 1000)
    return took
