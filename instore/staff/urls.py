"""Who is at the tablet; under ``staff/`` and in its namespace."""

from django.urls import path

from instore.staff import views

urlpatterns = [
    path("", views.sign_in_page, name="sign-in"),
    path("enrol/", views.enrol_page, name="enrol"),
    path("still/", views.still_page, name="still"),
    path("lock/", views.lock_page, name="lock"),
]
