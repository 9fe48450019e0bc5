"""Django finds the models of the capabilities here."""

from instore.customers.models import CustomerAction, LookUp
from instore.devices.models import Device, EnrolmentCode
from instore.pickup.models import Pickup, PickupLine, PickupStep
from instore.receipts.claims.models import Claim
from instore.receipts.models import Letterhead, Receipt
from instore.requests.models import LastNumber, Request, RequestLine
from instore.returns.models import Announced, AnnouncedLine, TakenBack, TakenBackLine
from instore.staff.models import Assignment, Associate, StaffEvent
from instore.stores.models import Store
from instore.stores.own import OwnStore
from instore.stores.shelves import ShelfPlace
from instore.stores.towns import Town, TownName
from instore.tablet.models import CodeTry, CodeWatch, TabletAction
from instore.tills.models import CodeLookup
from instore.vouchers.models import CreditVoucher, VoucherEntry

__all__ = [
    "Announced",
    "AnnouncedLine",
    "Assignment",
    "Associate",
    "Claim",
    "CodeLookup",
    "CodeTry",
    "CodeWatch",
    "CreditVoucher",
    "CustomerAction",
    "Device",
    "EnrolmentCode",
    "LastNumber",
    "Letterhead",
    "LookUp",
    "OwnStore",
    "Pickup",
    "PickupLine",
    "PickupStep",
    "Receipt",
    "Request",
    "RequestLine",
    "ShelfPlace",
    "StaffEvent",
    "Store",
    "TabletAction",
    "TakenBack",
    "TakenBackLine",
    "Town",
    "TownName",
    "VoucherEntry",
]
