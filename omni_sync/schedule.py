"""What this room's worker knows and its beat does: settings and Celery apps take both in whole."""

from datetime import timedelta
from typing import Any, Final

HOUR: Final = 3600
DAY: Final = 24 * HOUR


def every(seconds: int, task: str) -> dict[str, Any]:
    """An entry of a beat's schedule. What no worker took until the next is due, or for an hour, is dropped."""
    return {"task": task, "schedule": timedelta(seconds=seconds), "options": {"expires": min(seconds, HOUR)}}


#: Where tasks are: for ``autodiscover_tasks``.
PACKAGES: Final = [
    f"omni_sync.{part}"
    for part in (
        "carts.handoff", "checkout", "customer_code", "lists", "messages", "payments", "people", "pos", "pos.outbox",
        "privacy", "proof", "stock", "triggers",
    )
]  # fmt: skip

#: For ``CELERY_BEAT_SCHEDULE``.
SCHEDULE: Final = {
    "drain the inbox": every(2, "omni_sync.pos.tasks.drain_inbox"),
    "read hints": every(5, "omni_sync.pos.tasks.fetch_hints"),
    "poll tills": every(60, "omni_sync.pos.tasks.poll_connections"),
    "heal unmatched lines": every(60, "omni_sync.pos.tasks.heal_unmatched"),
    "push events": every(2, "omni_sync.pos.outbox.tasks.push_events"),
    "prune the outbox": every(HOUR, "omni_sync.pos.outbox.tasks.prune_outbox"),
    "make payment calls": every(5, "omni_sync.payments.tasks.make_calls"),
    "read payment notices": every(5, "omni_sync.payments.tasks.read_notices"),
    "reconcile payments": every(300, "omni_sync.payments.tasks.reconcile_payments"),
    "forget payment notices": every(DAY, "omni_sync.payments.tasks.forget_notices"),
    "forget hand-offs": every(HOUR, "omni_sync.carts.handoff.tasks.forget_hand_offs"),
    "forget e-mail proofs": every(DAY, "omni_sync.proof.tasks.forget_email_proofs"),
    "forget lists of nobody": every(DAY, "omni_sync.lists.tasks.forget_anonymous_lists"),
    "forget customer codes": every(HOUR, "omni_sync.customer_code.tasks.forget_customer_codes"),
    "resolve persons": every(DAY, "omni_sync.people.tasks.resolve_persons"),
    "forget filtered sizes": every(DAY, "omni_sync.people.tasks.forget_filtered_sizes"),
    "do privacy requests": every(60, "omni_sync.privacy.tasks.do_requests"),
    "forget packets of data": every(HOUR, "omni_sync.privacy.tasks.forget_packets"),
    "settle paid orders": every(15, "omni_sync.checkout.tasks.settle_paid_orders"),
    "sweep intended orders": every(60, "omni_sync.checkout.tasks.sweep_intended_orders"),
    "send messages": every(5, "omni_sync.messages.tasks.send_messages"),
    "plan follow-ups": every(120, "omni_sync.messages.tasks.plan_follow_ups"),
    "decide follow-ups": every(30, "omni_sync.messages.tasks.decide_follow_ups"),
    "forget messages": every(DAY, "omni_sync.messages.tasks.forget_messages"),
    "watch listed stock": every(60, "omni_sync.triggers.tasks.watch_listed_stock"),
    "forget message notices": every(HOUR, "omni_sync.messages.tasks.forget_notices"),
    "sweep holds": every(60, "omni_sync.stock.tasks.sweep_holds"),
    "look after alerts": every(60, "omni_sync.stock.tasks.look_after_alerts"),
    "look for lost transfers": every(DAY, "omni_sync.stock.tasks.look_for_lost_transfers"),
}
