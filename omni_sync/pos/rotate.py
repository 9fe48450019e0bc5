"""A connection's secret is replaced without a till falling silent: the old one keeps working until it is retired."""

from __future__ import annotations

import structlog
from cryptography.fernet import InvalidToken
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.crypto import salted_hmac

from omni_sync.pos.models import Connection
from omni_sync.pos.secrets import new_secret, seal, secrets_of

log = structlog.get_logger(__name__)


def name_of_secret(connection: Connection) -> str:
    """A name for the newest secret, from which nobody learns it; "" when it can't be opened."""
    known = _opened(connection)
    return salted_hmac("lintas.secret", known[0]).hexdigest()[:16] if known else ""


def number_of_secrets(connection: Connection) -> int:
    """How many secrets a delivery may be signed with; 0 when they can't be opened with the keys we have."""
    return len(_opened(connection))


def rotate_secret(*, connection: Connection, newest: str, by: AbstractBaseUser) -> str | None:
    """Give the connection a new secret beside its newest one, and return it: it is never shown again.

    ``newest`` is the name of the secret this is meant to replace; None when somebody else has replaced it already.
    """
    with transaction.atomic(durable=True):
        locked = Connection.objects.select_for_update(no_key=True).get(pk=connection.pk)
        if name_of_secret(locked) != newest:
            return None
        secret = new_secret()
        Connection.objects.filter(pk=locked.pk).update(secret=seal([secret, *_opened(locked)[:1]]))
    log.info("secret rotated", connection=locked.name, by=by.pk)
    return secret


def retire_secrets(*, connection: Connection, newest: str, by: AbstractBaseUser) -> bool:
    """Take nothing but the newest secret from now on; False when that is not the one named ``newest`` any more."""
    with transaction.atomic(durable=True):
        locked = Connection.objects.select_for_update(no_key=True).get(pk=connection.pk)
        known = _opened(locked)
        if name_of_secret(locked) != newest or not known[1:]:
            return False
        Connection.objects.filter(pk=locked.pk).update(secret=seal(known[:1]))
    log.info("old secrets retired", connection=locked.name, by=by.pk)
    return True


def _opened(connection: Connection) -> list[str]:
    try:
        return secrets_of(connection)
    except InvalidToken:
        return []
