from __future__ import annotations

from functools import cache
from typing import Any

from omni_sync.pos.adapters.native.events import EVENT


@cache
def native_schemas() -> dict[str, Any]:
    """The native event and its parts, as components of an OpenAPI document."""
    event = EVENT.json_schema(ref_template="#/components/schemas/{model}")
    parts: dict[str, Any] = event.pop("$defs")
    return {**parts, "NativeEvent": event}
