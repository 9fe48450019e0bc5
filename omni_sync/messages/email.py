"""Letters by e-mail, through whatever Django's settings name."""

from __future__ import annotations

import hashlib
from email.errors import HeaderParseError
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Final
from urllib.parse import urlsplit

from django.core.mail import BadHeaderError, EmailMultiAlternatives

from omni_sync import conf
from omni_sync.messages.exceptions import Reject, Retry
from omni_sync.messages.letters import Letter

PERMANENT: Final = 500  # SMTP's answers from here on will be the same tomorrow (RFC 5321, 4.2.1)


def send(letter: Letter, *, to: str, key: str) -> None:
    """Hand it to the mail server. Raises Retry or Reject.

    It bears the same number however often it is sent: should nobody have heard that it was taken, and it is sent once
    more, the reader's own programme can tell.
    """
    number = hashlib.sha256(key.encode()).hexdigest()[:32]
    here = urlsplit(conf.base_url()).hostname or "localhost"
    headers = {"Message-ID": f"<{number}@{here}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[to], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    try:
        taken = mail.send()
    except (BadHeaderError, HeaderParseError, UnicodeError) as failure:
        raise Reject(type(failure).__name__) from failure
    except SMTPRecipientsRefused as failure:
        codes = [code for code, _ in failure.recipients.values()]
        raise _either(codes, "recipient refused") from failure
    except (SMTPDataError, SMTPSenderRefused) as failure:
        raise _either([failure.smtp_code], "letter refused") from failure
    except (SMTPException, OSError) as failure:
        raise Retry(type(failure).__name__) from failure
    if not taken:
        raise Retry("not taken")


def _either(codes: list[int], why: str) -> Retry | Reject:
    words = f"{why}: {', '.join(map(str, codes))}"
    return Reject(words) if codes and all(code >= PERMANENT for code in codes) else Retry(words)
