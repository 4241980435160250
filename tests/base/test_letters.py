"""A letter goes after the commit, once; a mailbox that refuses for good is remembered."""

from datetime import timedelta
from email.message import Message

import pytest
from django.core.mail import EmailMessage
from django.db import transaction

from sinergia.base.errands.actions import claim_errand, run_due_errands, run_errand
from sinergia.base.errands.models import Errand
from sinergia.base.errands.queries import given_up_errands
from sinergia.base.journal.models import Entry
from sinergia.base.letters import tasks
from sinergia.base.letters.actions import (
    LETTER_KEPT,
    TEXT_KEPT,
    Written,
    erase_letters_to,
    note_bounce,
    send_letter,
    send_letters,
    tidy_letters,
    trust_address,
    try_again,
)
from sinergia.base.letters.models import BrokenAddress, Letter
from sinergia.base.letters.queries import broken_among, is_broken
from tests.arrange import NOON, a_person
from tests.base.mail_server import a_mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = NOON + timedelta(minutes=10)
NO_SUCH_USER = "550 5.1.1 no such user here"


def a_letter(to: str = "anna@example.org", **given: object) -> Letter:
    values: dict[str, object] = {
        "subject": "Заявка принята",
        "text": "Заявка принята.\n\nhttps://example.org/a/?b=1&c=2",
        "language": "ru",
        "now": NOON,
    }
    return send_letter(to, **(values | given))  # type: ignore[arg-type]  # values of a test


def part(message: Message, kind: str) -> str:
    (found,) = (part for part in message.walk() if part.get_content_type() == kind)
    payload = found.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def states() -> list[tuple[str, str, str]]:
    rows = Letter.objects.order_by("pk")
    return [(letter.to, letter.state, letter.fault) for letter in rows]


def test_a_rollback_sends_nothing(mailoutbox: list[EmailMessage]) -> None:
    with transaction.atomic():
        a_letter()
        transaction.set_rollback(True)

    run_due_errands(now=LATER)

    assert (Letter.objects.count(), Errand.objects.count(), mailoutbox) == (0, 0, [])


def test_a_letter_is_text_and_the_same_as_html_and_says_that_a_machine_sent_it() -> None:
    letter = a_letter(text="Здесь <b>всё</b>:\nhttps://example.org/a/?b=1&c=2")

    with a_mail_server() as server:
        run_due_errands(now=LATER)

    (taken,) = server.taken
    assert part(taken, "text/plain").splitlines() == letter.text.splitlines()
    assert "Здесь &lt;b&gt;всё&lt;/b&gt;:<br>" in part(taken, "text/html")
    assert '<a href="https://example.org/a/?b=1&amp;c=2" rel="nofollow">' in part(
        taken, "text/html"
    )
    assert "<img" not in part(taken, "text/html")
    assert (taken["Message-ID"], taken["Auto-Submitted"]) == (
        f"<{letter.key}@localhost>",
        "auto-generated",
    )
    assert (taken["Content-Language"], taken["List-Unsubscribe"]) == ("ru", None)
    assert states() == [("anna@example.org", "sent", "")]


def test_a_letter_that_can_be_given_up_says_where() -> None:
    a_letter(leave_url="https://example.org/n/k/t/stop/", reply_to="centre@example.org")

    with a_mail_server() as server:
        run_due_errands(now=LATER)

    (taken,) = server.taken
    assert (taken["List-Unsubscribe"], taken["List-Unsubscribe-Post"], taken["Reply-To"]) == (
        "<https://example.org/n/k/t/stop/>",
        "List-Unsubscribe=One-Click",
        "centre@example.org",
    )


def test_of_one_word_one_letter_is_made_for_ever(mailoutbox: list[EmailMessage]) -> None:
    first = a_letter(once="receipt:7")
    run_due_errands(now=LATER)

    second = a_letter(once="receipt:7", subject="Another")
    run_due_errands(now=LATER)

    assert (second.pk, second.subject, len(mailoutbox)) == (first.pk, "Заявка принята", 1)


def test_the_text_of_a_secret_letter_is_forgotten_when_it_went(
    mailoutbox: list[EmailMessage],
) -> None:
    a_letter(text="Your code: 1234", is_secret=True)
    a_letter(text="No secret")

    run_due_errands(now=LATER)

    assert [str(sent.body) for sent in mailoutbox] == ["Your code: 1234", "No secret"]
    assert list(Letter.objects.order_by("pk").values_list("text", flat=True)) == ["", "No secret"]


def test_nothing_in_a_head_can_open_another_head(mailoutbox: list[EmailMessage]) -> None:
    a_letter("anna@example.org\nBcc: boris@example.org", subject="One\r\nBcc: boris@example.org")

    run_due_errands(now=LATER)

    assert (mailoutbox, states()[0][1:]) == ([], ("refused", "no address"))


