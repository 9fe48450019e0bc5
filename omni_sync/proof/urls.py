"""The proof of an account's address. A shop may include it a second time under its own account's address."""

from django.urls import path

from omni_sync.proof import views

app_name = "email-proof"
urlpatterns = [
    path("", views.page, name="page"),
    path("confirm/", views.confirm, name="confirm"),
    path("<str:token>/", views.link, name="link"),
]
