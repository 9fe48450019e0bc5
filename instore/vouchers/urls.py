"""A voucher: one address in every language, and nobody finds it but who was given it."""

from django.urls import path

from instore.vouchers import views

app_name = "voucher"
urlpatterns = [
    path("<str:token>", views.bearer(views.show)),
    path("<str:token>/", views.bearer(views.show), name="page"),
    path("<str:token>/print/", views.bearer(views.print_it), name="print"),
    path("<str:token>/send/", views.bearer(views.send_it), name="send"),
]
