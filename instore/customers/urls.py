"""A customer at the tablet; under ``staff/`` and in its namespace."""

from django.urls import path

from instore.customers import hand, views

urlpatterns = [
    path("customer/", views.ask_page, name="ask"),
    path("customer/send/", views.send_code, name="send-code"),
    path("customers/<str:key>/", views.customer_page, name="customer"),
    path("customers/<str:key>/find/", views.find_page, name="customer-find"),
    path("customers/<str:key>/hand/", hand.hand_page, name="customer-hand"),
    path("customers/<str:key>/done/", views.leave, name="customer-done"),
    path("customers/<str:key>/<slug:verb>/", views.act_for, name="customer-act"),
]
