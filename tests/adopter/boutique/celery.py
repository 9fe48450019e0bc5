from celery import Celery

from instore.schedule import PACKAGES

app = Celery("boutique")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(PACKAGES)
