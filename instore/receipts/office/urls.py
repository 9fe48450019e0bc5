"""What stands on receipts, in the back office: under ``/dashboard/lintas/``."""

from django.urls import path

from instore.receipts.office import letterheads

app_name = "lintas-receipts"
urlpatterns = [
    path("receipts/", letterheads.Letterheads.as_view(), name="letterheads"),
    path("receipts/<int:pk>/", letterheads.EditLetterhead.as_view(), name="letterhead"),
]
