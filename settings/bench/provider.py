"""A channel to the provider of ``taker``."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Final

import requests

from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.exceptions import Retry
from omni_sync.messages.letters import Letter, letter_from
from omni_sync.people.models import Identifier
from omni_sync.people.reach import verified
from settings.bench.taker import serve

_here: Final = threading.local()
_port = 0


class Provider:
    """As a channel of e-mail: real letters, posted."""

    def is_configured(self) -> bool:
        return True

    def addresses(self, root_ids: Sequence[int], *, is_marketing: bool) -> Mapping[int, str]:
        return verified(root_ids, kind=Identifier.Kind.EMAIL)

    def write(self, kind: str, facts: Mapping[str, object]) -> Letter:
        return letter_from("customer_code", {**facts, "code": "123456", "minutes": 10})

    def send(self, parcel: Parcel) -> str:
        assert isinstance(parcel.words, Letter)
        return post(parcel.number, parcel.words.html)


def post(number: str, body: str) -> str:
    """Hand it over on this thread's own line."""
    if not hasattr(_here, "session"):
        _here.session = requests.Session()
    answer = _here.session.post(f"http://127.0.0.1:{_port}/{number}", data=body.encode(), timeout=10)
    if answer.status_code != requests.codes.created:
        raise Retry(str(answer.status_code))
    return str(answer.text)


@contextmanager
def providing() -> Iterator[None]:
    """The provider, in a process of its own for as long as the block runs."""
    global _port  # noqa: PLW0603 - channels are made by name, without arguments
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    _port = ours.recv()
    try:
        yield
    finally:
        process.terminate()
        process.join()
