from django.urls import include, path

urlpatterns = [path("messages/mail/", include("anymail.urls"))]
