from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from omni_sync.stock.models import Movement


class ReportedLevelQuerySet(models.QuerySet["ReportedLevel"]):
    def differing(self) -> ReportedLevelQuerySet:
        """Open rows that the books still contradict.

        ``late`` is what had moved when the till spoke, and came into the books only afterwards: its own sale, perhaps,
        which waited for its turn. A count made since has settled the matter.
        """
        after = Movement.objects.filter(stockrecord=OuterRef("stockrecord"), occurred_at__lte=OuterRef("at"))
        came_late = after.filter(recorded_at__gt=OuterRef("at")).exclude(kind=Movement.Kind.COUNTED)
        total = came_late.order_by().values("stockrecord").annotate(total=Sum("quantity")).values("total")
        still_open = self.filter(ended_at=None).annotate(late=Coalesce(Subquery(total), 0))
        counted = Q(stockrecord__level__counted_at__gt=F("at"))
        return still_open.exclude(quantity=F("told") + F("late")).exclude(counted)


class ReportedLevel(models.Model):
    """What a till says it has, and our books don't (R9). Never a count, until a person makes it one.

    One open row for each connection and stock record, which follows what the till says next.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("agreed with the books later")
        COUNTED = "counted", _("taken as a count")
        IGNORED = "ignored", _("put aside")

    connection = models.ForeignKey("omni_sync.Connection", on_delete=models.CASCADE, related_name="reported_levels")
    stockrecord = models.ForeignKey("partner.StockRecord", on_delete=models.CASCADE, related_name="reported_levels")
    quantity = models.IntegerField(_("what the till says"))
    told = models.BigIntegerField(_("on hand less promised, by our books, when it said so"))
    at = models.DateTimeField()
    since = models.DateTimeField(db_default=Now(), editable=False)
    times = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True, db_default="")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = ReportedLevelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "stockrecord"], condition=Q(ended_at=None), name="reported_level_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="reported_level_ends_with_an_outcome",
            ),
            models.CheckConstraint(condition=~Q(quantity=F("told")), name="reported_level_differs"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.stockrecord_id}, told {self.told}"

    @property
    def difference(self) -> int:
        """How many more the till has than our books, negative when fewer."""
        return int(self.quantity - self.told - getattr(self, "late", 0))

    @property
    def would_count(self) -> int:
        """On hand, once it is taken as a count: the difference on top of what the books say now."""
        return max(int(self.stockrecord.level.on_hand) + self.difference, 0)
