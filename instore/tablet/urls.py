"""What staff do on their tablet; under ``staff/`` and in its namespace."""

from django.urls import path

from instore.tablet import counter, requests, scan, views

urlpatterns = [
    path("today/", views.today_page, name="today"),
    path("pickups/<str:number>/", views.pickup_page, name="pickup"),
    path("pickups/<str:number>/<slug:verb>/", views.act_on, name="act"),
    path("rings/", requests.rings, name="rings"),
    path("requests/", requests.requests_page, name="requests"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/<slug:verb>/", requests.act_on_request, name="request-act"),
    path("scan/", scan.scan, name="scan"),
    path("collect/", counter.collect_page, name="collect"),
    path("collect/open/", counter.open_codes, name="open-codes"),
    path("collect/<str:number>/", counter.bag_page, name="bag"),
]
