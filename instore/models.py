"""Django finds the models of the capabilities here."""

from instore.stores.models import Store

__all__ = ["Store"]
