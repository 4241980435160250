"""What became of a message to many: counted, listed, phoned about, sent once more."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from sinergia.base.journal.models import Entry
from sinergia.base.letters.actions import note_bounce, note_refused
from sinergia.notices import actions
from sinergia.notices.models import Recipient
from sinergia.notices.queries.mailings import PARTS, counts_of, recipients_of, with_counts
from tests.arrange import NOON, a_person
from tests.notices.test_mailings import a_draft, deliver, to

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(minutes=30)


def test_what_became_of_it_is_counted_and_listed_alike() -> None:
    anna = a_person()
    names = ("Opened", "Unopened", "Bounced", "Refused", "Phoned")
    rows = [to(name, f"{name}@example.org") for name in names]
    mailing = a_draft(*rows, to("None"), author=anna)
    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    deliver()
    keys = dict(Recipient.objects.values_list("name", "key"))  # a letter has its recipient's
    Recipient.objects.filter(name="Opened").update(opened_at=LATER)
    note_bounce("", "5.1.1", letter=keys["Bounced"], now=LATER)
    note_refused(keys["Refused"], "550", is_mailbox=True, now=LATER)
    actions.note_phoned(
        Recipient.objects.get(name="Phoned").key, "will come", actor=anna, now=LATER
    )

    listed = {
        part: sorted(recipients_of(mailing, part).values_list("name", flat=True)) for part in PARTS
    }

    assert listed == {
        "total": sorted([*names, "None"]),
        "waiting": [],
        "opened": ["Opened"],
        "unopened": ["Phoned", "Unopened"],
        "came_back": ["Bounced", "Refused"],
        "no_address": ["None"],
        "withheld": [],
        "to_phone": ["Bounced", "None", "Refused", "Unopened"],
        "phoned": ["Phoned"],
    }
    counted = counts_of(mailing)
    assert {part: getattr(counted, part) for part in PARTS} == {
        part: len(rows) for part, rows in listed.items()
    }
    assert with_counts([mailing]) == [(mailing, counted)]


def test_phoning_is_noted_and_taken_back() -> None:
    anna = a_person()
    a_draft(to("One"), author=anna)
    row = Recipient.objects.get()

    actions.note_phoned(row.key, "ask again on Monday", actor=anna, now=NOON)
    noted = actions.note_phoned(row.key, "will come", actor=anna, now=LATER)
    assert (noted.phoned_at, noted.phoned_by, noted.phoned_note) == (NOON, anna.key, "will come")

    for _ in range(2):
        taken_back = actions.forget_phoned(row.key, actor=anna, now=LATER)

    assert (taken_back.phoned_at, taken_back.phoned_by, taken_back.phoned_note) == (None, None, "")
    verbs = Entry.objects.filter(about_key=str(row.key)).order_by("pk")
    assert [entry.verb for entry in verbs] == [
        "mailing.phoned",
        "mailing.phoned",
        "mailing.phoning_taken_back",
    ]


def test_a_letter_that_came_back_is_sent_once_more_when_a_person_says_so(
    mailoutbox: list[EmailMessage],
) -> None:
    anna = a_person()
    mailing = a_draft(to("One", "one@example.org"), to("None"), author=anna)
    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    deliver()
    one, none = Recipient.objects.order_by("pk")
    note_bounce("", "5.2.2", letter=one.key, now=LATER)
    assert counts_of(mailing).came_back == 1

    assert actions.try_recipient_again(one.key, actor=anna, now=LATER)
    assert not actions.try_recipient_again(none.key, actor=anna, now=LATER)
    deliver()

    assert (len(mailoutbox), counts_of(mailing).came_back) == (2, 0)
