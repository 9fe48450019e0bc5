from django.urls import include, path

urlpatterns = [
    path("staff/", include("instore.staff.urls")),
    path("dashboard/lintas/", include("instore.staff.office.urls")),
    path("", include("omni_sync.urls")),
]
