"""Which provider each channel goes through."""

from __future__ import annotations

from functools import cache

from django.utils.module_loading import import_string

from omni_sync import conf
from omni_sync.messages.channels.port import Channel


def channel_of(name: str) -> Channel:
    """The way that is called ``name``. Raises KeyError where there is none."""
    return _made(conf.message_channels()[name])


def is_open(name: str) -> bool:
    """Whether somebody can be reached by it at all."""
    return name in conf.message_channels() and channel_of(name).is_configured()


@cache
def _made(path: str) -> Channel:
    made: Channel = import_string(path)()
    return made
