"""A receipt: one address in every language, and nobody finds it but who was given it."""

from django.urls import path

from instore.receipts import views

app_name = "receipt"
urlpatterns = [
    path("<str:token>", views.bearer(views.show), name="page"),
    path("<str:token>/", views.bearer(views.show)),
    path("<str:token>/print/", views.bearer(views.print_it), name="print"),
    path("<str:token>/gift/", views.bearer(views.gift), name="gift"),
    path("<str:token>/send/", views.bearer(views.send_it), name="send"),
]
