"""Django finds the models of the capabilities here."""

from instore.stores.models import Store
from instore.stores.own import OwnStore
from instore.stores.towns import Town, TownName

__all__ = ["OwnStore", "Store", "Town", "TownName"]
