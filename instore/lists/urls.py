"""One address in every language; what stands in it besides our words is a token that nobody can guess."""

from django.urls import path

from instore.lists import views

app_name = "lists"
urlpatterns = [
    path("", views.kept, name="kept"),
    path("<str:token>/", views.open_list, name="open"),
    path("<str:token>/take/", views.take, name="take"),
]
