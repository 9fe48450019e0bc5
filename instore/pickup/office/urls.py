"""How pickups go, in the back office: under ``/dashboard/lintas/``."""

from django.urls import path

from instore.pickup.office import pickups, slots

app_name = "lintas-pickups"
urlpatterns = [
    path("pickups/", pickups.PickupFigures.as_view(), name="figures"),
    path("pickups/list/", pickups.PickupList.as_view(), name="list"),
    path("pickups/slots/<int:pk>/", slots.EditSlots.as_view(), name="slots"),
]
