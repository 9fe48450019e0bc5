from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OmniSyncConfig(AppConfig):
    name = "omni_sync"
    verbose_name = _("Lintas: truth")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from omni_sync import checks, receivers  # noqa: F401
        from omni_sync.messages import checks as message_checks  # noqa: F401
        from omni_sync.messages.journeys.usual import make_usual_journeys
        from omni_sync.oscar.navigation import add_to_dashboard
        from omni_sync.triggers.first_set import register_all

        register_all()
        add_to_dashboard()
        post_migrate.connect(make_usual_journeys, sender=self, dispatch_uid="lintas.journeys")
