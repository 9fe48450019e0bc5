"""Location numbers: a GLN names a place, as a GTIN names goods (GS1 General Specifications, 3.7.9 and 7.9)."""

import re
from typing import Final

from biip.checksums import gs1_standard_check_digit
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGITS: Final = re.compile(r"[0-9]{13}", re.ASCII)


def is_gln(value: str) -> bool:
    """Thirteen digits, the last of which checks the others; not all of them zero."""
    if not DIGITS.fullmatch(value) or not value.strip("0"):
        return False
    return gs1_standard_check_digit(value[:-1]) == int(value[-1])


def validate_gln(value: str) -> None:
    """Raises ValidationError for what is no GLN."""
    if not is_gln(value):
        raise ValidationError(_("A GLN has 13 digits, and its last one checks the others."), code="gln")
