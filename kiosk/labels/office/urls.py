"""The labels' pages in the back office: under ``/dashboard/lintas/``."""

from django.urls import path

from kiosk.labels.office import pages

app_name = "lintas-labels"
urlpatterns = [
    path("labels/", pages.LabelQueues.as_view(), name="queues"),
    path("labels/<int:pk>/", pages.LabelQueue.as_view(), name="queue"),
    path("labels/runs/<int:pk>/", pages.RunPage.as_view(), name="run"),
    path("labels/runs/<int:pk>/labels.pdf", pages.RunSheets.as_view(), name="sheets"),
]
