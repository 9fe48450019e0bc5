"""Django finds the models of the capabilities here."""

from kiosk.links.models import ProductLink, Scan

__all__ = ["ProductLink", "Scan"]
