"""Django's registry finds the receivers of the capabilities here."""

from omni_sync.carts import live as carts  # noqa: F401
from omni_sync.carts import privacy as carts_privacy  # noqa: F401
from omni_sync.catalogue import receivers as catalogue  # noqa: F401
from omni_sync.checkout import privacy as checkout_privacy  # noqa: F401
from omni_sync.checkout import receivers as checkout  # noqa: F401
from omni_sync.customer_code import receivers as customer_code  # noqa: F401
from omni_sync.lists import live as lists_live  # noqa: F401
from omni_sync.lists import privacy as lists_privacy  # noqa: F401
from omni_sync.lists import receivers as lists  # noqa: F401
from omni_sync.live.receivers import follow_stock
from omni_sync.messages import privacy as messages_privacy  # noqa: F401
from omni_sync.messages.channels.email import status as mail_status  # noqa: F401
from omni_sync.messages.channels.webpush import privacy as push_privacy  # noqa: F401
from omni_sync.messages.status import privacy as status_privacy  # noqa: F401
from omni_sync.oscar import receivers as oscar  # noqa: F401
from omni_sync.oscar import signing as oscar_signing  # noqa: F401
from omni_sync.people import privacy as people_privacy  # noqa: F401
from omni_sync.people import receivers as people  # noqa: F401
from omni_sync.pos import privacy as pos_privacy  # noqa: F401
from omni_sync.pos import receivers as pos  # noqa: F401
from omni_sync.pos.outbox import receivers as outbox  # noqa: F401
from omni_sync.privacy import account as account_privacy  # noqa: F401
from omni_sync.privacy import receivers as privacy  # noqa: F401
from omni_sync.sales import privacy as sales_privacy  # noqa: F401
from omni_sync.sales import receivers as sales  # noqa: F401
from omni_sync.stock import receivers as stock  # noqa: F401
from omni_sync.stock.signals import stock_changed
from omni_sync.triggers import receivers as triggers  # noqa: F401

stock_changed.connect(follow_stock, dispatch_uid="lintas.live")
