from django.apps import apps
from django.urls import include, path

from boutique.collect import collect_at

urlpatterns = [
    path("", include("kiosk.urls")),
    path("collect-at/<slug:code>/", collect_at, name="collect-at"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include(apps.get_app_config("oscar").urls[0])),
]
