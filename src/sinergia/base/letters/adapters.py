"""How a letter is handed to the mail server, and what its refusals mean."""

import re
import smtplib
import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string

from sinergia.base.letters.actions import is_of_mailbox
from sinergia.base.letters.models import Letter

PERMANENT = range(500, 600)  # RFC 5321, 4.2.1: do not try again
WAIT_SECONDS = 5.0  # a fault after so long is that of a server that hangs
SILENCE_SECONDS = 60.0  # for so long one that hung is not waited for again
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class NotTaken(Exception):  # noqa: N818  # read as what happened
    """The mail server did not take a letter now; later it may. Names a code, never an address."""


class RefusedForGood(Exception):  # noqa: N818  # read as what happened
    """The mail server will never take this letter. is_mailbox: nor any other to this address."""

    def __init__(self, fault: str, *, is_mailbox: bool) -> None:
        super().__init__(fault)
        self.fault = fault
        self.is_mailbox = is_mailbox


class Silence:
    """Until when this process takes the mail server for silent, by the steady clock."""

    until = 0.0


def hand_over(letter: Letter) -> None:
    """Give the letter to the mail server; one that lets in is tried even while it is silent.

    Each wait for a server that hangs would keep whatever else the worker has to do from its hour.

    Raises RefusedForGood, or NotTaken where it is worth trying again. The library's own errors
    name addresses, so they are not let into the log.
    """
    if time.monotonic() < Silence.until and not letter.is_secret:
        raise NotTaken("silent")
    begun = time.monotonic()
    try:
        _hand_over(letter)
    except NotTaken:
        if time.monotonic() - begun > WAIT_SECONDS:
            Silence.until = time.monotonic() + SILENCE_SECONDS
        raise
    Silence.until = 0.0


def _hand_over(letter: Letter) -> None:
    fault: Exception
    try:
        validate_email(letter.to)
        message_of(letter).send()
    except ValidationError:
        fault = RefusedForGood("no address", is_mailbox=True)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        fault = _fault(code, said)
    except smtplib.SMTPSenderRefused as error:
        # Our own sender address: whoever runs the site mends it, so the letter waits.
        fault = NotTaken(f"sender {error.smtp_code}")
    except smtplib.SMTPDataError as error:
        fault = _fault(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        fault = NotTaken(type(error).__name__)
    else:
        return
    raise fault from None


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """Lay a letter out: its text, and the same text as plain HTML whose addresses can be pressed.

    The Message-ID is that of the row, so a letter that goes twice is seen as one.
    """
    headers = {
        "Message-ID": f"<{letter.key}@{sending_domain()}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers, please
        "Content-Language": letter.language,
    }
    if letter.leave_url:
        headers["List-Unsubscribe"] = f"<{letter.leave_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    html = render_to_string("letters/letter.html", {"letter": letter})
    message.attach_alternative(html, "text/html")
    return message


def sending_domain() -> str:
    """The domain that our letters come from; the right side of their Message-ID."""
    sender = str(settings.DEFAULT_FROM_EMAIL)
    return sender.rpartition("@")[2].strip(" >") or "localhost"


def _fault(code: int, said: bytes | str) -> Exception:
    """Tell a refusal for good from one for now, and the mailbox's fault from others'.

    A bare 550 may be about the mailbox or about us ("relay denied"), so it blames no mailbox.
    """
    words = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    enhanced = _ENHANCED.search(words)
    told = f"{code} {enhanced.group()}" if enhanced else str(code)
    if code not in PERMANENT:
        return NotTaken(told)
    is_mailbox = enhanced is not None and is_of_mailbox(enhanced.group())
    return RefusedForGood(told, is_mailbox=is_mailbox)
