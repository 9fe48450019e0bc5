from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from email.errors import HeaderParseError
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any, Final

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection

from omni_sync.messages.channels.line import Answer, never_left
from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.exceptions import Reject, Retry, Unheard
from omni_sync.messages.letters import Letter, letter_from
from omni_sync.messages.status.undeliverable import reachable
from omni_sync.people.models import Identifier
from omni_sync.people.reach import account_emails, verified

PERMANENT: Final = 500  # SMTP's answers from here on will be the same tomorrow (RFC 5321, 4.2.1)
#: Nothing was handed over yet when these happen.
NOBODY_THERE: Final = (ConnectionRefusedError, SMTPConnectError, SMTPHeloError, SMTPAuthenticationError)


class Email:
    """Letters, through the mail backend of the project."""

    def is_configured(self) -> bool:
        return True

    def addresses(self, root_ids: Sequence[int], *, is_marketing: bool) -> Mapping[int, str]:
        """Proved ones; for what is service also that of the account."""
        proved = verified(root_ids, kind=Identifier.Kind.EMAIL)
        return reachable("email", proved if is_marketing else {**account_emails(root_ids), **proved})

    def write(self, kind: str, facts: Mapping[str, object]) -> Letter:
        return letter_from(kind, facts)

    def send(self, parcel: Parcel) -> str:
        """It bears the same number however often it is sent: should nobody have heard that it was taken, and it is
        sent once more, the reader's own programme can tell. What it is known by is the provider's number of it, where
        there is a provider that tells what became of it."""
        assert isinstance(parcel.words, Letter)
        number = f"<{parcel.number}@{parcel.host}>"
        mail = EmailMultiAlternatives(
            parcel.words.subject, parcel.words.text, to=[parcel.to], headers={"Message-ID": number, **_headers(parcel)}
        )
        mail.attach_alternative(parcel.words.html, "text/html")
        with _connection() as mail.connection:
            taken = _sent(mail)
        if not taken:
            raise Retry("not taken")
        status = getattr(mail, "anymail_status", None)
        theirs = status.message_id if status is not None else None
        return str(theirs) if isinstance(theirs, str | int) else number


@contextmanager
def _connection() -> Iterator[Any]:
    """To the mail server, open. Raises Retry: where that fails nothing was handed over, whatever it was."""
    with ExitStack() as after:
        try:
            made = get_connection()
            after.callback(_close, made)
            made.open()
        except Exception as failure:
            raise Retry(type(failure).__name__) from failure
        yield made


def _close(connection: Any) -> None:
    """It was taken, or not, before we say goodbye."""
    with suppress(Exception):
        connection.close()


def _sent(mail: EmailMultiAlternatives) -> int:
    """Of how many letters it was taken. Raises Retry, Unheard or Reject."""
    try:
        return mail.send()
    except (BadHeaderError, HeaderParseError, UnicodeError) as failure:
        raise Reject(type(failure).__name__) from failure
    except SMTPRecipientsRefused as failure:
        codes = [code for code, _ in failure.recipients.values()]
        raise _either(codes, "recipient refused") from failure
    except (SMTPDataError, SMTPSenderRefused) as failure:
        raise _either([failure.smtp_code], "letter refused") from failure
    except AnymailRecipientsRefused as failure:
        raise Reject("recipient refused") from failure
    except AnymailAPIError as failure:
        raise _by_status(failure) from failure
    except AnymailError as failure:  # what it can't put into words for this provider
        raise Reject(type(failure).__name__) from failure
    except NOBODY_THERE as failure:
        raise Retry(type(failure).__name__) from failure
    except (SMTPException, OSError) as failure:
        raise Unheard(type(failure).__name__) from failure


def _headers(parcel: Parcel) -> dict[str, str]:
    """One click ends what nobody asked for (RFC 8058)."""
    if not parcel.stop:
        return {"Auto-Submitted": "auto-generated"}
    return {"List-Unsubscribe": f"<{parcel.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _either(codes: list[int], why: str) -> Retry | Reject:
    words = f"{why}: {', '.join(map(str, codes))}"
    return Reject(words) if codes and all(code >= PERMANENT for code in codes) else Retry(words)


def _by_status(failure: AnymailAPIError) -> Retry | Reject | Unheard:
    """What a provider's API answered; without an answer it may have been taken."""
    status = failure.status_code
    if status is None:
        return (Retry if never_left(failure) else Unheard)(type(failure).__name__)
    return Answer(status, b"", None).refusal()
