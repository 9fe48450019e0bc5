"""What the workers of all rooms know, and what the beat does."""

from typing import Final

from kiosk import schedule as rooms
from omni_sync.schedule import DAY, every

PACKAGES: Final = [*rooms.PACKAGES, "settings", "shop.safety"]

SCHEDULE: Final = {
    **rooms.SCHEDULE,
    "worker heartbeat": every(15, "settings.tasks.heartbeat"),
    "forget wrong passwords": every(900, "shop.safety.tasks.forget_attempts"),
    "forget ended sessions": every(DAY, "shop.safety.tasks.forget_sessions"),
}
