"""How our use-cases meet the database's transactions."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


class OutsideTransaction(RuntimeError):
    """A use-case that others compose was called without a transaction around it."""


def inside_transaction(use_case: Callable[P, R]) -> Callable[P, R]:
    """Refuse to run ``use_case`` unless a transaction is open.

    No savepoint of its own: such a use-case writes nothing before it can refuse.
    """

    @wraps(use_case)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        if not transaction.get_connection().in_atomic_block:
            raise OutsideTransaction(use_case.__qualname__)
        return use_case(*args, **kwargs)

    return checked
