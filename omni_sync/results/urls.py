from django.urls import path

from omni_sync.results import views

app_name = "lintas-results"
urlpatterns = [path("<int:pk>/results/", views.Results.as_view(), name="journey")]
