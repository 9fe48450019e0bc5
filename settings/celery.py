"""The worker: at-least-once tasks over idempotent use-cases; PostgreSQL is the truth, the broker may be emptied."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")

WITH_TASKS = [
    "settings",
    "instore.pickup",
    "omni_sync.messages",
    "omni_sync.payments",
    "omni_sync.pos",
    "omni_sync.pos.outbox",
    "omni_sync.stock",
    "shop.safety",
]

app = Celery("lintas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone="UTC",
    # A poke must never be felt by the request that sends it: fail at once, the beat drains what was not heard.
    task_publish_retry=False,
    broker_transport_options={"socket_connect_timeout": 0.2, "socket_timeout": 0.2, "max_retries": 0},
    # A worker outlives its broker.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=False,
)
app.autodiscover_tasks(WITH_TASKS)

# Tasks keep the id of the request that caused them, and are counted.
from settings.logs import work  # noqa: E402, F401
from settings.metrics import traffic  # noqa: E402, F401


@worker_ready.connect
def say_ready(**_: object) -> None:
    """Be seen by /readyz as soon as the worker takes tasks, not at the first beat."""
    from settings.tasks import heartbeat

    heartbeat.delay()
