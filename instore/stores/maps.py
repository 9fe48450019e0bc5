"""Where a store is, on a map of somebody else's."""

from urllib.parse import urlencode

from instore.stores.known import KnownStore


def map_url(store: KnownStore) -> str:
    """OpenStreetMap, by position; by address without one; empty where neither is known."""
    if store.point is not None:
        latitude, longitude = (f"{degrees:.6f}" for degrees in store.point)
        return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
    address = ", ".join(filter(None, [store.street, store.postcode, store.city]))
    return f"https://www.openstreetmap.org/search?{urlencode({'query': address})}" if address else ""
