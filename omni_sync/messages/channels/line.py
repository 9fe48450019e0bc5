"""HTTP to a provider: bounded in time, never led elsewhere, and clear about whether anything was sent."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import requests
from django.utils import timezone
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.exceptions import HTTPError, NewConnectionError

from omni_sync.messages.exceptions import Reject, Retry, Unheard
from omni_sync.outside import retry_after
from omni_sync.wire import no_longer_than, watch

CONNECTING: Final = 5.0
WHOLE: Final = 15.0  # seconds from the first packet to the last
MOST_READ: Final = 64 * 1024
#: Our key is wrong or may not do this: an operator's to mend, and the message can wait for that.
LOCKED_OUT: Final = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
BUSY: Final = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
NOT_READ: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said."""

    status: int
    body: bytes
    wished: float | None

    @property
    def is_fine(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def told(self) -> Mapping[str, Any]:
        """The JSON object in it; an empty one where there is none."""
        try:
            said = json.loads(self.body)
        except ValueError:
            return NOT_READ
        return said if isinstance(said, Mapping) else NOT_READ

    def refusal(self, word: str = "") -> Retry | Reject | Unheard:
        """What it means where the provider's own word for it says nothing more."""
        word = word or str(self.status)
        if self.status in BUSY:
            return Retry(word, after=self.wished)
        if self.status in LOCKED_OUT or self.status < HTTPStatus.BAD_REQUEST:
            return Retry(word)
        return Unheard(word) if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR else Reject(word)


class Line:
    """Requests with a session for each thread; ``guarded`` goes to public addresses only."""

    def __init__(self) -> None:
        self._own = threading.local()

    def post(self, url: str, *, guarded: bool = False, whole: float = WHOLE, **given: Any) -> Answer:
        """Post it once. Raises Retry where nothing was sent, Unheard where that is not sure."""
        try:
            with (
                no_longer_than(whole),
                self.session(guarded).post(url, stream=True, allow_redirects=False, **given) as response,
            ):
                return _answer(response)
        except requests.ConnectTimeout as failure:
            raise Retry(type(failure).__name__) from failure
        except InvalidIPAddress as failure:
            raise Reject("its address is not public") from failure
        except TimeoutError as failure:
            raise _timed_out(failure) from failure
        except (requests.RequestException, HTTPError, OSError, ValueError) as failure:
            raise (Retry if never_left(failure) else Unheard)(type(failure).__name__) from failure

    def session(self, guarded: bool) -> requests.Session:
        """This thread's own."""
        name = "guarded" if guarded else "plain"
        made: requests.Session | None = getattr(self._own, name, None)
        if made is None:
            made = HTTPSession(
                Config(
                    ip_filter_enable=guarded, ip_filter_allow_loopback_ips=False, never_redirect=True,
                    default_timeout=(CONNECTING, WHOLE), user_agent_override="Lintas-Messages/1",
                )
            )  # fmt: skip
            made.trust_env = False  # no proxy, which would go round the guard, and nobody's .netrc
            watch(made)
            setattr(self._own, name, made)
        return made


def _answer(response: requests.Response) -> Answer:
    body, left = b"", MOST_READ
    while left > 0 and (read := response.raw.read(left, decode_content=True)):
        body, left = body + read, left - len(read)
    wished = retry_after(response.headers.get("Retry-After"), now=timezone.now())
    return Answer(response.status_code, body, wished.total_seconds() if wished else None)


def _timed_out(failure: TimeoutError) -> Retry | Unheard:
    """Cut by the clock; whoever was still connecting had nothing sent."""
    cause = failure.__cause__
    return Retry("timeout") if cause is not None and never_left(cause) else Unheard("timeout")


def never_left(failure: BaseException) -> bool:
    """Whether it failed before a byte of ours was on its way: nobody there, no such name, a certificate of others."""
    seen: set[int] = set()
    waiting: list[Any] = [failure]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or not isinstance(one, BaseException):
            continue
        seen.add(id(one))
        if isinstance(one, NewConnectionError | ssl.SSLCertVerificationError | ConnectionRefusedError):
            return True
        if isinstance(one, requests.exceptions.InvalidURL) or str(one) == "Failed to resolve domain":
            return True
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return False
