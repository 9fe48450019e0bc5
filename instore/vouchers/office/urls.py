"""Credit vouchers in the back office: under ``/dashboard/lintas/``."""

from django.urls import path

from instore.vouchers.office import pages

app_name = "lintas-vouchers"
urlpatterns = [
    path("credit-vouchers/", pages.Vouchers.as_view(), name="vouchers"),
    path("credit-vouchers/<int:pk>/", pages.OneVoucher.as_view(), name="voucher"),
]
