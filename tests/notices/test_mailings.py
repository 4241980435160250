"""One message to exactly those who were chosen: gathered, looked at, sent once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID, uuid4

import pytest
from django.core.mail import EmailMessage

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import BrokenAddress, Letter
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices import actions, papers, tasks
from sinergia.notices.actions.mailings import BATCH, BATCH_PAUSE, MOST, Addressee
from sinergia.notices.models import Mailing, Notice, Recipient, Silence
from sinergia.notices.queries.mailings import (
    Counts,
    counts_of,
    first_letters,
    mailing_of,
    mailings_of,
    recipients_of,
)
from sinergia.people.actions.consents import give_consent, withdraw_consent
from sinergia.people.models import Person
from tests.arrange import NOON, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Outbox: TypeAlias = list[EmailMessage]
CENTRE = UUID("0b6f1c3e-6d0a-4a51-9a64-0d6f3c2e4b11")
LATER = NOON + timedelta(minutes=30)


def to(name: str, address: str = "", **given: object) -> Addressee:
    values: dict[str, object] = {"kind": "organisation", "key": uuid4(), "language": "en"}
    return Addressee(name=name, address=address, **(values | given))  # type: ignore[arg-type]


def a_draft(
    *addressees: Addressee, author: Person, text: str = "Come, {name}.", subject: str = "Meeting"
) -> Mailing:
    return actions.draft_mailing(
        subject,
        text,
        scope_kind="centre",
        scope_key=CENTRE,
        addressees=addressees,
        actor=author,
        now=NOON,
        reply_to="centre@example.org",
    )


def deliver(now: datetime = LATER) -> None:
    """Run everything that was promised by now, and what that promised by the clock on the wall."""
    for _ in range(3):
        Errand.objects.filter(run_after__gt=now).update(run_after=now)
        run_due_errands(now=now)


def states(mailing: Mailing) -> list[tuple[str, str]]:
    rows = Recipient.objects.filter(mailing=mailing).order_by("pk")
    return [(row.name, row.state) for row in rows]


def sent_to(outbox: Outbox) -> list[str]:
    return sorted(letter.to[0] for letter in outbox)


def refused_gaps(refused: pytest.ExceptionInfo[Refused]) -> Sequence[Gap]:
    return refused.value.gaps


def test_a_draft_says_of_each_what_will_become_of_the_letter() -> None:
    BrokenAddress.objects.create(address="broken@example.org", fault="5.1.1", since=NOON)
    Silence.objects.create(address="silent@example.org", since=NOON)

    mailing = a_draft(
        to("One", "one@example.org"),
        to("Same", "ONE@example.org"),
        to("None"),
        to("Broken", "Broken@example.org"),
        to("Odd", "no address at all"),
        to("Silent", "silent@example.org"),
        to("No consent", "refused@example.org", may_write=False),
        to("After them", "refused@example.org"),
        author=a_person(),
    )

    assert states(mailing) == [
        ("One", "waiting"),
        ("Same", "same"),
        ("None", "no_address"),
        ("Broken", "broken"),
        ("Odd", "broken"),
        ("Silent", "withheld"),
        ("No consent", "withheld"),
        ("After them", "waiting"),
    ]
    assert (mailing.stage, Errand.objects.count()) == ("draft", 0)
    assert counts_of(mailing) == Counts(
        total=8, waiting=2, unopened=1, came_back=2, no_address=1, withheld=2, to_phone=4
    )


def test_the_same_row_twice_is_one_recipient() -> None:
    twice = to("One", "one@example.org")

    mailing = a_draft(twice, twice, author=a_person())

    assert states(mailing) == [("One", "waiting")]


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("", " \n", [("mailing.empty", "subject"), ("mailing.empty", "text")]),
        ("x" * 151, "y" * 20_001, [("mailing.too_long", "subject"), ("mailing.too_long", "text")]),
        (
            "{sum}",
            "{name} {дата}",
            [("mailing.unknown_field", "subject"), ("mailing.unknown_field", "text")],
        ),
    ],
)
def test_words_that_cannot_go_are_refused_at_their_fields(
    subject: str, text: str, expected: list[tuple[str, str]]
) -> None:
    anna = a_person()
    with pytest.raises(Refused) as refused:
        a_draft(to("One", "one@example.org"), author=anna, subject=subject, text=text)

    assert [(gap.code, gap.path) for gap in refused_gaps(refused)] == expected
    assert Mailing.objects.count() == 0


def test_nobody_and_too_many_are_refused() -> None:
    anna = a_person()
    many = [to(str(number)) for number in range(MOST + 1)]

    for addressees, code in (([], "mailing.nobody"), (many, "mailing.too_many")):
        with pytest.raises(Refused) as refused:
            a_draft(*addressees, author=anna)
        assert [gap.code for gap in refused_gaps(refused)] == [code]


def test_the_preview_shows_letters_as_their_readers_will_see_them() -> None:
    mailing = a_draft(
        to("Мост", "one@example.org"),
        to("Азбука", "two@example.org"),
        to("Волна", "ONE@example.org"),
        author=a_person(),
        subject="For {name}",
    )

    shown = [(one.name, one.address, one.subject, one.text) for one in first_letters(mailing)]

    assert shown == [
        ("Азбука", "two@example.org", "For Азбука", "Come, Азбука."),
        ("Мост", "one@example.org", "For Мост, Волна", "Come, Мост, Волна."),
    ]


def test_pressed_twice_it_is_sent_once_to_each_mailbox(mailoutbox: Outbox) -> None:
    anna = a_person()
    mailing = a_draft(
        to("One", "one@example.org"),
        to("Two", "two@example.org"),
        to("One more", "one@example.org"),
        to("None"),
        author=anna,
    )

    for _ in range(2):
        actions.send_mailing(mailing.key, actor=anna, now=NOON)
        deliver()
    actions.send_mailing(mailing.key, actor=anna, now=LATER)
    deliver()

    mailing.refresh_from_db()
    letter = next(letter for letter in mailoutbox if letter.to == ["one@example.org"])
    one = Recipient.objects.get(name="One")
    assert sent_to(mailoutbox) == ["one@example.org", "two@example.org"]
    assert str(letter.body).startswith("Come, One, One more.\n")
    assert f"/n/{one.key}/" in str(letter.body)
    assert (letter.reply_to, "List-Unsubscribe" in letter.extra_headers) == (
        ["centre@example.org"],
        True,
    )
    assert (mailing.stage, mailing.sent_at) == ("sent", NOON)
    assert states(mailing) == [
        ("One", "sent"),
        ("Two", "sent"),
        ("One more", "same"),
        ("None", "no_address"),
    ]
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        "mailing.drafted",
        "mailing.started",
        "mailing.batch_sent",
    ]


def test_the_journal_names_nobody() -> None:
    anna = a_person()
    mailing = a_draft(to("Полтора шага", "one@example.org"), author=anna)
    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    deliver()
    row = Recipient.objects.get()
    actions.note_phoned(row.key, "Ирина придёт", actor=anna, now=LATER)

    written = b"".join(bytes(entry.content) for entry in Entry.objects.all()).decode()

    assert "mailing.phoned" in written
    for word in ("Полтора", "one@example.org", "Ирина", "Meeting"):
        assert word not in written


def test_a_long_mailing_goes_in_batches_with_a_pause(mailoutbox: Outbox) -> None:
    anna = a_person()
    rows = [to(str(number), f"box{number}@example.org") for number in range(BATCH + 5)]
    mailing = a_draft(*rows, author=anna)
    actions.send_mailing(mailing.key, actor=anna, now=NOON)

    tasks.send_batch(str(mailing.key))
    first, after = counts_of(mailing), Errand.objects.filter(name="notices.send_batch")
    newest = after.latest("pk")
    tasks.send_batch(str(mailing.key))
    tasks.send_batch(str(mailing.key))

    mailing.refresh_from_db()
    assert (first.waiting, first.unopened) == (5, BATCH)
    assert newest.run_after - newest.promised_at == BATCH_PAUSE
    assert (mailing.stage, Letter.objects.count()) == ("sent", BATCH + 5)
    batches = Entry.objects.filter(verb="mailing.batch_sent")
    assert batches.count() == 2


def test_a_mailbox_that_broke_after_the_draft_is_passed_over(mailoutbox: Outbox) -> None:
    anna = a_person()
    mailing = a_draft(
        to("Broken", "broken@example.org"),
        to("Alike", "broken@example.org"),
        to("Silent", "silent@example.org"),
        to("Well", "well@example.org"),
        author=anna,
    )
    BrokenAddress.objects.create(address="broken@example.org", fault="5.1.1", since=NOON)
    Silence.objects.create(address="silent@example.org", since=NOON)

    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    deliver()

    mailing.refresh_from_db()
    assert (mailing.stage, sent_to(mailoutbox)) == ("sent", ["well@example.org"])
    assert states(mailing) == [
        ("Broken", "broken"),
        ("Alike", "broken"),
        ("Silent", "withheld"),
        ("Well", "sent"),
    ]


def test_news_go_to_nobody_who_takes_their_consent_back_after_the_draft(
    mailoutbox: Outbox,
) -> None:
    anna, glad, gone = a_person(), a_person("glad"), a_person("gone")
    for one in (glad, gone):
        give_consent(one, "letters", how="site", actor=one, now=NOON)
    mailing = a_draft(
        to("Glad", glad.email, person_id=glad.pk),
        to("Gone", gone.email, person_id=gone.pk),
        to("Office", "office@example.org"),
        to("Club of Gone", gone.email),
        author=anna,
    )
    Mailing.objects.update(is_news=True)
    withdraw_consent(gone, "letters", actor=gone, now=NOON)

    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    deliver()

    assert states(mailing) == [
        ("Glad", "sent"),
        ("Gone", "withheld"),
        ("Office", "sent"),
        ("Club of Gone", "sent"),
    ]
    assert sent_to(mailoutbox) == sorted([glad.email, gone.email, "office@example.org"])


def test_where_no_letter_can_go_nothing_is_sent() -> None:
    anna = a_person()
    mailing = a_draft(to("None"), author=anna)

    with pytest.raises(Refused) as refused:
        actions.send_mailing(mailing.key, actor=anna, now=NOON)

    mailing.refresh_from_db()
    assert [gap.code for gap in refused_gaps(refused)] == ["mailing.nobody_to_send"]
    assert (mailing.stage, Errand.objects.count()) == ("draft", 0)


def test_an_unfinished_gathering_cannot_be_sent() -> None:
    anna = a_person()
    mailing = a_draft(to("One", "one@example.org"), author=anna)
    Mailing.objects.update(stage="gathering")

    with pytest.raises(Refused):
        actions.send_mailing(mailing.key, actor=anna, now=NOON)


def test_only_a_draft_is_rewritten_or_thrown_away() -> None:
    anna = a_person()
    draft, sent = (a_draft(to("One", "one@example.org"), author=anna) for _ in range(2))
    actions.send_mailing(sent.key, actor=anna, now=NOON)

    for one in (draft, sent):
        actions.rewrite_mailing(one.key, "Other", "Words", actor=anna, now=LATER)
    for one in (draft, sent):
        actions.drop_mailing(one.key, actor=anna, now=LATER)
    actions.drop_mailing(draft.key, actor=anna, now=LATER)

    left = Mailing.objects.get()
    assert (left.key, left.subject) == (sent.key, "Meeting")
    verbs = Entry.objects.filter(about_key=str(draft.key)).order_by("pk")
    assert [entry.verb for entry in verbs] == [
        "mailing.drafted",
        "mailing.rewritten",
        "mailing.dropped",
    ]


def test_a_rewritten_draft_is_checked_again() -> None:
    anna = a_person()
    draft = a_draft(to("One", "one@example.org"), author=anna)

    with pytest.raises(Refused):
        actions.rewrite_mailing(draft.key, "Other", "{phone}", actor=anna, now=LATER)

    draft.refresh_from_db()
    assert draft.subject == "Meeting"


@pytest.mark.parametrize(
    ("email", "letters"), [("digest", 1), ("at_once", 1), ("urgent", 0), ("never", 0)]
)
def test_who_has_an_account_reads_it_in_the_site_and_by_e_mail_as_chosen(
    email: str, letters: int, mailoutbox: Outbox
) -> None:
    anna, boris = a_person(), a_person("boris")
    actions.choose(boris, {"email": email}, now=NOON)
    mailing = a_draft(to("One", "boris@example.org", person_id=boris.pk), author=anna)

    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    deliver(NOON + timedelta(days=2))

    notice = Notice.objects.get()
    assert (notice.person, notice.values["text"]) == (boris, "Come, One.")
    assert len(mailoutbox) == letters  # and no daily letter that repeats it
    assert states(mailing) == [("One", "sent")]
    said = papers.state_of(recipients_of(mailing).get())
    assert said == ("отправлено" if letters else "показано только на сайте: так выбрал получатель")


def test_a_sender_sees_their_own_mailings_alone() -> None:
    mailing = a_draft(to("One", "one@example.org"), author=a_person())

    assert mailing_of("centre", CENTRE, mailing.key) == mailing
    assert mailing_of("centre", uuid4(), mailing.key) is None
    assert mailing_of("group", CENTRE, mailing.key) is None
    assert list(mailings_of("centre", CENTRE)) == [mailing]
