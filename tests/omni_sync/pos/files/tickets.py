"""Small POSLogs, written for a test."""

import json

from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.files.poslog.source import PosLog
from omni_sync.pos.files.stores import Stores

ARTS = "http://www.nrf-arts.org/IXRetail/namespace/"
numbers = {"next": 0}


def poslog(*transactions):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<POSLog xmlns="{ARTS}">\n{"".join(transactions)}</POSLog>\n'


def transaction(inner, *, number="1", store="menteng", register="2", day="2026-11-20", at="T10:00:00+07:00", flags=""):
    return (
        f"<Transaction {flags}><BusinessUnit><UnitID>{store}</UnitID></BusinessUnit>"
        f"<WorkstationID>{register}</WorkstationID><SequenceNumber>{number}</SequenceNumber>"
        f"<BusinessDayDate>{day}</BusinessDayDate><EndDateTime>{day}{at}</EndDateTime>{inner}</Transaction>\n"
    )


def ticket(*lines, number="1", currency="USD", status="", **more):
    said = f' TransactionStatus="{status}"' if status else ""
    inner = f"<CurrencyCode>{currency}</CurrencyCode><RetailTransaction{said}>{''.join(lines)}</RetailTransaction>"
    return transaction(inner, number=number, **more)


def line(inner, number=None, flags=""):
    said = f"<SequenceNumber>{number}</SequenceNumber>" if number else ""
    return f"<LineItem {flags}>{said}{inner}</LineItem>"


def goods(sku, quantity, extended, *, kind="Sale", number=None, flags="", more="", unit=None):
    price = f"<RegularSalesUnitPrice>{unit}</RegularSalesUnitPrice>" if unit else ""
    body = f"<ItemID>{sku}</ItemID>{price}<ExtendedAmount>{extended}</ExtendedAmount><Quantity>{quantity}</Quantity>"
    return line(f"<{kind}>{body}{more}</{kind}>", number, flags)


def tender(amount, kind="Cash", *, code="Sale", more="", flags=""):
    said = f' TypeCode="{code}"' if code else ""
    return line(f'<Tender TenderType="{kind}"{said}><Amount>{amount}</Amount>{more}</Tender>', flags=flags)


def total(amount, kind="TransactionGrandAmount"):
    return f'<Total TotalType="{kind}">{amount}</Total>'


class Told:
    """What a POSLog comes to: its events, each checked against the contract, and what was left out."""

    def __init__(self, path, text, stores=None):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        log = PosLog(path, stores or Stores())
        told = list(log.events())
        self.events = [json.loads(one.event) for one in told if one.event]
        self.errors = [f"{one.place}: {one.error}" for one in told if not one.event]
        self.ignored, self.rows_rejected, self.broken = dict(log.ignored), log.rows_rejected, log.broken
        for event in self.events:
            assert read(json.dumps(event).encode()).rejected == []

    @property
    def only(self):
        assert (len(self.events), self.errors) == (1, [])
        return self.events[0]

    def of(self, kind):
        return [event for event in self.events if event["type"] == kind]
