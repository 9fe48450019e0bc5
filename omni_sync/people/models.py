from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """One human across channels; maybe with a web account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    name = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class Identifier(models.Model):
    """Something that points at a person, as one source told it. Unverified until ``verified_at``."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone")
        LOYALTY = "loyalty", _("loyalty number")
        TILL = "till", _("till's customer number")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    value = models.CharField(max_length=254)
    source = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "value"], name="identifier_once_per_source")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Consent(models.Model):
    """One statement about one channel and purpose; append-only. A claim without wording and time never sends."""

    class State(models.TextChoices):
        GRANTED = "granted", _("granted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=16)
    purpose = models.CharField(max_length=32)
    state = models.CharField(max_length=16, choices=State.choices)
    at = models.DateTimeField(null=True, blank=True)
    wording = models.TextField(blank=True)
    locale = models.CharField(max_length=16, blank=True)
    proof = models.TextField(blank=True)
    source = models.CharField(max_length=64)
    is_claim = models.BooleanField(_("told without wording or time"), default=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_claim=True) | (models.Q(at__isnull=False) & ~models.Q(wording="")),
                name="consent_has_proof_or_is_a_claim",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} by {self.channel}: {self.state}"


class WornSize(models.Model):
    """The size somebody wears in one size system of ``catalogue.Entry``, as one source told it; see ``sizes``."""

    class Source(models.TextChoices):
        TYPED = "typed", _("told by the person")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="worn_sizes")
    size_system = models.CharField(_("size system"), max_length=16)
    size = models.CharField(_("size"), max_length=32)
    source = models.CharField(_("source"), max_length=16, choices=Source.choices, default=Source.TYPED)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("worn size")
        verbose_name_plural = _("worn sizes")
        constraints = [
            models.UniqueConstraint(fields=["user", "size_system", "source"], name="worn_size_once_per_source"),
            models.CheckConstraint(
                condition=~models.Q(size_system="") & ~models.Q(size=""), name="worn_size_is_a_size_of_a_system"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size_system} {self.size}"
