"""One address in every language; what stands in it besides our words is a token that nobody can guess."""

from django.urls import path

from omni_sync.carts.handoff import views

app_name = "hand-off"
urlpatterns = [
    path("", views.type_code, name="type"),
    path("give/", views.give, name="give"),
    path("given/", views.given, name="given"),
    path("look/", views.look, name="look"),
    path("undo/", views.take_back, name="undo"),
    path("<str:token>/", views.open_link, name="open"),
]
