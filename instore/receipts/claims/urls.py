"""One address in every language; the token is in the receipt's own address alone."""

from django.urls import path

from instore.receipts.claims import views

app_name = "claims"
urlpatterns = [
    path("claim/", views.page, name="page"),
    path("<str:token>/claim/", views.add, name="add"),
]
