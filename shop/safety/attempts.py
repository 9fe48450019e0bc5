"""Wrong passwords, counted by django-axes in the database: for a person at an address, and for an address alone.

What is kept of somebody is little and kept briefly: a keyed hash of the name that was typed, the address, a number and
a time, until the pause is over.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from omni_sync.limits import caller

PER_ADDRESS: Final = 10  # times as many as one person may fail; a shop's Wi-Fi has one address for everybody
SALT: Final = "lintas.safety.attempts"


class Attempts(AxesDatabaseHandler):
    """Axes' counting in the database, so that nobody is let in because the cache is away."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is None:
            return  # our own code asked, not a visitor
        request.axes_user_agent = request.axes_http_accept = ""  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **kwargs)

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Those of this person at this address, or the address's own where those weigh more."""
        person, address = (
            attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(person, address // PER_ADDRESS)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Forget those of the person who came in; an address is not cleared by one account of its own."""
        person, _ = self.filter_user_attempts(request, credentials)
        count: int = person.delete()[0]
        return count

    def pause(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> timedelta:
        """How long nobody is let in here; nothing if it is over."""
        ends = timezone.now()
        limit, weights = settings.AXES_FAILURE_LIMIT, (1, PER_ADDRESS)
        for attempts, weight in zip(self.get_user_attempts(request, credentials), weights, strict=True):
            found = attempts.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
            if (found["failures"] or 0) >= limit * weight:
                ends = max(ends, found["last"] + settings.AXES_COOLOFF_TIME)
        return ends - timezone.now()


class Pausing(AxesStandaloneBackend):
    """Lets nobody try during a pause; code that authenticates without a request is nobody's try."""

    def authenticate(self, request: HttpRequest | None, *args: Any, **kwargs: Any) -> None:
        if request is not None:
            super().authenticate(request, *args, **kwargs)


def name_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """A keyed hash of the name that was typed, however it was written, whichever form it came from."""
    given = credentials or {}
    return kept_as(str(given.get("email") or given.get("username") or ""))


def kept_as(name: str) -> str:
    """The hash by which a name is known."""
    return salted_hmac(SALT, name.strip().casefold(), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str | None:
    """The caller's, as limits count it."""
    return caller(request) or None


def forget_attempts() -> int:
    """Delete the attempts whose pause is over; how many."""
    ended = AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME)
    count: int = ended.delete()[0]
    return count


@receiver(pre_save, sender=AccessAttempt, dispatch_uid="lintas.safety.attempts")
def keep_little(sender: Any, instance: Any, **_: Any) -> None:
    """What was typed and sent with a wrong password is nobody's business."""
    instance.get_data = instance.post_data = ""


class NewPasswordEndsPause:
    """Stands among the password validators because Django tells those when somebody has a new password."""

    def validate(self, password: str, user: Any = None) -> None:
        """Any will do; the others judge."""

    def password_changed(self, password: str, user: Any) -> None:
        """Who could choose a new one has shown who they are: nobody waits for the end of a pause after that."""
        AccessAttempt.objects.filter(username=kept_as(user.get_username())).delete()

    def get_help_text(self) -> str:
        return ""
