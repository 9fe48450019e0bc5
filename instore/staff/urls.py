"""The staff's tablet, under ``/staff/``: one address in every language."""

from django.urls import include, path

from instore.staff import views

app_name = "staff"
urlpatterns = [
    path("", views.sign_in_page, name="sign-in"),
    path("enrol/", views.enrol_page, name="enrol"),
    path("lock/", views.lock_page, name="lock"),
    path("", include("instore.tablet.urls")),
]
