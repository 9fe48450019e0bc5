from django.urls import include, path

from omni_sync.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("dashboard/lintas/", include("omni_sync.pos.urls")),
    path("h/", include("omni_sync.carts.handoff.urls")),
    path("me/email/", include("omni_sync.proof.urls")),
    path("pay/", include("omni_sync.checkout.urls")),
    path("payments/", include("omni_sync.payments.urls")),
]
