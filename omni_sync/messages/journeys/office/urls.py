from django.urls import path

from omni_sync.messages.journeys.office import views, words

app_name = "lintas-journeys"
urlpatterns = [
    path("", views.Journeys.as_view(), name="all"),
    path("<int:pk>/", views.JourneyPage.as_view(), name="journey"),
    path("<int:pk>/<int:number>/<slug:channel>/<slug:variant>/", words.Words.as_view(), name="words"),
]
