from django.urls import path

from omni_sync.checkout import views

app_name = "lintas-checkout"
urlpatterns = [
    path("<str:key>/", views.unfinished, name="unfinished"),
    path("<str:key>/paid/", views.paid, name="paid"),
    path("<str:key>/back/", views.back, name="back"),
]