def test_a_letter_that_lets_in_goes_before_those_that_waited_longer(
    mailoutbox: list[EmailMessage],
) -> None:
    send_letters([Written(f"{n}@example.org", "Many", "Text", "ru") for n in range(3)], now=NOON)
    a_letter(subject="Your code", is_secret=True, now=LATER)

    claimed = claim_errand(now=LATER)
    assert claimed is not None
    run_errand(claimed)

    assert [str(sent.subject) for sent in mailoutbox] == ["Your code"]


@pytest.mark.parametrize(
    ("answer", "after_text"),
    [
        ("451 4.3.0 later", "250 taken"),
        ("250 fine", "451 4.3.0 later"),
        ("die", "250 taken"),
        ("250 fine", "die"),
    ],
)
def test_a_fault_that_passes_puts_the_letter_off_and_it_goes_later(
    answer: str, after_text: str
) -> None:
    a_letter()
    with a_mail_server() as server:
        server.answers["anna@example.org"], server.after_text = answer, after_text
        run_due_errands(now=LATER)
        put_off = Errand.objects.get(name="base.letters.send")
        assert (states(), is_broken("anna@example.org")) == (
            [("anna@example.org", "waiting", "")],
            False,
        )
        assert (put_off.attempts, put_off.last_error, put_off.done_at) == (1, "NotTaken", None)

        server.answers.clear()
        server.after_text = "250 taken"
        run_due_errands(now=put_off.run_after)

    assert (len(server.taken), states()) == (1, [("anna@example.org", "sent", "")])


def test_no_address_gets_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    a_letter()
    with a_mail_server() as server:
        server.answers["anna@example.org"] = "451 4.3.0 anna@example.org: later"
        run_due_errands(now=LATER)

    assert "NotTaken" in caplog.text
    assert "anna" not in caplog.text


def test_a_server_that_is_down_for_a_day_is_given_up_in_sight() -> None:
    letter = a_letter()

    for _ in range(20):
        Errand.objects.filter(name="base.letters.send").update(run_after=NOON)
        with a_mail_server() as server:
            server.answers["anna@example.org"] = "421 4.7.0 busy"
            claimed = claim_errand(now=LATER)
            if claimed is None:
                break
            run_errand(claimed)

    (given_up,) = given_up_errands()
    assert (given_up.arguments, given_up.attempts) == ({"key": str(letter.key)}, 8)
    assert states() == [("anna@example.org", "waiting", "")]


@pytest.mark.parametrize("refuses_at", ["address", "text"])
def test_a_mailbox_that_bounces_is_not_tried_again_until_a_person_says_so(
    refuses_at: str,
) -> None:
    letter = a_letter("Anna@Example.org")
    with a_mail_server() as server:
        if refuses_at == "address":
            server.answers["anna@example.org"] = NO_SUCH_USER
        else:
            server.after_text = NO_SUCH_USER
        run_due_errands(now=LATER)
        assert states() == [("Anna@Example.org", "refused", "550 5.1.1")]
        assert given_up_errands().count() == 0

        server.answers.clear()
        server.after_text = "250 taken"
        a_letter("anna@example.org")
        a_letter("boris@example.org")
        run_due_errands(now=LATER)
        assert states()[1:] == [
            ("anna@example.org", "refused", "broken"),
            ("boris@example.org", "sent", ""),
        ]
        assert broken_among(["ANNA@example.org", "boris@example.org"]) == {"anna@example.org"}

        olga = a_person("olga")
        for _ in range(2):
            try_again(letter.key, actor=olga, now=LATER)
        run_due_errands(now=LATER)

    assert [taken["To"] for taken in server.taken] == ["boris@example.org", "Anna@Example.org"]
    assert (states()[0][1], is_broken("anna@example.org")) == ("sent", False)
    assert [entry.verb for entry in Entry.objects.all()] == ["letter.tried_again"]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("550 5.7.1 you are on a list", "550 5.7.1"),
        ("554 5.6.0 too odd", "554 5.6.0"),
        ("550 relay denied", "550"),
    ],
)
def test_a_refusal_that_blames_us_or_nobody_is_no_fault_of_the_mailbox(
    answer: str, fault: str
) -> None:
    a_letter()
    with a_mail_server() as server:
        server.answers["anna@example.org"] = answer
        run_due_errands(now=LATER)

    assert states() == [("anna@example.org", "refused", fault)]
    assert not is_broken("anna@example.org")


def test_a_letter_that_lets_in_goes_even_where_the_mailbox_had_refused_and_mends_its_name(
    mailoutbox: list[EmailMessage],
) -> None:
    BrokenAddress.objects.create(address="anna@example.org", fault="5.2.2", since=NOON)
    BrokenAddress.objects.create(address="boris@example.org", fault="5.2.2", since=NOON)
    for subject in ("Before it", "Your code", "After it"):
        a_letter("Anna@example.org", subject=subject, is_secret=subject == "Your code")
        run_due_errands(now=LATER)

    assert [str(sent.subject) for sent in mailoutbox] == ["Your code", "After it"]
    assert (is_broken("anna@example.org"), is_broken("boris@example.org")) == (False, True)


