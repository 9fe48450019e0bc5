"""The receipts of who is signed in, by the numbers of their orders."""

from django.urls import path

from instore.receipts import views

app_name = "my-receipt"
urlpatterns = [
    path("<str:number>/", views.for_owner(views.show), name="page"),
    path("<str:number>/print/", views.for_owner(views.print_it), name="print"),
    path("<str:number>/gift/", views.for_owner(views.gift), name="gift"),
    path("<str:number>/send/", views.for_owner(views.send_it), name="send"),
]
