"""Who and what works in the stores, in the back office: under ``/dashboard/lintas/``."""

from django.urls import path

from instore.staff.office import associates, devices

app_name = "lintas-staff"
urlpatterns = [
    path("devices/", devices.Devices.as_view(), name="devices"),
    path("devices/<int:pk>/", devices.DevicePage.as_view(), name="device"),
    path("associates/", associates.Associates.as_view(), name="associates"),
    path("associates/new/", associates.Hire.as_view(), name="hire"),
    path("associates/<int:pk>/", associates.AssociatePage.as_view(), name="associate"),
]
