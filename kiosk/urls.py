"""The one URL conf an adopter includes: it brings the rooms below along."""

from django.urls import include, path

from kiosk.station.urls import on_phones

urlpatterns = [
    path("shelf/", include("kiosk.shelf.urls")),
    path("", include("kiosk.links.urls")),
    path("dashboard/lintas/", include("kiosk.links.office.urls")),
    path("dashboard/lintas/", include("kiosk.labels.office.urls")),
    path("h/k/", include(on_phones)),
    path("kiosk/", include("kiosk.station.urls")),
    path("", include("instore.urls")),
]
