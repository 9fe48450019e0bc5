from django.urls import include, path

from instore.customers import urls as customers
from instore.customers.account import my_code
from instore.exchanges import urls as exchanges
from instore.receipts.claims.account import add_receipt
from instore.returns import urls as returns
from instore.staff import urls as staff
from instore.tablet import urls as tablet
from instore.visits import urls as visits
from instore.vouchers.account import my_vouchers

#: The staff's tablet: one address in every language, one namespace for who is at it and what they do there.
at_the_tablet = (
    [
        *staff.urlpatterns,
        *tablet.urlpatterns,
        *customers.urlpatterns,
        *visits.urlpatterns,
        *returns.urlpatterns,
        *exchanges.urlpatterns,
    ],
    "staff",
)

urlpatterns = [
    path("staff/", include(at_the_tablet)),
    path("collect/", include("instore.pickup.urls")),
    path("r/", include("instore.receipts.claims.urls")),
    path("r/", include("instore.receipts.urls")),
    path("v/", include("instore.vouchers.urls")),
    path("accounts/vouchers/", my_vouchers, name="my-vouchers"),
    path("accounts/receipts/", add_receipt, name="receipt-add"),
    path("accounts/receipts/", include("instore.receipts.own_urls")),
    path("h/list/", include("instore.lists.urls")),
    path("dashboard/lintas/", include("instore.staff.office.urls")),
    path("dashboard/lintas/", include("instore.pickup.office.urls")),
    path("dashboard/lintas/", include("instore.customers.office.urls")),
    path("dashboard/lintas/", include("instore.receipts.office.urls")),
    path("dashboard/lintas/", include("instore.vouchers.office.urls")),
    path("accounts/code/", my_code, name="customer-code"),
    path("", include("omni_sync.urls")),
]
