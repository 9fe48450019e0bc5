"""What happened at the till, from what its log says of it."""

import pytest

from omni_sync.pos.files.stores import Stores
from tests.omni_sync.pos.files.tickets import goods, tender, ticket, total, transaction

LINK = (
    "<TransactionLink {}><RetailStoreID>{}</RetailStoreID><WorkstationID>{}</WorkstationID>"
    "<SequenceNumber>{}</SequenceNumber><BusinessDayDate>{}</BusinessDayDate></TransactionLink>"
)


def bought(number, store="menteng", day="2026-11-01"):
    return LINK.format('ReasonCode="Return"', store, "1", number, day)


def skus(event):
    return [(line.get("sku"), line["quantity"]) for line in event["data"]["lines"]]


def test_a_ticket_is_known_by_store_day_workstation_and_number(told):
    sale = told(ticket(goods("A", 1, "1.00"), number="77", register="4", day="2026-03-01")).only
    assert (sale["id"], sale["data"]["sale"]) == ("poslog/menteng/2026-03-01/4/77/sale", "2026-03-01.4.77")
    assert sale["occurred_at"] == "2026-03-01T10:00:00+07:00"


def test_the_same_number_on_two_days_is_two_sales(told):
    both = told(*(ticket(goods("A", 1, "1.00"), day=day) for day in ("2026-03-01", "2026-03-02")))
    assert len({event["id"] for event in both.events}) == 2


def test_the_shops_own_code_is_said_by_whoever_replays(told):
    sale = told(ticket(goods("A", 1, "1.00"), store="101"), stores=Stores({"101": "menteng"})).only
    assert (sale["store"], sale["id"]) == ("menteng", "poslog/101/2026-11-20/2/1/sale")


@pytest.mark.parametrize(
    ("part", "missing"),
    [("WorkstationID", "workstation"), ("SequenceNumber", "sequence number"), ("UnitID", "store")],
)
def test_a_ticket_that_does_not_say_who_it_is_can_not_be_taken(told, part, missing):
    import re

    nameless = re.sub(f"<{part}>[^<]*</{part}>", "", ticket(goods("A", 1, "1.00")))
    assert told(nameless).errors == [f"line 3: the transaction has no {missing}"]


def test_a_line_flagged_void_never_happened(told):
    sale = told(ticket(goods("A", 1, "5.00"), goods("B", 1, "3.00", flags='VoidFlag="true"'), tender("5.00"))).only
    assert skus(sale) == [("A", 1)]


@pytest.mark.parametrize("sign", ["-", ""])
def test_a_line_that_takes_back_an_earlier_one_strikes_both(told, sign):
    lines = [
        goods("A", 1, "5.00", number=1),
        goods("B", 2, "6.00", number=2),
        goods("A", 1, "5.00", number=3),
        goods("A", f"{sign}1", f"{sign}5.00", number=4, flags='VoidFlag="true"', more="<ItemLink>1</ItemLink>"),
    ]
    sale = told(ticket(*lines, tender("11.00"))).only
    assert [line["line"] for line in sale["data"]["lines"]] == ["2", "3"]


def test_taking_back_what_nobody_sold_rejects_the_ticket(told):
    lines = [goods("A", 2, "10.00", number=1), goods("A", -1, "-5.00", number=2, flags='VoidFlag="true"')]
    assert "line 2 takes back what no line before it says" in told(ticket(*lines)).errors[0]


def test_a_cancelled_line_and_a_cancelled_ticket_have_no_effect(told):
    kept = ticket(goods("A", 1, "5.00"), goods("B", 1, "3.00", flags='CancelFlag="true"'), tender("5.00"))
    gone = ticket(goods("A", 9, "5.00"), number="2", flags='CancelFlag="true"')
    also = ticket(goods("A", 9, "5.00"), number="3", status="Canceled")
    both = told(kept, gone, also)
    assert (skus(both.only), both.ignored) == ([("A", 1)], {"cancelled": 2})


@pytest.mark.parametrize("status", ["Suspended", "SuspendedRetrieved", "InProcess", "Totaled"])
def test_an_unfinished_ticket_has_no_effect(told, status):
    said = told(ticket(goods("A", 1, "5.00"), status=status))
    assert (said.events, said.ignored, said.errors) == ([], {"unfinished": 1}, [])


def test_a_status_nobody_told_us_of_is_not_guessed(told):
    assert told(ticket(goods("A", 1, "5.00"), status="Haunted")).errors == [
        "line 3: the status 'Haunted' is not one we know"
    ]


