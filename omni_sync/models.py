"""Django finds the models of the capabilities here."""

from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.models import Fulfilment
from omni_sync.catalogue.models import Entry, Gtin, Word
from omni_sync.checkout.models import Intended
from omni_sync.customer_code.models import CustomerCode
from omni_sync.lists.models import AnonymousLine, AnonymousList, ListNote, ShareLink
from omni_sync.messages.channels.webpush.models import PushSubscription
from omni_sync.messages.comparing.models import Comparison
from omni_sync.messages.journeys.models import FollowUp, Journey, OpenOffer, Step
from omni_sync.messages.models import Message
from omni_sync.messages.preferences.models import Preference
from omni_sync.messages.status.models import LastHeard, StatusNotice, Undeliverable
from omni_sync.messages.wording.models import Wording, WordingVersion
from omni_sync.payments.models import Call, Notice, Payment
from omni_sync.people.models import Consent, Identifier, Match, Person, Suppression, Touchpoint
from omni_sync.people.sizes.models import FilteredSize, ForgottenSize, ForSomebodyElse, WornSize
from omni_sync.pos.drift.models import ReportedLevel
from omni_sync.pos.models import (
    Connection,
    ConnectionStore,
    Delivery,
    InboxEvent,
    Lane,
    OutboxEvent,
    UnmatchedLine,
)
from omni_sync.pos.outbox.models import BearerToken, Endpoint, OutboxChange, OutboxHorizon
from omni_sync.privacy.models import Packet, PrivacyRequest
from omni_sync.proof.models import EmailProof
from omni_sync.sales.models import Return, ReturnLine, Sale
from omni_sync.stock.models import Hold, Level, Location, Movement, Shortfall, Void
from omni_sync.triggers.models import WatchedStock

__all__ = [
    "AnonymousLine",
    "AnonymousList",
    "BearerToken",
    "Call",
    "Comparison",
    "Connection",
    "ConnectionStore",
    "Consent",
    "CustomerCode",
    "Delivery",
    "EmailProof",
    "Endpoint",
    "Entry",
    "FilteredSize",
    "FollowUp",
    "ForSomebodyElse",
    "ForgottenSize",
    "Fulfilment",
    "Gtin",
    "HandOff",
    "Hold",
    "Identifier",
    "InboxEvent",
    "Intended",
    "Journey",
    "Lane",
    "LastHeard",
    "Level",
    "ListNote",
    "Location",
    "Match",
    "Message",
    "Movement",
    "Notice",
    "OpenOffer",
    "OutboxChange",
    "OutboxEvent",
    "OutboxHorizon",
    "Packet",
    "Payment",
    "Person",
    "Preference",
    "PrivacyRequest",
    "PushSubscription",
    "ReportedLevel",
    "Return",
    "ReturnLine",
    "Sale",
    "ShareLink",
    "Shortfall",
    "StatusNotice",
    "Step",
    "Suppression",
    "Touchpoint",
    "Undeliverable",
    "UnmatchedLine",
    "Void",
    "WatchedStock",
    "Word",
    "Wording",
    "WordingVersion",
    "WornSize",
]
