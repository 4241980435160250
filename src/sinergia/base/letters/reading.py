"""What a mail server says of a letter it could not deliver: RFC 3464, and nothing guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from uuid import UUID

# RFC 3463: 5 for good; 4 would be "not yet".
_STATUS = re.compile(r"5\.\d{1,3}\.\d{1,3}")
_KEY = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")


@dataclass(frozen=True)
class Bounce:
    """One address that a report names as failed for good.

    letter: key of the letter, where the report carries our Message-ID.
    """

    address: str
    status: str
    letter: UUID | None


class NoReport(Exception):  # noqa: N818  # read as what happened
    """It is no delivery report."""


def read_bounces(content: bytes) -> list[Bounce]:
    """List the addresses that failed for good; an empty list is a report of delays or successes.

    Raises NoReport.
    """
    message = message_from_bytes(content)
    reports = [part for part in message.walk() if _is_report(part)]
    if not reports:
        raise NoReport
    letter = _letter_of(message)
    return [bounce for part in reports for bounce in _bounces_in(part, letter)]


def _is_report(part: Message) -> bool:
    return part.get_content_type() == "message/delivery-status"


def _bounces_in(report: Message, letter: UUID | None) -> Iterator[Bounce]:
    """Read a report's groups of fields: the first is about the message, each other an address."""
    groups = report.get_payload()
    for group in groups if isinstance(groups, list) else []:
        if not isinstance(group, Message):
            continue
        status = _STATUS.match(_field(group, "Status").strip())
        if status is None or _field(group, "Action").strip().casefold() != "failed":
            continue
        # The original one is what we wrote to; the final one may lie behind a forwarding.
        named = _field(group, "Original-Recipient") or _field(group, "Final-Recipient")
        yield Bounce(_address(named), status.group(), letter)


def _letter_of(message: Message) -> UUID | None:
    """Find our Message-ID in what the report returns of the letter, be it whole or its head."""
    for part in message.walk():
        if part.get_content_type() == "text/rfc822-headers":
            returned = message_from_bytes(_content(part))
        elif part is not message and "Message-ID" in part:
            returned = part
        else:
            continue
        if found := _KEY.match(_field(returned, "Message-ID").strip()):
            return UUID(found.group(1))
    return None


def _address(field: str) -> str:
    """Take the address out of "rfc822; somebody@example.org"."""
    return parseaddr(field.partition(";")[2] or field)[1]


def _field(part: Message, name: str) -> str:
    """One field of a message as text, whatever the bytes in it."""
    return str(part.get(name, ""))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
