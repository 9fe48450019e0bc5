"""One machine: the engines come from wheels, mail goes to the log, secrets are made at the first start."""

import base64
import hashlib
import warnings

from settings import environment
from settings.base import *
from settings.embedded.place import WEB, Place

# The simple search backend says so at every save.
warnings.filterwarnings("ignore", message=".* is not implemented in this backend")

PLACE = Place(DATA)
# A demo that took another port says so to every command beside it.
BASE_URL = WAGTAILADMIN_BASE_URL = environment.text("BASE_URL", PLACE.read(WEB).get("base", BASE_URL))
SECRET_KEY = environment.text("SECRET_KEY", PLACE.secret("django"))
LINTAS_ENCRYPTION_KEYS = LINTAS_ENCRYPTION_KEYS or [
    base64.urlsafe_b64encode(hashlib.sha256(PLACE.secret("encryption").encode()).digest()).decode()
]
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
LINTAS_WEBHOOK_ALLOWED_HOSTS = LINTAS_WEBHOOK_ALLOWED_HOSTS or ["localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = DATA / "static"  # nothing is collected here, the finders find it
STATIC_ROOT.mkdir(exist_ok=True)
SERVE_MEDIA = True
SHOWS_TOUR = True
METRICS_OPEN = True
OSCAR_SHOP_NAME = WAGTAIL_SITE_NAME = "Langkah"
