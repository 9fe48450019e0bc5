"""The settings of the site in served.py."""

import os

from settings.environment import database

DEBUG = False
ALLOWED_HOSTS = ["*"]
SECRET_KEY = "served"
ROOT_URLCONF = "tests.settings.served"
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]
STATIC_URL = "/static/"
STATIC_ROOT = os.path.join(os.environ["SERVED_FOLDER"], "static")  # noqa: PTH118
DATA_UPLOAD_MAX_MEMORY_SIZE = 7 << 20
DATABASES = {"default": database(None).as_django()}
