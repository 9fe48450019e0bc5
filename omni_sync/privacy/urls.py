"""A member's pages. A shop whose addresses name the language may include them there once more, as another namespace."""

from django.urls import path

from omni_sync.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.page, name="page"),
    path("say/", views.say, name="say"),
    path("collect/", views.collect, name="collect"),
    path("packet/<int:request_id>/", views.packet, name="packet"),
    path("forget/", views.forget_me, name="forget"),
    path("forget/done/", views.goodbye, name="goodbye"),
]
