"""The one URL conf an adopter includes: it brings the rooms below along."""

from django.urls import include, path

from kiosk.station.urls import on_phones

urlpatterns = [
    path("h/k/", include(on_phones)),
    path("kiosk/", include("kiosk.station.urls")),
    path("", include("instore.urls")),
]
