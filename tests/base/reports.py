"""Delivery reports as mail servers write them, made by code."""

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: sinergia@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver it.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
{fields}
--b
{returned}
--b--
"""
WHOLE = """\
Content-Type: message/rfc822

From: sinergia@localhost
Message-ID: <{key}@localhost>
Subject: Letter

Text."""
HEAD = """\
Content-Type: text/rfc822-headers

From: sinergia@localhost
Message-ID: <{key}@localhost>"""
NOTHING = "Content-Type: text/plain\n\nNo more."


def a_report(
    *recipients: str,
    status: str = "5.1.1",
    action: str = "failed",
    key: object = "",
    returned: str = WHOLE,
    original: str = "",
) -> bytes:
    """A report about `recipients`. key: of our letter; none where it returns nothing of it."""
    fields = ""
    for address in recipients:
        named = f"Original-Recipient: rfc822;{original}\n" if original else ""
        fields += (
            f"\n{named}Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\n"
            "Diagnostic-Code: smtp; 550 no such user\n"
        )
    part = returned.format(key=key) if key else NOTHING
    return REPORT.format(fields=fields, returned=part).encode()
