from celery import Celery

app = Celery("boutique")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "instore.pickup",
        "omni_sync.messages",
        "omni_sync.payments",
        "omni_sync.pos",
        "omni_sync.pos.outbox",
        "omni_sync.stock",
    ]
)
