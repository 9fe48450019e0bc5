"""What the workers of this room and of those below know, and their beat does."""

from typing import Final

from instore import schedule as below
from omni_sync.schedule import DAY, every

#: Where tasks are: for ``autodiscover_tasks``.
PACKAGES: Final = [*below.PACKAGES, "kiosk.links"]

#: For ``CELERY_BEAT_SCHEDULE``.
SCHEDULE: Final = {
    **below.SCHEDULE,
    "forget scans": every(DAY, "kiosk.links.tasks.forget_scans"),
}