def test_a_measured_quantity_is_one_piece_and_keeps_its_measure(told):
    sale = told(ticket(goods("A", "0.420", "1.26", unit="3.00"), tender("1.26"))).only
    [line] = sale["data"]["lines"]
    assert (line["quantity"], line["unit_price"], line["amount"]) == (1, "1.26", "1.26")
    assert line["measure"] == {"quantity": "0.420"}


def test_a_ticket_of_nothing_is_rejected_and_its_lines_counted(told):
    said = told(ticket(goods("A", 0, "0.00"), goods("B", 0, "0.00")))
    assert said.errors == ["line 3: every line of it has the quantity 0"]


def test_barcodes_and_skus_are_told_apart_by_type_and_check_digit(told):
    def names(item, *identities):
        ids = "".join(f'<POSIdentity POSIDType="{t}"><POSItemID>{i}</POSItemID></POSIdentity>' for t, i in identities)
        body = f"<Sale>{item}{ids}<ExtendedAmount>1</ExtendedAmount><Quantity>1</Quantity></Sale>"
        [line] = told(ticket(f"<LineItem>{body}</LineItem>")).only["data"]["lines"]
        return line.get("sku"), line.get("gtin")

    assert names("<ItemID>X-1</ItemID>", ("GTIN", "4006381333931")) == ("X-1", "4006381333931")
    assert names("", ("EAN13", "4006381333931")) == (None, "4006381333931")
    assert names("", ("GTIN", "100000"), ("PLU", "4711")) == ("4711", None)
    assert names("", ("GTIN", "100000")) == ("100000", None)
    assert names('<ItemID Type="EAN13">4006381333931</ItemID>', ("", "000705438")) == ("000705438", "4006381333931")


def test_a_return_names_the_ticket_it_was_bought_on(told):
    back = goods("A", 1, "5.00", kind="Return", more=bought("55", "101", "2025-12-24"))
    event = told(ticket(back, tender("5.00", code="Refund")), stores=Stores({"101": "kemang"})).only
    assert event["type"] == "sale.returned"
    assert event["data"]["original"] == {"sale": "2025-12-24.1.55", "store": "kemang"}
    assert event["data"]["refunds"] == [{"method": "cash", "amount": "5.00"}]
    assert event["data"]["lines"] == [{"line": "1", "sku": "A", "quantity": 1, "amount": "5.00", "restock": True}]


def test_a_return_without_a_receipt_and_one_that_is_not_sold_again(told):
    back = goods("A", -1, "-5.00", kind="Return", more='<Disposal Method="Destroy"/>')
    event = told(ticket(back, tender("-5.00", code=""))).only
    assert "original" not in event["data"]
    assert event["data"]["lines"][0]["restock"] is False


def test_a_negative_sale_is_a_return(told):
    event = told(ticket(goods("EMPTIES", -6, "-1.50"), tender("1.50", code="Refund"))).only
    assert (event["type"], skus(event)) == ("sale.returned", [("EMPTIES", 6)])


@pytest.mark.parametrize(
    ("net", "paid", "refunded"),
    [
        ("3.00", [("cash", "3.00"), ("exchange", "5.00")], [("exchange", "5.00")]),
        ("0.00", [("exchange", "5.00")], [("exchange", "5.00")]),
        ("-2.00", [("exchange", "3.00")], [("cash", "2.00"), ("exchange", "3.00")]),
    ],
)
def test_an_exchange_is_one_return_and_one_sale(told, net, paid, refunded):
    price = f"{5 + float(net):.2f}"
    both = told(ticket(goods("A", 1, "5.00", kind="Return"), goods("B", 1, price), tender(net), total(net)))
    [back], [sale] = both.of("sale.returned"), both.of("sale.completed")
    assert back["data"]["exchange"] == sale["data"]["exchange"] == "2026-11-20.2.1"
    assert [(p["method"], p["amount"]) for p in sale["data"]["payments"]] == paid
    assert [(r["method"], r["amount"]) for r in back["data"]["refunds"]] == refunded
    assert (sale["data"]["total"], skus(back), skus(sale)) == (price, [("A", 1)], [("B", 1)])


def test_goods_of_two_receipts_are_two_returns(told):
    lines = [
        goods("A", 1, "5.00", kind="Return", more=bought("55")),
        goods("B", 1, "7.00", kind="Return", more=bought("56")),
    ]
    both = told(ticket(*lines, tender("4.00", code="Refund"), tender("8.00", "Voucher", code="Refund")))
    assert [event["data"]["return"] for event in both.events] == ["2026-11-20.2.1", "2026-11-20.2.1-2"]
    refunds = [[(r["method"], r["amount"]) for r in event["data"]["refunds"]] for event in both.events]
    assert refunds == [[("cash", "4.00"), ("voucher", "1.00")], [("voucher", "7.00")]]


