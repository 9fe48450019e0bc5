"""The store that a member calls theirs: one row, the same on every device."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from instore.stores.models import Store
from omni_sync.transactions import inside_transaction


class OwnStore(models.Model):
    """Goes with its user, and with its store."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="own_store"
    )
    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("own store")
        verbose_name_plural = _("own stores")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.store_id}"


def own_store(user_id: int) -> str:
    """The code of the member's store, empty without one: one query."""
    codes = OwnStore.objects.filter(user=user_id).values_list("store__partner__code", flat=True)
    return codes.first() or ""


@inside_transaction
def keep_own_store(*, user_id: int, code: str) -> bool:
    """The public store with this code is the member's from now on. False, and nothing changes, where there is none.

    Of two choices at once the later one stays.
    """
    store = _public(code)
    if store is None:
        return False
    OwnStore.objects.bulk_create(
        [OwnStore(user_id=user_id, store_id=store, chosen_at=Now())],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["store", "chosen_at"],
    )
    return True


@inside_transaction
def adopt_store(*, user_id: int, code: str) -> None:
    """The same for a member who has none yet: a store that was chosen meanwhile stays."""
    store = _public(code)
    if store is not None:
        OwnStore.objects.bulk_create([OwnStore(user_id=user_id, store_id=store)], ignore_conflicts=True)


@inside_transaction
def forget_own_store(*, user_id: int) -> None:
    """The member has no store any more."""
    OwnStore.objects.filter(user=user_id).delete()


def _public(code: str) -> int | None:
    """The key of the public store with this code."""
    return Store.objects.public().filter(partner__code=code).values_list("pk", flat=True).first()
