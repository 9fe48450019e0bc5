"""The basket's own addresses; the others are Oscar's."""

from django.urls import path
from django.views.generic import RedirectView

from shop.baskets import views

urlpatterns = [
    path("basket/", views.Basket.as_view(), name="shop-basket"),
    path("basket/place/", views.choose_place, name="shop-basket-place"),
    # How to pay is asked on the last page: Oscar's own stays for a payment that was refused.
    path("checkout/payment-details/", RedirectView.as_view(pattern_name="checkout:preview"), name="shop-no-payment"),
]
