from django.urls import include, path

from omni_sync import conf
from omni_sync.api import api
from omni_sync.messages.channels.webpush.views import worker
from omni_sync.privacy.views import by_link, linked

urlpatterns = [
    path("api/v1/", api.urls),
    path("data/take/", linked, name="privacy-linked"),
    path("data/<str:token>/", by_link, name="privacy-packet"),
    path("dashboard/lintas/privacy/", include("omni_sync.privacy.office")),
    path("dashboard/lintas/journeys/", include("omni_sync.messages.journeys.office.urls")),
    path("dashboard/lintas/journeys/", include("omni_sync.results.urls")),
    path("dashboard/lintas/", include("omni_sync.pos.urls")),
    path("h/", include("omni_sync.carts.handoff.urls")),
    path("me/push/", include("omni_sync.messages.channels.webpush.urls")),
    path("me/email/", include("omni_sync.proof.urls")),
    path("me/messages/", include("omni_sync.messages.preferences.urls")),
    path("me/", include("omni_sync.privacy.urls")),
    path("pay/", include("omni_sync.checkout.urls")),
    path("messages/", include("omni_sync.messages.status.urls")),
    path("notifications.js", worker, name="push-worker"),
    path("u/", include("omni_sync.messages.unsubscribe.urls")),
    path("payments/", include("omni_sync.payments.urls")),
]

if conf.hears_of_mail():
    urlpatterns.append(path("messages/mail/", include("anymail.urls")))
