"""The pages of the back office, under ``/dashboard/lintas/``."""

from django.urls import path

from omni_sync.pos import dashboard
from omni_sync.stock import dashboard as stock

app_name = "lintas"
urlpatterns = [
    path("", dashboard.Inbox.as_view(), name="inbox"),
    path("events/<int:pk>/", dashboard.Event.as_view(), name="event"),
    path("unmatched/", dashboard.Unmatched.as_view(), name="unmatched"),
    path("connections/", dashboard.Connections.as_view(), name="connections"),
    path("shortfalls/", stock.Shortfalls.as_view(), name="shortfalls"),
    path("locations/", stock.Locations.as_view(), name="locations"),
    path("locations/<int:pk>/", stock.EditLocation.as_view(), name="location"),
]
