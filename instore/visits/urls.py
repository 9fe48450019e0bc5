"""The basket of who is served; under ``staff/`` and in its namespace."""

from django.urls import path, re_path

from instore.visits import handing, product, views

urlpatterns = [
    re_path(r"^articles/(?P<gtin>[0-9]{14})/$", product.product_page, name="product"),
    path("basket/", views.visit, name="visit"),
    path("basket/lines/<int:pk>/", views.line, name="visit-line"),
    path("basket/end/", views.end, name="visit-end"),
    path("basket/give/", handing.give, name="visit-give"),
    path("basket/given/", handing.given, name="visit-given"),
    path("basket/receive/", handing.receive, name="visit-receive"),
    path("basket/look/", handing.look, name="visit-look"),
    path("basket/give-back/", handing.give_back, name="visit-give-back"),
]
