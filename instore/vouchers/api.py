"""The till's question before it takes a voucher."""

from __future__ import annotations

from typing import Annotated, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router, Schema
from pydantic import Field

from instore.vouchers.exceptions import VoucherUnknown
from instore.vouchers.find import find
from instore.vouchers.slip import slip_of
from omni_sync.limits import Limit
from omni_sync.money.amounts import write
from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.api import ConnectionToken
from omni_sync.problems import Problem, problem

router = Router(tags=["vouchers"])
#: A code has 80 bits: this is to notice who tries, and to keep the till's line free.
asked: Final = Limit("till-vouchers", most=60, seconds=60)


class Voucher(Schema):
    number: str = Field(description="What it is called; it opens nothing, and may stand on a receipt.")
    currency: str
    balance: str = Field(description="How much is left to be spent; 0 where it is void or its time is over.")
    state: str = Field(description="`good`, `spent`, `ended` or `void`.")
    good_until: str | None = Field(description="RFC 3339; null for no end.")


Code = Annotated[str, Query(description="What was typed or scanned: its code, or its QR's address.", max_length=500)]


@router.get(
    "/vouchers",
    auth=ConnectionToken(),
    response={200: Voucher, 401: Problem, 404: Problem, 429: Problem},
    summary="What is left on a credit voucher",
)
def get_vouchers(request: HttpRequest, code: Code) -> HttpResponse:
    """Asking spends nothing: the sale does, with a payment of method `voucher` and the code as its `reference`."""
    connection: Connection = request.auth  # type: ignore[attr-defined]
    if wait := asked.refusal(str(connection.pk)):
        return problem(429, "Too many questions", "Sixty a minute are answered.", {"Retry-After": str(wait)})
    try:
        voucher = find(code)
    except VoucherUnknown:
        return problem(404, "No such voucher", "No voucher has this code.")
    slip = slip_of(voucher)
    state = "void" if slip.is_void else "ended" if slip.is_over else "good" if slip.balance else "spent"
    facts = {
        "number": slip.number,
        "currency": slip.currency,
        "balance": write(slip.balance if state == "good" else slip.balance * 0, slip.currency),
        "state": state,
        "good_until": slip.ends_at.isoformat() if slip.ends_at else None,
    }
    return JsonResponse(facts, headers={"Cache-Control": "no-store"})
