"""Events written as rows and read again are the same events, whatever is in their texts."""

import contextlib
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omni_sync.pos.files.csv.dialect import Dialect
from omni_sync.pos.files.csv.source import CsvFile
from omni_sync.pos.files.exceptions import Unreadable
from omni_sync.pos.files.stores import Stores
from tests.omni_sync.pos.files.sheets import Told, sheet

#: No blanks around a text: a cell has none. Everything else a cell may hold: quotes, newlines, formulas, emoji.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
names = st.text("abcXYZ019-_./=+@\"';,", min_size=1, max_size=12).filter(lambda text: text == text.strip())
amounts = st.decimals(0, 10**6, places=2).map(str)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001 - in the store's own zone
    lambda at: at.replace(microsecond=0).isoformat()
)


def lines(**fields):
    line = st.fixed_dictionaries({"sku": names, **fields}, optional={})
    return st.lists(line, min_size=1, max_size=4).map(
        lambda made: [{"line": str(n), **one} for n, one in enumerate(made, 1)]
    )


payments = st.lists(
    st.fixed_dictionaries({"method": names, "amount": amounts}, optional={"reference": texts}), min_size=1, max_size=3
)
customers = st.fixed_dictionaries({}, optional={"loyalty": names, "email": names, "name": texts}).filter(bool)
sold = lines(
    quantity=st.integers(1, 99), unit_price=amounts, title=texts, discount=amounts, amount=amounts, tax=amounts
)
sales = st.fixed_dictionaries(
    {"sale": names, "currency": st.just("USD"), "lines": sold, "payments": payments},
    optional={
        "register": names, "associate": names, "tax_included": st.booleans(), "discount": amounts, "rounding": amounts,
        "total": amounts, "claim": names, "exchange": names, "customer": customers,
    },
)  # fmt: skip
originals = st.one_of(st.fixed_dictionaries({"sale": names, "store": names}), st.fixed_dictionaries({"order": names}))
returns = st.fixed_dictionaries(
    {
        "return": names, "currency": st.just("USD"), "refunds": payments,
        "lines": lines(quantity=st.integers(1, 99), amount=amounts, restock=st.booleans()),
    },
    optional={"original": originals},
)  # fmt: skip
counts = st.fixed_dictionaries({"lines": lines(quantity=st.integers(0, 99))}, optional={"document": names})
changes = st.fixed_dictionaries(
    {"lines": lines(quantity=st.integers(-9, 9), reason=texts)}, optional={"document": names}
)
transfers = st.fixed_dictionaries(
    {"transfer": names, "to": names, "document": names, "lines": lines(quantity=st.integers(1, 9))}
)
voids = st.one_of(st.fixed_dictionaries({"sale": names}), st.fixed_dictionaries({"return": names}))
kinds = st.one_of(
    st.tuples(st.just("sale.completed"), sales),
    st.tuples(st.just("sale.returned"), returns),
    st.tuples(st.just("stock.counted"), counts),
    st.tuples(st.just("stock.adjusted"), changes),
    st.tuples(st.just("transfer.sent"), transfers),
    st.tuples(st.just("sale.voided"), voids),
)


@st.composite
def histories(draw):
    told = draw(st.lists(st.tuples(kinds, names, instants), max_size=6))
    return [
        {"id": f"{n}-{store}", "type": kind, "store": store, "occurred_at": at, "data": data}
        for n, ((kind, data), store, at) in enumerate(told)
    ]


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150)
@given(events=histories(), delimiter=st.sampled_from(",;\t|"), newline=st.sampled_from(["\n", "\r\n"]))
def test_events_written_as_rows_are_read_as_the_same_events(tmp_path, events, delimiter, newline):
    told = Told(tmp_path / "till.csv", sheet(events, delimiter=delimiter, newline=newline), Stores())
    assert told.errors == []
    assert told.events == events


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150)
@given(body=st.binary(max_size=400), start=st.sampled_from([b"", b"type,store,occurred_at,document,sku,quantity\n"]))
def test_no_file_makes_it_fail_otherwise_than_in_words(tmp_path, body, start):
    path = tmp_path / "any.csv"
    path.write_bytes(start + body)
    with contextlib.suppress(Unreadable):
        told = list(CsvFile(path, Dialect(type="sale", store="menteng"), Stores()).events())
        assert all(one.event or one.error for one in told)
