from django.urls import path

from omni_sync.messages.channels.twilio.views import notice as twilio
from omni_sync.messages.channels.whatsapp.views import notice as whatsapp

app_name = "message-notices"
urlpatterns = [path("twilio/", twilio, name="twilio"), path("whatsapp/", whatsapp, name="whatsapp")]
