"""A shop on the internet: every secret comes from the environment, and what is missing stops the start by name."""

from pathlib import Path

from settings import environment

environment.require("SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "REDIS_URL", "BASE_URL", "ALLOWED_HOSTS")

from settings.base import *  # noqa: E402

SECRET_KEY = environment.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")

# Behind a proxy that ends TLS and sets X-Forwarded-Proto.
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", BASE_URL)
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = environment.flag("SECURE_HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
OSCAR_BASKET_COOKIE_SECURE = OSCAR_RECENTLY_VIEWED_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"  # browsers take it over https only, for this very host
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # SECURE_HSTS_INCLUDE_SUBDOMAINS: other names under the domain are the operator's to bind
    "security.W021",  # SECURE_HSTS_PRELOAD: a list that one does not leave again; the operator's to join
]

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(STATIC_ROOT)))

# django-anymail's backends hear what became of letters: anymail.backends.mailgun.EmailBackend, …
EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = environment.flag("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = environment.number("EMAIL_TIMEOUT", 10)
