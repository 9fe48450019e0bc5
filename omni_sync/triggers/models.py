from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class WatchedStock(models.Model):
    """How a place stands with a thing that is on somebody's list, and since when; ``news`` is what that means to them.

    Written by ``watch`` alone. It is news that a thing is back after an hour without, or low after an hour with enough.
    """

    class State(models.TextChoices):
        NONE = "none"
        LOW = "low"
        ENOUGH = "enough"

    class News(models.TextChoices):
        BACK = "back"
        LOW = "low"

    stockrecord = models.OneToOneField(
        "partner.StockRecord", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    state = models.CharField(max_length=6, choices=State.choices)
    since = models.DateTimeField(db_default=Now())
    news = models.CharField(max_length=4, choices=News.choices, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["enough", "low", "none"]), name="watched_state_is_known"),
            models.CheckConstraint(
                condition=Q(news="") | Q(news="back", state__in=["enough", "low"]) | Q(news="low", state="low"),
                name="watched_news_are_true",
            ),
        ]
        indexes = [models.Index(fields=["since"], condition=~Q(news=""), name="watched_news_since")]

    def __str__(self) -> str:
        return f"{self.stockrecord_id}: {self.state}"
