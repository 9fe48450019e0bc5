"""What is said of the goods, in the back office: under ``/dashboard/lintas/``."""

from django.urls import path

from kiosk.links.office import views

app_name = "lintas-links"
urlpatterns = [
    path("links/", views.Goods.as_view(), name="goods"),
    path("links/products/<int:pk>/", views.GoodsLinks.as_view(), name="product"),
    path("links/<int:pk>/", views.EditLink.as_view(), name="link"),
    path("links/<int:pk>/away/", views.TakeAway.as_view(), name="away"),
]
