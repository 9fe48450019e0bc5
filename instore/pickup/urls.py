"""The shopper's pickup page: one address in every language, and nobody finds it but who was given it."""

from django.urls import path

from instore.pickup import views

app_name = "collect"
urlpatterns = [
    path("<str:token>/", views.pickup_page, name="page"),
    path("<str:token>/here/", views.here, name="here"),
    path("<str:token>/answer/", views.answer_asked, name="answer"),
    path("<str:token>/friend/", views.friend, name="friend"),
    path("<str:token>/cancel/", views.call_off, name="cancel"),
]
