from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KioskConfig(AppConfig):
    name = "kiosk"
    verbose_name = _("Lintas: shelf and kiosk")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kiosk.triggers.first_set import register_all
        from omni_sync.oscar.navigation import add_pages_of_staff, add_pages_of_stores

        register_all()
        add_pages_of_staff((_("Links of goods"), "lintas-links:goods"))
        add_pages_of_stores((_("Shelf labels"), "lintas-labels:queues"))
