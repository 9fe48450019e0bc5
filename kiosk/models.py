"""Django finds the models of the capabilities here."""

from kiosk.labels.models import PrintedLabel, PrintRun
from kiosk.links.models import ProductLink, Scan

__all__ = ["PrintRun", "PrintedLabel", "ProductLink", "Scan"]
