"""However a till means its amounts, what it says of a ticket adds up to the last cent, returns and change included."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omni_sync.money import document
from tests.omni_sync.pos.files.tickets import Told, goods, line, poslog, tender, ticket, total

cents = st.integers(0, 20_000).map(lambda amount: Decimal(amount) / 100)


@dataclass
class Line:
    quantity: int
    unit: Decimal
    off: Decimal
    tax: Decimal
    back: bool

    @property
    def worth(self):
        return self.quantity * self.unit - self.off


@st.composite
def bought(draw):
    quantity, unit = draw(st.integers(1, 5)), draw(cents)
    off = min(draw(st.sampled_from([Decimal(0), Decimal("0.37"), Decimal(5)])), quantity * unit)
    return Line(
        quantity, unit, off, draw(st.sampled_from([Decimal(0), Decimal("0.08"), Decimal("1.10")])), draw(st.booleans())
    )


@dataclass
class Way:
    """How the till says it."""

    net: bool
    included: bool
    negative: bool
    change: Decimal
    says_total: bool
    rounding: Decimal


ways = st.builds(
    Way,
    net=st.booleans(),
    included=st.booleans(),
    negative=st.booleans(),
    change=st.sampled_from([Decimal(0), Decimal(20)]),
    says_total=st.booleans(),
    rounding=st.sampled_from([Decimal(0), Decimal("0.02"), Decimal("-0.01")]),
)


def said(lines, way):
    """The ticket as this till writes it, and what it comes to before rounding."""
    written, whole = [], Decimal(0)
    for number, one in enumerate(lines, 1):
        sign = "-" if one.back and way.negative else ""
        extended = one.worth if way.net else one.quantity * one.unit
        more = f"<ExtendedDiscountAmount>{one.off}</ExtendedDiscountAmount><Tax><Amount>{one.tax}</Amount></Tax>"
        kind = "Return" if one.back else "Sale"
        said_extended = f"{sign}{extended}"
        written.append(
            goods(
                f"S{number}", f"{sign}{one.quantity}", said_extended, kind=kind, number=number, unit=one.unit, more=more
            )
        )
        whole += (-1 if one.back else 1) * (one.worth + (0 if way.included else one.tax))
    return written, whole


def rounding(whole, way, lines):
    """What is rounded: a ticket that is paid, and not one of returns only."""
    return way.rounding if whole >= 1 and not all(one.back for one in lines) else Decimal(0)


def paid(whole, way, rounded):
    due = whole + rounded
    if due < 0:
        written = [tender(-due, code="Refund")]
    else:
        change = f"<TenderChange><Amount>{way.change}</Amount></TenderChange>" if way.change else ""
        written = [tender(due + way.change, more=change)]
    if rounded:
        direction = "Up" if rounded > 0 else "Down"
        written.append(line(f'<Tender><Rounding RoundingDirection="{direction}">{abs(rounded)}</Rounding></Tender>'))
    return [*written, total(whole)] if way.says_total else written


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=200)
@given(lines=st.lists(bought(), min_size=1, max_size=5), way=ways)
def test_a_ticket_that_adds_up_is_told_as_one_that_adds_up(tmp_path, lines, way):
    written, whole = said(lines, way)
    rounded = rounding(whole, way, lines)
    told = Told(tmp_path / "log.xml", poslog(ticket(*written, *paid(whole, way, rounded))))
    assert told.errors == []
    came = went = Decimal(0)
    for data in (event["data"] for event in told.of("sale.completed")):
        payments = [Decimal(payment["amount"]) for payment in data["payments"]]
        flags = document.check(
            lines=[document.Line(Decimal(one["amount"]), Decimal(one["tax"])) for one in data["lines"]],
            tax_included=data["tax_included"],
            total=Decimal(data["total"]) if "total" in data else sum(payments),
            payments=payments,
            discount=Decimal(data["discount"]),
            rounding=Decimal(data["rounding"]),
        )
        assert flags == []
        came += sum(payments)
    for data in (event["data"] for event in told.of("sale.returned")):
        refunds = sum((Decimal(refund["amount"]) for refund in data["refunds"]), Decimal(0))
        assert refunds == sum(Decimal(one["amount"]) for one in data["lines"])
        went += refunds
    assert came - went == whole + rounded
    sold = {one["sku"]: one["quantity"] for event in told.events for one in event["data"]["lines"]}
    assert sold == {f"S{number}": one.quantity for number, one in enumerate(lines, 1)}
