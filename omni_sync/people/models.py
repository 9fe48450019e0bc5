from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _


class PersonQuerySet(models.QuerySet["Person"]):
    def alike(self, person: Person) -> Self:
        """Every row of the human that ``person``, as it was read, is a row of; itself among them."""
        return self.filter(Q(pk=person.root_id) | Q(merged_into=person.root_id))

    def of_account(self, user: Any) -> Self:
        """Every row of the human who has this web account; none before it was ever asked for. No query by itself."""
        own = Person.objects.filter(user=user).annotate(root=Coalesce("merged_into", "pk")).values("root")
        return self.filter(Q(pk__in=own) | Q(merged_into__in=own))

    def roots(self) -> Self:
        """One row of every human."""
        return self.filter(merged_into=None)


class Person(models.Model):
    """One human across channels, as one source or one web account knows them.

    Rows that prove to be one human stay as they are: they are joined by matches, and ``merged_into`` names the root of
    all that are joined, in one step. It follows the matches (``resolve.settle``) and is written nowhere else.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    name = models.CharField(max_length=255, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False, editable=False
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="person_is_not_merged_into_itself"
            )
        ]
        indexes = [
            models.Index(fields=["merged_into"], condition=~Q(merged_into=None), name="person_rows_of_root"),
            models.Index(fields=["created_at"], condition=~Q(user=None), name="person_with_account"),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    @property
    def root_id(self) -> int:
        """The row that stands for this human."""
        return self.merged_into_id or self.pk


class Identifier(models.Model):
    """Something that points at a person, as one source told it. Unverified until ``verified_at``.

    ``value`` is written as ``normal`` writes it.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone")
        LOYALTY = "loyalty", _("loyalty number")
        TILL = "till", _("till's customer number")

    class Proof(models.TextChoices):
        TILL = "till", _("told by a till whose numbers are ours")
        CODE = "code", _("typed the code that we sent")
        LINK = "link", _("opened the link that we sent")
        STAFF = "staff", _("seen by a member of staff")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    value = models.CharField(max_length=254)
    source = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(_("verified how"), max_length=8, choices=Proof.choices, blank=True, db_default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            # The value first: who else has it is asked as often as whose it is to one source.
            models.UniqueConstraint(fields=["value", "kind", "source"], name="identifier_once_per_source"),
            models.CheckConstraint(
                condition=Q(verified_at=None, proof="") | (Q(verified_at__isnull=False) & ~Q(proof="")),
                name="identifier_verified_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class MatchQuerySet(models.QuerySet["Match"]):
    def open(self) -> Self:
        """Suggestions somebody should answer: of rows that are not one human already for another reason."""
        left, right = (Coalesce(f"{side}__merged_into", f"{side}__pk") for side in ("left", "right"))
        return self.filter(state=Match.State.SUGGESTED).annotate(one=left, other=right).exclude(one=F("other"))


class Match(models.Model):
    """Two rows of persons that may be one human; the merged ones join them.

    A pair that somebody parted or dismissed is never merged or suggested again but by hand.
    """

    class Because(models.TextChoices):
        EMAIL = "email", _("the same e-mail")
        PHONE = "phone", _("the same phone")
        LOYALTY = "loyalty", _("the same loyalty number")
        HAND = "hand", _("said by a member of staff")

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("maybe one person")
        MERGED = "merged", _("one person")
        DISMISSED = "dismissed", _("two persons")
        UNDONE = "undone", _("parted")

    left = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    because = models.CharField(max_length=8, choices=Because.choices)
    state = models.CharField(max_length=9, choices=State.choices)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("matches")
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="match_once_per_pair"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="match_left_is_older"),
            models.CheckConstraint(
                condition=Q(state__in=["dismissed", "merged", "suggested", "undone"]), name="match_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dismissed", "undone"]) | Q(answered_at__isnull=False),
                name="match_parted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(because="hand") | Q(answered_at__isnull=False), name="match_by_hand_at_some_time"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="suggested"), name="match_to_answer"),
            models.Index(fields=["answered_by"], condition=~Q(answered_by=None), name="match_answered_by"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}: {self.state}"


class Consent(models.Model):
    """One statement about one channel and purpose; append-only, which the database sees to.

    A claim without wording and time never sends. Only who is forgotten takes their statements along (``erasing``).
    """

    class State(models.TextChoices):
        GRANTED = "granted", _("granted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=16)
    purpose = models.CharField(max_length=32)
    state = models.CharField(max_length=16, choices=State.choices)
    at = models.DateTimeField(null=True, blank=True)
    wording = models.TextField(blank=True)
    wording_version = models.CharField(max_length=16, blank=True, db_default="")
    wording_hash = models.CharField(_("SHA-256 of the wording"), max_length=64, blank=True, db_default="")
    locale = models.CharField(max_length=16, blank=True)
    proof = models.TextField(blank=True)
    source = models.CharField(max_length=64)
    store = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    associate = models.CharField(_("who took it down"), max_length=64, blank=True, db_default="")
    is_claim = models.BooleanField(_("told without wording or time"), default=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_claim=True) | (models.Q(at__isnull=False) & ~models.Q(wording="")),
                name="consent_has_proof_or_is_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(wording="", wording_hash="") | (~Q(wording="") & ~Q(wording_hash="")),
                name="consent_wording_is_hashed",
            ),
        ]
        indexes = [models.Index(fields=["store"], condition=~Q(store=None), name="consent_of_store")]

    def __str__(self) -> str:
        return f"{self.purpose} by {self.channel}: {self.state}"

    @property
    def said_at(self) -> datetime:
        """When it counts from: never later than we heard of it, whatever a clock said."""
        return min(self.at or self.recorded_at, self.recorded_at)


class Suppression(models.Model):
    """An address whose owner was forgotten, as keyed hashes: what was agreed to before ``at`` counts no more."""

    address_hash = models.BinaryField(max_length=32, unique=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"forgotten {self.at}"


class Touchpoint(models.Model):
    """One dated contact of a person with a channel, written once; the timeline is their list.

    ``key`` names the row it came from. ``data`` says little: numbers and states, nothing about the person.
    """

    class Channel(models.TextChoices):
        TILL = "till", _("till")
        WEB = "web", _("web")
        TABLET = "tablet", _("tablet")
        STORE = "store", _("store")

    class Kind(models.TextChoices):
        SALE = "sale", _("bought")
        RETURN = "return", _("brought back")
        ORDER = "order", _("ordered")
        PICKUP = "pickup", _("pickup")
        CONSENT = "consent", _("consent")
        SCAN = "scan", _("scanned in a store")
        LIST = "list", _("took a list along")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="touchpoints", db_index=False)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField()
    store = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    key = models.CharField(max_length=64, unique=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="touchpoint_of_person"),
            models.Index(fields=["kind", "at"], condition=Q(kind__in=["list", "sale"]), name="touchpoint_to_follow"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}"
