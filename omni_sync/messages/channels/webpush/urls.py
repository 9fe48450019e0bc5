from django.urls import path

from omni_sync.messages.channels.webpush import views

app_name = "push"
urlpatterns = [path("", views.start, name="start"), path("end/", views.end, name="end")]
