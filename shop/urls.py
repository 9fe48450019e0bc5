"""The shop's own pages; what is not here is Oscar's, and after it Wagtail's."""

from django.urls import include, path, re_path

from instore.customers.account import my_code
from instore.receipts.claims.account import add_receipt
from instore.vouchers.account import my_vouchers
from shop.content.frame.closing import close_notice
from shop.storefront import beside, browse, collect, reviews, size_views, views, wishes
from shop.storefront.account import lists

PRODUCT = r"^catalogue/(?P<product_slug>[\w-]*)_(?P<pk>\d{1,9})/"

urlpatterns = [
    path("", views.home, name="shop-home"),
    path("", include("shop.baskets.urls")),
    path("catalogue/", browse.shelf, name="shop-shelf"),
    re_path(
        r"^catalogue/category/(?P<category_slug>[\w-]+(?:/[\w-]+)*)_(?P<pk>\d{1,9})/$",
        browse.shelf,
        name="shop-category",
    ),
    path("catalogue/ranges/<slug:slug>/", browse.product_range, name="shop-range"),
    path("search/", browse.search, name="shop-search"),
    path("search/suggest/", browse.suggest, name="shop-suggest"),
    re_path(rf"{PRODUCT}$", views.product, name="shop-product"),
    re_path(rf"{PRODUCT}places/$", views.places, name="shop-places"),
    re_path(rf"{PRODUCT}reviews/$", reviews.reviews, name="shop-reviews"),
    re_path(rf"{PRODUCT}reviews/add/$", reviews.WriteReview.as_view(), name="shop-review-add"),
    re_path(rf"{PRODUCT}reviews/(?P<review_pk>\d{{1,9}})/$", reviews.review, name="shop-review"),
    re_path(rf"{PRODUCT}goes-with/$", beside.goes_with_page, name="shop-goes-with"),
    re_path(rf"{PRODUCT}collect/$", collect.collect, name="shop-collect"),
    re_path(rf"{PRODUCT}wish/$", wishes.wish, name="shop-wish"),
    path("seen/", beside.seen, name="shop-seen"),
    path("seen/forget/", beside.forget, name="shop-seen-forget"),
    path("accounts/", include("shop.storefront.account.urls")),
    path("accounts/email/", include("omni_sync.proof.urls", namespace="shop-email-proof")),
    path("accounts/messages/", include("omni_sync.messages.preferences.urls", namespace="shop-my-messages")),
    path("accounts/privacy/", include("omni_sync.privacy.urls", namespace="shop-privacy")),
    path("wishlists/<str:key>/", lists.named_list, name="shop-named-list"),
    path("notices/close/", close_notice, name="shop-close-notice"),
    path("stores/", views.stores, name="shop-stores"),
    path("stores/<str:code>/", views.store, name="shop-store"),
    path("accounts/code/", my_code, name="shop-code"),
    path("accounts/receipts/", add_receipt, name="shop-receipt-add"),
    path("accounts/vouchers/", my_vouchers, name="shop-vouchers"),
    path("accounts/sizes/", size_views.sizes, name="shop-sizes"),
    path("sizes/", size_views.sizes, name="shop-guest-sizes"),
    path("sizes/for-somebody-else/", size_views.for_somebody_else, name="shop-for-somebody-else"),
]
