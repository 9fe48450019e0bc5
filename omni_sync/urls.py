from django.urls import path

from omni_sync.api import api

urlpatterns = [path("api/v1/", api.urls)]
