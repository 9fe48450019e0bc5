from django.urls import include, path

urlpatterns = [path("", include("omni_sync.urls"))]
