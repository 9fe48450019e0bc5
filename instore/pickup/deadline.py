from datetime import timedelta

from django.conf import settings


def kept_for() -> timedelta:
    """How long goods wait for their shopper, from the promised time or from when they were ready, if that was later."""
    return timedelta(days=getattr(settings, "LINTAS_PICKUP_DAYS", 3))
