"""The pages for head office, in Oscar's dashboard."""

from django.urls import path

from omni_sync.privacy import dashboard

app_name = "lintas-privacy"
urlpatterns = [
    path("", dashboard.PrivacyRequests.as_view(), name="requests"),
    path("<int:pk>/", dashboard.PrivacyRequestPage.as_view(), name="request"),
]