def test_a_secret_letter_that_was_refused_is_forgotten_and_not_sent_again() -> None:
    letter = a_letter(text="Your code: 1234", is_secret=True)
    with a_mail_server() as server:
        server.answers["anna@example.org"] = NO_SUCH_USER
        run_due_errands(now=LATER)

        again = try_again(letter.key, actor=a_person("olga"), now=LATER)
        run_due_errands(now=LATER)

    assert (again.text, again.state, server.taken) == ("", "refused", [])
    assert not is_broken("anna@example.org")


def test_a_worker_that_dies_after_the_server_took_it_sends_one_more_of_the_same_name() -> None:
    letter = a_letter()
    with a_mail_server() as server:
        first = claim_errand(now=LATER)
        assert first is not None
        tasks.send(**first.arguments)
        # It dies here: neither the letter nor the errand was noted as done.
        Letter.objects.update(sent_at=None)

        for hour in range(3):
            run_due_errands(now=LATER + timedelta(hours=1 + hour))

    assert [taken["Message-ID"] for taken in server.taken] == [f"<{letter.key}@localhost>"] * 2
    assert states() == [("anna@example.org", "sent", "")]


def test_an_errand_that_runs_again_sends_nothing_again(mailoutbox: list[EmailMessage]) -> None:
    letter = a_letter()

    tasks.send(str(letter.key))
    tasks.send(str(letter.key))

    assert len(mailoutbox) == 1


def test_a_bounce_that_comes_later_marks_the_mailbox() -> None:
    letter = a_letter()
    Letter.objects.update(sent_at=NOON)

    for _ in range(2):
        assert note_bounce("whoever@example.net", "5.2.1", letter=letter.key, now=LATER)

    broken = BrokenAddress.objects.get()
    assert states() == [("anna@example.org", "refused", "5.2.1")]
    assert (broken.address, broken.fault, broken.times) == ("anna@example.org", "5.2.1", 1)


def test_a_report_without_our_name_is_about_a_letter_of_this_week_or_about_none() -> None:
    a_letter()
    assert not note_bounce("anna@example.org", "5.1.1", letter=None, now=LATER)  # it did not go

    Letter.objects.update(sent_at=NOON)

    assert not note_bounce("boris@example.org", "5.1.1", letter=None, now=LATER)
    assert not note_bounce("anna@example.org", "5.1.1", letter=None, now=NOON + timedelta(days=8))
    assert note_bounce("ANNA@example.org", "5.1.1", letter=None, now=LATER)
    assert is_broken("anna@example.org")


def test_trusting_an_address_lets_the_next_letter_go(mailoutbox: list[EmailMessage]) -> None:
    BrokenAddress.objects.create(address="anna@example.org", fault="5.1.1", since=NOON)
    olga = a_person("olga")

    for _ in range(2):
        trust_address("Anna@example.org", actor=olga, now=NOON)
    a_letter()
    run_due_errands(now=LATER)

    assert len(mailoutbox) == 1
    assert [entry.verb for entry in Entry.objects.all()] == ["address.tried_again"]


def test_old_texts_are_emptied_and_old_letters_forgotten() -> None:
    old, recent, fresh = (a_letter(f"{name}@example.org") for name in ("old", "recent", "fresh"))
    now = NOON + LETTER_KEPT + timedelta(days=1)
    Letter.objects.filter(pk=recent.pk).update(made_at=now - TEXT_KEPT - timedelta(hours=1))
    Letter.objects.filter(pk=fresh.pk).update(made_at=now - TEXT_KEPT + timedelta(hours=1))
    for since in (NOON, now):
        address = f"{since.year}@example.org"
        BrokenAddress.objects.create(address=address, fault="5.1.1", since=since)

    tidy_letters(now=now)

    kept = [(letter.pk, bool(letter.text)) for letter in Letter.objects.order_by("pk")]
    assert kept == [(recent.pk, False), (fresh.pk, True)]
    assert [broken.since for broken in BrokenAddress.objects.all()] == [now]
    assert old.pk not in [pk for pk, _ in kept]


def test_erasing_an_address_forgets_its_letters_even_those_that_wait(
    mailoutbox: list[EmailMessage],
) -> None:
    a_letter("Anna@example.org")
    a_letter("boris@example.org", reply_to="ANNA@example.org")
    BrokenAddress.objects.create(address="anna@example.org", fault="5.1.1", since=NOON)

    erased = erase_letters_to("anna@EXAMPLE.org")
    run_due_errands(now=LATER)

    left = Letter.objects.get()
    assert (erased, left.to, left.reply_to) == (1, "boris@example.org", "")
    assert (not is_broken("anna@example.org"), len(mailoutbox)) == (True, 1)
