"""One address in every language; what stands in it besides our words is a token that nobody can guess."""

from django.urls import path

from instore.lists import owner, views

app_name = "lists"
urlpatterns = [
    path("", views.kept, name="kept"),
    path("own/<slug:key>/share/", owner.share_list, name="share"),
    path("own/<slug:key>/end/", owner.end_link, name="end"),
    path("look/<slug:name>/", views.look, name="look"),
    path("look/<slug:name>/take/", views.take, name="take"),
    path("<str:token>/", views.open_link, name="open"),
]
