"""The one URL conf an adopter includes: it brings the rooms below along."""

from django.urls import include, path

urlpatterns = [
    path("dashboard/lintas/", include("kiosk.labels.office.urls")),
    path("", include("instore.urls")),
]
