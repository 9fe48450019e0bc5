"""What every installation of the reference shop has in common."""

import gc
from datetime import timedelta
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *

from omni_sync.conf import STRIPE
from settings import environment
from settings.logs.lines import configure
from settings.schedule import SCHEDULE

gc.set_threshold(10_000)  # half a million objects are made at every start, and all of them stay
DATA = environment.data_folder()
DEBUG = False
BASE_URL = environment.text("BASE_URL", "http://localhost:8000")  # where people and tills reach us
ROOT_URLCONF = "settings.urls"
WSGI_APPLICATION = "settings.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

INSTALLED_APPS = [
    "settings",
    "shop",
    "kiosk",
    "instore",
    "omni_sync",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.flatpages",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "oscar.apps.partner.apps.PartnerConfig",
    "oscar.apps.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.order.apps.OrderConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "haystack",
    "treebeard",
    "sorl.thumbnail",
    "django_tables2",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "settings.logs.requests.AccessLog",
    "settings.metrics.traffic.CountRequests",
    "settings.health.ProbesFirst",
    "django.middleware.security.SecurityMiddleware",
    "settings.content_policy.ContentPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "settings.errors.Maintenance",
    "shop.safety.sessions.SoundSessions",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shop.storefront.sizes.ForgetTakenOver",
    "omni_sync.oscar.middleware.BasketMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "shop.safety.forms.LimitForms",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shop.storefront.context.lazily",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.core.context_processors.metadata",
            ],
        },
    },
]

# People
AUTH_USER_MODEL = "shop.User"
AUTHENTICATION_BACKENDS = ["shop.safety.attempts.Pausing", "oscar.apps.customer.auth_backends.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 9}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "first_name", "last_name")},
    },
    {"NAME": "shop.safety.attempts.NewPasswordEndsPause"},
]
LOGIN_URL = "customer:login"
LOGIN_REDIRECT_URL = "customer:summary"

# Words and times
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("id", _("Indonesian"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Jakarta")
USE_TZ = True
USE_I18N = True

# Data
DATABASES = {"default": environment.database("postgresql:///lintas").as_django()}
REDIS_URL = environment.redis("redis://127.0.0.1:6379/0")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "lintas",
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    },
    # Wagtail's notes of the pictures it made: a page must not wait for a cache that is away.
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 600},
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # the tills' door answers 413 itself, above 5 MB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page forms are long

# Files
STATIC_URL = "/static/"
STATIC_ROOT = environment.ROOT / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = environment.text("MEDIA_ROOT", str(DATA / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Oscar
OSCAR_SHOP_NAME = "Lintas"
OSCAR_HOMEPAGE = reverse_lazy("shop-home")
OSCAR_DEFAULT_CURRENCY = environment.text("CURRENCY", "IDR")
OSCAR_CURRENCY_FORMAT = {"IDR": {"format": "Rp#,##0", "currency_digits": False}}
OSCAR_DYNAMIC_CLASS_LOADER = "omni_sync.oscar.loader.load_classes"
OSCAR_OFFER_ROUNDING_FUNCTION = "omni_sync.money.rounding.round_offer"
OSCAR_EAGER_ALERTS = False
OSCAR_SEND_REGISTRATION_EMAIL = False  # the journey "welcome" greets
OSCAR_ALLOW_ANON_CHECKOUT = True
LINTAS_DELIVERY_METHODS = ["shop.baskets.delivery.Parcel"]
DELIVERY_PRICE = environment.text("DELIVERY_PRICE", "0")
OSCAR_FROM_EMAIL = environment.text("FROM_EMAIL", "shop@lintas.example")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = OSCAR_FROM_EMAIL
OSCAR_GOOGLE_ANALYTICS_ID = None
OSCAR_INITIAL_ORDER_STATUS = "Pending"
OSCAR_INITIAL_LINE_STATUS = "Pending"
OSCAR_ORDER_STATUS_PIPELINE = {
    "Pending": ("Being processed", "Cancelled"),
    "Being processed": ("Complete", "Cancelled"),
    "Complete": (),
    "Cancelled": (),
}
OSCAR_LINE_STATUS_PIPELINE = OSCAR_ORDER_STATUS_PIPELINE

# Wagtail
WAGTAIL_SITE_NAME = "Lintas"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # who works here is told to nobody
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# Safety
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail's preview, the one frame there is, says otherwise itself
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
PASSWORD_RESET_TIMEOUT = 24 * 3600
CSRF_FAILURE_VIEW = "settings.errors.csrf_failure"

# Wrong passwords: five of one person at one address, fifty at one address, then a pause
AXES_HANDLER = "shop.safety.attempts.Attempts"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_USERNAME_CALLABLE = "shop.safety.attempts.name_of"
AXES_CLIENT_IP_CALLABLE = "shop.safety.attempts.address_of"
AXES_LOCKOUT_CALLABLE = "shop.safety.paused.login_paused"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a pause ends, however often somebody knocks
AXES_DISABLE_ACCESS_LOG = True  # who came in when is not written down
AXES_VERBOSE = AXES_ENABLE_ADMIN = False

SHOP_LIMITS_FORMS = True  # see shop/safety/forms.py

# What editors may upload
FILE_UPLOAD_HANDLERS = [
    "shop.safety.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
LINTAS_PURCHASE_PAGE = "customer:order"  # ours knows what tills sold
LINTAS_ENCRYPTION_KEYS = environment.words("ENCRYPTION_KEYS")
LINTAS_WEBHOOK_ALLOWED_HOSTS = environment.words("WEBHOOK_ALLOWED_HOSTS")  # on the intranet, or without https

# Money
LINTAS_STRIPE_SECRET_KEY = environment.text("STRIPE_SECRET_KEY", "")
LINTAS_STRIPE_WEBHOOK_SECRETS = environment.words("STRIPE_WEBHOOK_SECRET")  # two while one is changed
LINTAS_STRIPE_API_BASE = environment.text("STRIPE_API_BASE", STRIPE)
PAYMENT_PAGES = "https://checkout.stripe.com" if LINTAS_STRIPE_API_BASE == STRIPE else LINTAS_STRIPE_API_BASE

# Messages: a channel is open once all of its own is set
LINTAS_TWILIO = environment.group("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM", "TWILIO_API_BASE")
LINTAS_WHATSAPP = environment.group(
    "WHATSAPP_TOKEN", "WHATSAPP_PHONE_ID", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN", "WHATSAPP_API_BASE"
)
LINTAS_VAPID = environment.group("VAPID_PRIVATE_KEY", "VAPID_SUBJECT")
ANYMAIL = environment.beginning_with("ANYMAIL_")

# What operators watch
METRICS_TOKEN = environment.text("METRICS_TOKEN", "")
METRICS_OPEN = False  # to anybody
METRICS_FOLDER = environment.text("METRICS_FOLDER", str(DATA / "metrics"))
METRICS_FOLDER = "" if METRICS_FOLDER == "off" else METRICS_FOLDER

# Work
CELERY_BROKER_URL = REDIS_URL
CELERY_BEAT_SCHEDULE = SCHEDULE

LOGGING_CONFIG = None
configure()
