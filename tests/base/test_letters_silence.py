"""A mail server that hangs: what is not urgent waits for it no more for a while."""

import smtplib
import time
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives

from sinergia.base.letters import adapters
from sinergia.base.letters.models import Letter


@pytest.mark.parametrize(
    "fault", [TimeoutError(), smtplib.SMTPServerDisconnected("timed out")], ids=["waits", "drops"]
)
def test_a_server_that_hangs_keeps_nobody_waiting_for_each_letter(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage], fault: Exception
) -> None:
    monkeypatch.setattr(adapters.Silence, "until", 0.0)
    clock, waits = [100.0], []
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    delivered = EmailMultiAlternatives.send

    def hang(_message: EmailMultiAlternatives) -> None:
        waits.append(clock[0])
        clock[0] += 20
        raise fault

    monkeypatch.setattr(EmailMultiAlternatives, "send", hang)
    news = [Letter(key=uuid4(), to=f"{name}@example.org", text="…") for name in ("anna", "vera")]
    secret = Letter(key=uuid4(), to="olga@example.org", text="…", is_secret=True)
    for one in (*news, secret):
        with pytest.raises(adapters.NotTaken):
            adapters.hand_over(one)
    assert len(waits) == 2  # the first, and what lets somebody in

    monkeypatch.setattr(EmailMultiAlternatives, "send", delivered)
    with pytest.raises(adapters.NotTaken):
        adapters.hand_over(news[0])
    clock[0] += adapters.SILENCE_SECONDS
    adapters.hand_over(news[0])
    adapters.hand_over(news[1])

    assert [one.to for one in mailoutbox] == [["anna@example.org"], ["vera@example.org"]]
