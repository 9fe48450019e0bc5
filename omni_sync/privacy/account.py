"""What Oscar keeps of an account and of whoever wrote to us: addresses, reviews, alerts, letters, what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.dispatch import receiver

from omni_sync.oscar.models import (
    Email,
    Notification,
    ProductAlert,
    ProductReview,
    ReviewVote,
    UserAddress,
    UserProductView,
    UserRecord,
    UserSearch,
    VoucherApplication,
)
from omni_sync.people.signals import person_erased, person_exported
from omni_sync.sales.privacy import proved_emails

ADDRESS = ("title", "first_name", "last_name", "line1", "line2", "line3", "line4", "state", "postcode", "country__name",
           "phone_number", "notes")  # fmt: skip

FIGURES = (
    "num_product_views", "num_basket_additions", "num_orders", "num_order_lines", "num_order_items", "total_spent",
    "date_last_order",
)  # fmt: skip


@receiver(person_exported, dispatch_uid="lintas.account.export")
def export(sender: Any, person_ids: list[int], user_ids: list[int], add: Any, **_: Any) -> None:
    """The account, and all that is tied to it or to a proved address."""
    users = get_user_model()._default_manager.filter(pk__in=user_ids).order_by("pk")
    add("account", users.values("email", "first_name", "last_name", "date_joined", "last_login"))
    emails = proved_emails(person_ids)
    mine = {"user__in": user_ids}
    add("addresses", UserAddress.objects.filter(**mine).order_by("pk").values(*ADDRESS))
    add(
        "reviews",
        _of(ProductReview, user_ids, emails).values(
            "product__title", "score", "title", "body", "name", "email", "date_created"
        ),
    )
    add(
        "review_votes",
        ReviewVote.objects.filter(**mine).order_by("pk").values("review__title", "delta", "date_created"),
    )
    add("stock_alerts", _of(ProductAlert, user_ids, emails).values("product__title", "email", "status", "date_created"))
    add("account_letters", _of(Email, user_ids, emails).values("email", "subject", "body_text", "date_sent"))
    notes = Notification.objects.filter(recipient__in=user_ids).order_by("pk")
    add("notifications", notes.values("subject", "body", "date_sent"))
    add("searches", UserSearch.objects.filter(**mine).order_by("pk").values("query", "date_created"))
    add("products_seen", UserProductView.objects.filter(**mine).order_by("pk").values("product__title", "date_created"))
    add("figures", UserRecord.objects.filter(**mine).order_by("pk").values(*FIGURES))
    used = VoucherApplication.objects.filter(**mine).order_by("pk")
    add("vouchers_used", used.values("voucher__code", "order__number", "date_created"))


@receiver(person_erased, dispatch_uid="lintas.account.forget")
def forget(sender: Any, user_ids: list[int], values: list[str], **_: Any) -> None:
    """What an address alone ties to them; what an account does goes with the account."""
    for review in _of(ProductReview, user_ids, values):
        review.delete()  # one by one: the product counts its stars again
    _of(ProductAlert, user_ids, values).delete()
    _of(Email, user_ids, values).delete()
    Notification.objects.filter(sender__in=user_ids).update(sender=None)
    VoucherApplication.objects.filter(user__in=user_ids).update(user=None)


def _of(model: Any, user_ids: Sequence[int], addresses: Sequence[str]) -> QuerySet[Any]:
    plain = [address.lower() for address in addresses if address]
    found: QuerySet[Any] = model.objects.annotate(plain=Lower("email"))
    return found.filter(Q(user__in=user_ids) | Q(plain__in=plain)).order_by("pk")
