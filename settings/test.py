"""The tests: the same real engines, in a folder of their own."""

import gc
import os

from settings import environment

os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("LINTAS_DATA", str(environment.ROOT / ".lintas" / "test"))

from settings.embedded.attach import attach_for_good

if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
    os.environ["LINTAS_TEST_EMBEDDED"] = "1"
    attach_for_good(environment.data_folder())

from settings.demo import *

EMBEDDED = "LINTAS_TEST_EMBEDDED" in os.environ  # else the databases are somebody's own
# Runs beside each other share the engines, not what is in them.
RUN = os.environ.setdefault("LINTAS_TEST_RUN", str(os.getpid()))
TEST_NAME = f"{RUN}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
CACHES["default"]["KEY_PREFIX"] = f"test-{TEST_NAME}"
CELERY_TASK_DEFAULT_QUEUE = f"test-{TEST_NAME}"
SECRET_KEY = "for tests only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = str(DATA / "media" / TEST_NAME)
WHITENOISE_AUTOREFRESH = True
SHOP_WRITES_LOOKS = False  # a timer would write into the database of whatever test is next
METRICS_FOLDER = ""  # requests of tests are not counted
SHOP_LIMITS_FORMS = False  # tests send more forms than a person
gc.disable()  # until all is imported, see tests/conftest.py
