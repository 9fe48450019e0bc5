"""Django finds the models of the capabilities here."""

from kiosk.labels.models import PrintedLabel, PrintRun

__all__ = ["PrintRun", "PrintedLabel"]
