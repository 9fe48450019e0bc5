"""Every address of the reference shop; the plugin's own come from one include."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, include, path, re_path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls

from settings.health import healthz, readyz
from settings.media import media
from settings.metrics.door import metrics

handler400 = "settings.errors.bad_request"
handler500 = "settings.errors.server_error"

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("i18n/setlang/", set_language, name="set_language"),
    path("cms/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_documents_urls)),
    path("", include("kiosk.urls")),
    path("", include("shop.crawlers")),
]

if getattr(settings, "SERVE_MEDIA", False):
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", media))

tour: list[URLPattern] = []
if getattr(settings, "SHOWS_TOUR", False):
    from settings.demonstration import sent
    from settings.demonstration.page import page

    tour = [
        path("tour/", page, name="tour"),
        path("tour/messages/", sent.page, name="tour-messages"),
        path("tour/messages/<int:pk>/letter/", sent.letter, name="tour-letter"),
    ]

urlpatterns += i18n_patterns(
    *tour,
    path("", include("shop.urls")),
    path("", include(apps.get_app_config("oscar").urls[0])),  # type: ignore[attr-defined]
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
