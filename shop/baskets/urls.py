"""The basket's own addresses; the others are Oscar's."""

from django.urls import path

from shop.baskets import views

urlpatterns = [
    path("basket/", views.Basket.as_view(), name="shop-basket"),
    path("basket/place/", views.choose_place, name="shop-basket-place"),
]
