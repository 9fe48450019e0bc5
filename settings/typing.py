"""What mypy's Django plugin reads: nothing is started, nothing is secret."""

from settings.base import *

SECRET_KEY = "for types only"  # noqa: S105
