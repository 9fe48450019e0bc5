"""The shop's own pages; what is not here is Oscar's, and after it Wagtail's."""

from django.urls import path, re_path

from shop.storefront import views

urlpatterns = [
    path("", views.home, name="shop-home"),
    re_path(r"^catalogue/(?P<product_slug>[\w-]*)_(?P<pk>\d+)/$", views.ProductDetailView.as_view()),
]
