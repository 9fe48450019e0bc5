"""Who looked at customers' data, in the back office: under ``/dashboard/lintas/``."""

from django.urls import path

from instore.customers.office import look_ups

app_name = "lintas-customers"
urlpatterns = [path("look-ups/", look_ups.LookUpsWithoutSale.as_view(), name="look-ups")]
