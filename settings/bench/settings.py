"""The demo's settings, with addresses of the benchmarks' own; the shop's cache, queue and letters are left alone."""

import os

from settings.demo import *  # noqa: F403
from settings.demo import CACHES

NAME = os.environ.get("LINTAS_BENCH", "bench")
ROOT_URLCONF = "settings.bench.urls"
CACHES["default"]["KEY_PREFIX"] = NAME
CELERY_TASK_DEFAULT_QUEUE = NAME
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
