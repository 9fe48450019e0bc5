from django.urls import path

from omni_sync.messages.unsubscribe import views

app_name = "unsubscribe"
urlpatterns = [
    path("<str:token>/", views.page, name="page"),
    path("<str:token>/mistake/", views.mistake, name="mistake"),
]
