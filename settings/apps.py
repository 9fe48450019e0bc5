from django.apps import AppConfig


class SettingsConfig(AppConfig):
    """The project itself: its commands (demo, messages, templates) and its worker's heartbeat."""

    name = "settings"
    label = "settings"

    def ready(self) -> None:
        from settings import celery  # noqa: F401 - tasks are sent by this app, from every process
