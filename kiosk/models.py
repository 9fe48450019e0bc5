"""Django finds the models of the capabilities here."""

from kiosk.labels.models import PrintedLabel, PrintRun
from kiosk.links.models import ProductLink, Scan
from kiosk.station.models import Pass, Reserved

__all__ = ["Pass", "PrintRun", "PrintedLabel", "ProductLink", "Reserved", "Scan"]
