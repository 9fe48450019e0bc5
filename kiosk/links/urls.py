"""Digital Links have one address in every language; what follows the first word is read as it was sent."""

from django.urls import path, re_path

from kiosk.links import views

app_name = "links"
urlpatterns = [
    path(".well-known/gs1resolver", views.described, name="described"),
    re_path(r"^(?:01|414)/", views.resolve, name="resolve"),
    re_path(r"^[Ss]/[^/]+/01/", views.resolve, name="resolve-at"),
    # Binary EPC strings in hexadecimal or base 64: long, and unlike the words that pages are called by.
    re_path(r"^(?:[Ee][Hh][0-9A-Fa-f]{12,}|[Ee][Xx](?=[^/]*[A-Z])[0-9A-Za-z_-]{12,})/?$", views.compressed),
]
