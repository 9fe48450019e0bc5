"""Goods for goods at the tablet; under ``staff/`` and in its namespace."""

from django.urls import path

from instore.exchanges import views

urlpatterns = [path("returns/<int:pk>/exchange/", views.exchange_page, name="exchange")]
