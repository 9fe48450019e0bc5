from django.urls import path

from omni_sync.payments import views

app_name = "lintas-payments"
urlpatterns = [path("<slug:provider>/webhook", views.webhook, name="webhook")]
