"""Two people to try the demo with. Their passwords are known to everybody, so only the demo makes them."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth import get_user_model


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    email: str
    password: str
    first_name: str
    last_name: str
    is_staff: bool


STAFF: Final = Account("rani@langkah.example", "jalan-bersama", "Rani", "Wijaya", is_staff=True)
SHOPPER: Final = Account("budi@langkah.example", "langkah-pertama", "Budi", "Santoso", is_staff=False)


def open_accounts() -> None:
    """Make the two accounts where they are missing; a password that was changed stays changed."""
    users = get_user_model()._default_manager
    for account in (STAFF, SHOPPER):
        if users.filter(email=account.email).exists():
            continue
        user = users.model(
            email=account.email,
            first_name=account.first_name,
            last_name=account.last_name,
            is_staff=account.is_staff,
            is_superuser=account.is_staff,
        )
        user.set_password(account.password)
        user.save()
