"""What the workers of this room and of those below know, and their beat does."""

from typing import Final

from omni_sync import schedule as below
from omni_sync.schedule import every

#: Where tasks are: for ``autodiscover_tasks``.
PACKAGES: Final = [*below.PACKAGES, "instore.pickup", "instore.receipts.claims", "instore.requests", "instore.triggers"]

#: For ``CELERY_BEAT_SCHEDULE``.
SCHEDULE: Final = {
    **below.SCHEDULE,
    "take what is held for pickups": every(900, "instore.pickup.tasks.take_before_it_ends"),
    "remind of pickups": every(60, "instore.pickup.tasks.remind_of_pickups"),
    "end forgotten requests": every(300, "instore.requests.tasks.end_forgotten_requests"),
    "forget claims": every(3600, "instore.receipts.claims.tasks.forget_claims"),
    "send receipts that tills ask for": every(60, "instore.triggers.tasks.send_asked_receipts"),
    "expire pickups": every(60, "instore.pickup.tasks.expire_pickups"),
}
