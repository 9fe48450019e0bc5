from __future__ import annotations

from django.views.decorators.debug import sensitive_variables

from instore.vouchers.codes import LONGEST, as_code, as_token, hash_of
from instore.vouchers.exceptions import VoucherUnknown
from instore.vouchers.models import CreditVoucher


@sensitive_variables()
def find(said: str) -> CreditVoucher:
    """The voucher that a typed code, a token or an address with one opens, whatever its state. Raises VoucherUnknown.

    Whoever asks counts the guesses.
    """
    said = said.replace("\x00", "").strip()[:LONGEST]
    rows = CreditVoucher.objects.select_related("store__partner__location")
    if token := as_token(said):
        found = rows.filter(token_hash=hash_of(token)).first()
    elif code := as_code(said):
        found = rows.filter(code_hash=hash_of(code)).first()
    else:
        found = None
    if found is None:
        raise VoucherUnknown
    return found
