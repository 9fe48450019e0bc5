from django.apps import AppConfig


class SettingsConfig(AppConfig):
    """The project itself: its commands (demo, messages, templates) and its worker's heartbeat."""

    name = "settings"
    label = "settings"
