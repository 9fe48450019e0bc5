"""One event to one receiver over HTTP: bounded in time, not led elsewhere, and never into our own house.

``requests-hardened`` resolves the name, refuses what is not public and connects to the very address it checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

import requests
import structlog
from django.utils import timezone
from django.utils.translation import gettext_noop
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.exceptions import HTTPError

from omni_sync.outside import is_allowed, retry_after
from omni_sync.pos.outbox.addresses import check_webhook
from omni_sync.pos.outbox.exceptions import WebhookRefused
from omni_sync.wire import no_longer_than, watch

log = structlog.get_logger(__name__)

CONNECTING: Final = 5.0
WHOLE: Final = 15.0  # seconds from the first packet to the last
MOST_READ: Final = 4096  # bytes of an answer, to keep the connection; nobody looks at them
SLOW_DOWN: Final = {429, 502, 503, 504}
# Kept as they are here, and translated when somebody reads them.
INSIDE: Final = gettext_noop("Its address is not public, or not https: nothing was sent.")
TOO_SLOW: Final = gettext_noop("It did not answer in time.")
NOT_TRUSTED: Final = gettext_noop("Its certificate is not trusted, or it does not speak TLS.")
NOT_THERE: Final = gettext_noop("It could not be reached.")
REDIRECTED: Final = gettext_noop("It redirected, which is not followed.")
REFUSED: Final = gettext_noop("It did not take the event.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it. ``error`` is for people, empty when it arrived."""

    status: int | None = None
    error: str = ""
    wished: timedelta | None = None

    @property
    def arrived(self) -> bool:
        return not self.error

    @property
    def is_gone(self) -> bool:
        return self.status == HTTPStatus.GONE


class Line:
    """The connection to one receiver, kept open from one event to the next. For one thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        guarded = not is_allowed(urlsplit(url).hostname or "")
        config = Config(
            ip_filter_enable=guarded, ip_filter_allow_loopback_ips=False, never_redirect=True,
            default_timeout=(CONNECTING, WHOLE), user_agent_override="Lintas-Webhooks/1",
        )  # fmt: skip
        self._session = HTTPSession(config)
        self._session.trust_env = False  # no proxy, which would go round the guard, and nobody's .netrc
        watch(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._session.close()

    def send(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post it, and say what became of it; raises nothing."""
        try:
            check_webhook(self.url)
            with no_longer_than(WHOLE):
                return self._post(body, headers)
        except (WebhookRefused, InvalidIPAddress):
            return Answer(error=INSIDE)
        except (TimeoutError, requests.Timeout):
            return Answer(error=TOO_SLOW)
        except requests.exceptions.SSLError:
            return Answer(error=NOT_TRUSTED)
        except (requests.RequestException, HTTPError, OSError, ValueError) as failure:
            log.info("receiver not reached", host=urlsplit(self.url).hostname, reason=type(failure).__name__)
            return Answer(error=NOT_THERE)

    def _post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        told = {**headers, "Content-Type": "application/json", "Accept-Encoding": "identity"}
        with self._session.post(self.url, data=body, headers=told, stream=True, allow_redirects=False) as response:
            left = MOST_READ
            while left > 0 and (read := response.raw.read(left)):
                left -= len(read)
            return _answer(response)


def _answer(response: requests.Response) -> Answer:
    status = response.status_code
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer(status)
    wished = retry_after(response.headers.get("Retry-After"), now=timezone.now()) if status in SLOW_DOWN else None
    return Answer(status, REDIRECTED if status < HTTPStatus.BAD_REQUEST else REFUSED, wished)
