"""Django finds the models of the capabilities here."""

from kiosk.station.models import Pass, Reserved

__all__ = ["Pass", "Reserved"]
