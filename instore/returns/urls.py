"""What comes back at the tablet; under ``staff/`` and in its namespace."""

from django.urls import path

from instore.returns import views, without

urlpatterns = [
    path("returns/", views.returns_page, name="returns"),
    path("returns/without/", without.without_page, name="return-without"),
    path("returns/<int:pk>/", views.return_page, name="return"),
]
