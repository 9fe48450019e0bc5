from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShopConfig(AppConfig):
    name = "shop"
    verbose_name = _("Lintas: shop")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from shop.safety import uploads
        from shop.storefront import receivers

        receivers.connect()
        uploads.bound_pictures()
