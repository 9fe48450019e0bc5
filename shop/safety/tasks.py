from importlib import import_module

from celery import shared_task
from django.conf import settings

from shop.safety.attempts import forget_attempts as forget_ended


@shared_task
def forget_attempts() -> None:
    """Keep nothing of wrong passwords when their pause is over."""
    forget_ended()


@shared_task
def forget_sessions() -> None:
    """Delete the sessions that nobody can come back to."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
