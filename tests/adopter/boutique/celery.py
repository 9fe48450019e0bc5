from celery import Celery

from kiosk.schedule import PACKAGES

app = Celery("boutique")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(PACKAGES)