def post_void(inner="", *, number="9", link='ReasonCode="Void"', of="1"):
    said = f"<TransactionLink {link}><SequenceNumber>{of}</SequenceNumber></TransactionLink>"
    return transaction(f"<RetailTransaction>{inner}{said}</RetailTransaction>", number=number)


def test_a_post_void_takes_back_the_ticket_it_names(told):
    [void] = told(post_void(goods("A", -1, "-5.00"))).events
    assert (void["type"], void["data"]) == ("sale.voided", {"sale": "2026-11-20.2.1"})
    [void] = told(post_void(goods("A", 1, "5.00", kind="Return"))).events
    assert void["data"] == {"return": "2026-11-20.2.1"}


def test_a_post_void_that_does_not_repeat_the_lines_takes_back_whatever_it_was(told):
    assert [v["data"] for v in told(post_void()).events] == [{"sale": "2026-11-20.2.1"}, {"return": "2026-11-20.2.1"}]
    control = transaction(
        "<ControlTransaction><PostVoid><SequenceNumber>1</SequenceNumber></PostVoid></ControlTransaction>", number="9"
    )
    assert [v["data"] for v in told(control).events] == [{"sale": "2026-11-20.2.1"}, {"return": "2026-11-20.2.1"}]


def test_a_ticket_told_again_as_post_voided_takes_itself_back(told):
    sale, void = told(
        ticket(goods("A", 1, "5.00"), tender("5.00")),
        ticket(goods("A", 1, "5.00"), tender("5.00"), status="PostVoided"),
    ).events
    assert (void["type"], void["data"]) == ("sale.voided", {"sale": sale["data"]["sale"]})


def test_a_void_of_another_shops_ticket_is_refused(told):
    link = LINK.format('ReasonCode="Void"', "kemang", "1", "5", "2026-11-20")
    said = told(transaction(f"<RetailTransaction>{link}</RetailTransaction>"))
    assert said.errors == ["line 3: it voids a ticket of another store, kemang"]


@pytest.mark.parametrize("kind", ["ControlTransaction", "TenderControlTransaction", "CustomerOrderTransaction"])
def test_what_moves_no_goods_is_ignored_and_counted(told, kind):
    said = told(transaction(f"<{kind}><NoSale/></{kind}>"))
    assert (said.events, said.errors, said.ignored) == ([], [], {kind: 1})


ROW = "<ItemID>A</ItemID><Quantity>4</Quantity>"
UNITS = "<SourceBusinessUnit>kemang</SourceBusinessUnit><DestinationBusinessUnit>menteng</DestinationBusinessUnit>"
ADJUSTED = "<DocumentTypeCode>InventoryAdjustment</DocumentTypeCode><Rows><Row>{}</Row></Rows>"


@pytest.mark.parametrize(
    ("inner", "kind", "lines"),
    [
        (f"<StockCount><LineItem>{ROW}</LineItem></StockCount>", "stock.counted", [("A", 4)]),
        (f"<ReceiveInventory>{ROW}</ReceiveInventory>", "stock.received", [("A", 4)]),
        (f"<InventoryLoss>{ROW}</InventoryLoss>", "stock.adjusted", [("A", -4)]),
        (f"<ReturnToVendor><LineItems>{ROW}</LineItems></ReturnToVendor>", "stock.adjusted", [("A", -4)]),
        (ADJUSTED.format("<Item>A</Item><UnitCount>-2.0000</UnitCount>"), "stock.adjusted", [("A", -2)]),
        (f"<Transfer>{UNITS}<LineItem>{ROW}</LineItem></Transfer>", "transfer.received", [("A", 4)]),
    ],
)
def test_inventory_documents_are_counts_goods_in_transfers_and_changes(told, inner, kind, lines):
    event = told(transaction(f"<InventoryControlTransaction>{inner}</InventoryControlTransaction>")).only
    assert (event["type"], skus(event), event["data"]["document"]) == (kind, lines, "2026-11-20.2.1")


def test_an_inventory_document_of_another_kind_is_rejected_not_guessed(told):
    said = told(transaction("<InventoryControlTransaction><PriceTags/></InventoryControlTransaction>"))
    assert said.errors == ["line 3: an inventory document of a kind we don't know: PriceTags"]
    half = "<StockCount><LineItem><ItemID>A</ItemID><Quantity>0.5</Quantity></LineItem></StockCount>"
    said = told(transaction(f"<InventoryControlTransaction>{half}</InventoryControlTransaction>"))
    assert said.errors == ["line 3: 0.5 of an item: stock is kept in whole pieces"]
