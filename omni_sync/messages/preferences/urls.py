"""A member's page. A shop whose addresses name the language may include it there once more, as another namespace."""

from django.urls import path

from omni_sync.messages.preferences import views

app_name = "my-messages"
urlpatterns = [path("", views.page, name="page"), path("say/", views.say, name="say")]
