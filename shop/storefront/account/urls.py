"""The account's pages, at Oscar's addresses and found before Oscar's.

Pages are linked by Oscar's names; their own say where a page is in another language.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from oscar.apps.communication.notifications import views as notes
from oscar.apps.customer.views import EmailHistoryView, ProfileView

from instore.lists import owner
from shop.storefront.account import addresses, alerts, home, letters, lists, orders, profile, returning, signing

NUMBER_AND_HASH = r"(?P<order_number>[\w-]*)/(?P<hash>[A-z0-9-_=:]+)/$"


def members(view: Callable[..., Any]) -> Callable[..., Any]:
    """For who is signed in; nothing of it stays in the browser for whoever sits there next."""
    wrapped: Callable[..., Any] = never_cache(login_required(view))
    return wrapped


urlpatterns = [
    path("", members(home.home), name="shop-account"),
    path("login/", signing.SignIn.as_view(), name="shop-sign-in"),
    path("register/", signing.Register.as_view(), name="shop-register"),
    path("logout/", signing.sign_out, name="shop-sign-out"),
    path("orders/", members(orders.orders), name="shop-orders"),
    path("orders/<str:order_number>/", members(orders.OrderPage.as_view()), name="shop-order"),
    path("orders/<str:order_number>/<int:line_id>/", members(orders.OrderLinePage.as_view()), name="shop-order-line"),
    path("orders/<str:order_number>/return/", members(returning.returning), name="shop-return"),
    re_path(rf"^order-status/{NUMBER_AND_HASH}", orders.GuestsOrderPage.as_view(), name="shop-guests-order"),
    path("profile/", members(ProfileView.as_view()), name="shop-profile"),
    path("profile/edit/", members(profile.EditProfile.as_view()), name="shop-profile-edit"),
    path("profile/delete/", RedirectView.as_view(pattern_name="shop-privacy:forget"), name="shop-profile-delete"),
    path("change-password/", members(profile.ChangePassword.as_view()), name="shop-change-password"),
    path("addresses/", members(addresses.addresses), name="shop-addresses"),
    path("addresses/add/", members(addresses.NewAddress.as_view()), name="shop-address-add"),
    path("addresses/<int:pk>/", members(addresses.EditAddress.as_view()), name="shop-address"),
    path("addresses/<int:pk>/delete/", members(addresses.DeleteAddress.as_view()), name="shop-address-delete"),
    re_path(
        r"^addresses/(?P<pk>\d{1,9})/(?P<action>default_for_(?:billing|shipping))/$",
        members(addresses.use_for),
        name="shop-address-use-for",
    ),
    path("emails/", members(EmailHistoryView.as_view()), name="shop-letters"),
    path("emails/<int:email_id>/", members(letters.Letter.as_view()), name="shop-letter"),
    path("notifications/", RedirectView.as_view(pattern_name="customer:notifications-inbox")),
    path("notifications/inbox/", members(notes.InboxView.as_view()), name="shop-inbox"),
    path("notifications/archive/", members(notes.ArchiveView.as_view()), name="shop-archive"),
    path("notifications/<int:pk>/", members(notes.DetailView.as_view()), name="shop-note"),
    path("alerts/", members(alerts.alerts), name="shop-alerts"),
    path("alerts/create/<int:pk>/", alerts.WaitFor.as_view(), name="shop-alert-create"),
    path("alerts/confirm/<str:key>/", alerts.confirm, name="shop-alert-confirm"),
    path("alerts/cancel/key/<str:key>/", alerts.cancel, name="shop-alert-cancel"),
    path("alerts/cancel/<int:pk>/", members(alerts.stop_waiting)),
    path("wishlists/", members(lists.lists), name="shop-lists"),
    path("wishlists/add/<int:product_pk>/", members(lists.AddToList.as_view()), name="shop-list-add"),
    path("wishlists/<str:key>/add/<int:product_pk>/", members(lists.AddToList.as_view())),
    path("wishlists/create/", members(lists.new_list), name="shop-list-new"),
    path("wishlists/create/with-product/<int:product_pk>/", members(lists.new_list), name="shop-list-new-with"),
    path("wishlists/<str:key>/", members(lists.ListPage.as_view()), name="shop-list"),
    path("wishlists/<str:key>/update/", members(lists.edit_list), name="shop-list-edit"),
    path("wishlists/<str:key>/share/", members(owner.share_list), name="shop-list-share"),
    path("wishlists/<str:key>/end-link/", members(owner.end_link), name="shop-list-end-link"),
    path("wishlists/<str:key>/delete/", members(lists.DeleteList.as_view()), name="shop-list-delete"),
    path(
        "wishlists/<str:key>/lines/<int:line_pk>/delete/",
        members(lists.RemoveFromList.as_view()),
        name="shop-list-remove",
    ),
    path("wishlists/<str:key>/lines/<int:line_pk>/move-to/<str:to_key>/", members(lists.MoveToList.as_view())),
]
