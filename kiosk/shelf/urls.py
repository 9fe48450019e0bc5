"""One address in every language: it stands behind a code that is printed once."""

from django.urls import path, re_path

from kiosk.shelf import beside, calling, views

GTIN = r"(?P<gtin>[0-9]{8,14})"

app_name = "shelf"
urlpatterns = [
    re_path(rf"^{GTIN}/$", views.product, name="product"),
    re_path(rf"^{GTIN}/basket/$", views.to_basket, name="to-basket"),
    re_path(rf"^{GTIN}/list/$", views.to_list, name="to-list"),
    re_path(rf"^{GTIN}/help/$", calling.call, name="call"),
    path("help/<int:number>/", calling.asked, name="help"),
    path("help/<int:number>/cancel/", calling.call_off, name="call-off"),
    path("compare/", beside.compare, name="compare"),
    path("at/<str:store>/", beside.store, name="store"),
    path("at/<str:store>/<path:place>/", beside.store, name="place"),
]
