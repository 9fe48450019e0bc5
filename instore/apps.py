from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstoreConfig(AppConfig):
    name = "instore"
    verbose_name = _("Lintas: stores")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from instore.customers import receivers as customers  # noqa: F401
        from instore.customers.write import STAFF_NOTE
        from instore.pickup import live as followed  # noqa: F401
        from instore.pickup import privacy  # noqa: F401
        from instore.pickup import receivers as pickups  # noqa: F401
        from instore.receipts.claims import receivers as claimed  # noqa: F401
        from instore.requests import live as asked  # noqa: F401
        from instore.returns import receivers as returns  # noqa: F401
        from instore.staff import receivers as staff  # noqa: F401
        from instore.stores import chosen  # noqa: F401 - it listens to who signs in
        from instore.stores.api import router
        from instore.tablet import live  # noqa: F401
        from instore.tills.api import router as tills
        from instore.triggers.first_set import register_all
        from instore.vouchers import privacy as owed  # noqa: F401
        from instore.vouchers import receivers as vouchers  # noqa: F401
        from instore.vouchers.api import router as vouchers_of_tills
        from omni_sync.api import api
        from omni_sync.messages.journeys.trigger import register
        from omni_sync.oscar.navigation import add_pages_of_stores

        register_all()
        register(STAFF_NOTE)
        api.add_router("", router)
        api.add_router("", tills)
        api.add_router("", vouchers_of_tills)
        add_pages_of_stores(
            (_("Pickups"), "lintas-pickups:figures"),
            (_("Receipts"), "lintas-receipts:letterheads"),
            (_("Credit vouchers"), "lintas-vouchers:vouchers"),
            (_("Devices"), "lintas-staff:devices"),
            (_("Associates"), "lintas-staff:associates"),
            (_("Look-ups"), "lintas-customers:look-ups"),
        )
