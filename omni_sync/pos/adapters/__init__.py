"""The till systems we speak with, each a folder that can be deleted as a folder."""

from django.utils.module_loading import import_string

from omni_sync import conf
from omni_sync.pos.adapters.port import Till

ADAPTERS = {"native": "omni_sync.pos.adapters.native.till.NativeTill"}


def adapters() -> dict[str, str]:
    """Every adapter by name: ours, and those a project adds in LINTAS_TILL_ADAPTERS."""
    return ADAPTERS | conf.till_adapters()


def till(adapter: str) -> Till:
    """The adapter of that name. Raises KeyError for a name nobody has."""
    made: Till = import_string(adapters()[adapter])()
    return made
