"""The one URL conf an adopter includes: it brings the rooms below along."""

from django.urls import include, path

urlpatterns = [
    path("shelf/", include("kiosk.shelf.urls")),
    path("", include("kiosk.links.urls")),
    path("dashboard/lintas/", include("kiosk.links.office.urls")),
    path("dashboard/lintas/", include("kiosk.labels.office.urls")),
    path("", include("instore.urls")),
]
