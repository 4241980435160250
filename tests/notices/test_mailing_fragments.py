"""What notices show of a mailing, inside the pages of whoever sent it."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from sinergia.base.letters.actions import note_bounce
from sinergia.base.tables.paging import Order, page_of
from sinergia.notices import actions, papers, tasks, words
from sinergia.notices.forms import MailingForm
from sinergia.notices.models import Mailing, Recipient
from sinergia.notices.queries.mailings import (
    Shown,
    counts_of,
    first_letters,
    mailings_of,
    recipients_of,
    with_counts,
)
from tests.arrange import NOON, a_person
from tests.notices.test_mailings import CENTRE, a_draft, to

pytestmark = pytest.mark.django_db
# Any addresses that take one key, or two, stand in for those of the sender's pages.
ONE, TWO = "notices:detail", "notices:link"
AT = dict.fromkeys(("mailing", "send", "rewrite", "drop"), ONE) | dict.fromkeys(
    ("phoned", "unphoned", "again"), TWO
)


class Texts(HTMLParser):
    """The words of a fragment, part by part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.buttons: list[str] = []
        self._is_button = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_button = tag == "button"

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.parts.append(words)
            if self._is_button:
                self.buttons.append(words)


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def shown(name: str, **context: object) -> Texts:
    return Texts(render_to_string(f"notices/{name}.html", {"at": AT, "csrf_token": "x", **context}))


def preview(mailing: Mailing) -> Texts:
    counts = counts_of(mailing)
    unreached = {
        part: [Shown(row) for row in recipients_of(mailing, part).order_by("pk")[:2]]
        for part in ("no_address", "withheld")
    }
    return shown(
        "_mailing_preview",
        mailing=mailing,
        counts=counts,
        samples=first_letters(mailing),
        tiles=words.tiles_of(counts, is_sent=False, url="/m/"),
        broken=[Shown(row) for row in recipients_of(mailing, "came_back").order_by("pk")[:2]],
        **unreached,
    )


def results(mailing: Mailing, part: str, show: Callable[[Recipient], Shown] = Shown) -> Texts:
    page = page_of(recipients_of(mailing, part), order=Order("name_folded"))
    return shown(
        "_mailing_results",
        mailing=mailing,
        tabs=words.tabs_of(counts_of(mailing), part),
        part=part,
        page=page,
        rows=[show(row) for row in page.rows],
        total=1,
        query=f"part={part}",
    )


def a_sent_one() -> Mailing:
    anna = a_person()
    mailing = a_draft(
        to("Opened", "1@example.org"),
        to("Bounced", "2@example.org"),
        to("Unopened", "3@example.org"),
        to("Nowhere"),
        author=anna,
    )
    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    tasks.send_batch(str(mailing.key))
    Recipient.objects.filter(name="Opened").update(opened_at=NOON)
    note_bounce("", "5.1.1", letter=Recipient.objects.get(name="Bounced").key, now=NOON)
    mailing.refresh_from_db()
    return mailing


def test_a_preview_says_how_many_letters_go_and_who_is_not_reached() -> None:
    mailing = a_draft(
        to("One", "one@example.org"),
        to("Two", "two@example.org"),
        to("None"),
        to("Also none"),
        to("None again"),
        to("Odd", "odd"),
        author=a_person(),
    )

    told = preview(mailing)

    assert told.buttons == ["Send 2 letters", "Throw away"]
    assert "Come, One." in told.parts
    assert [
        part for part in told.parts if part.startswith(("Without", "Mailboxes", "Did not"))
    ] == [
        "Mailboxes that take no letters",
        "Mailboxes that take no letters: 1",
        "Without an address: 3",
    ]
    assert "The first 2 are shown; after sending all are listed to be phoned." in told.parts


def test_where_no_letter_can_go_there_is_no_button_to_send() -> None:
    told = preview(a_draft(to("None"), author=a_person()))

    assert told.buttons == ["Throw away"]
    assert "There is nobody whom a letter could reach." in told.parts


def test_whoever_was_not_reached_is_listed_with_a_phone_and_a_place_to_note_the_call() -> None:
    mailing = a_sent_one()

    told = results(mailing, "to_phone", lambda row: Shown(row, url="/x/", phone="+7 900 1"))

    assert [part for part in told.parts if part in ("Bounced", "Nowhere", "Unopened")] == [
        "Bounced",
        "Nowhere",
        "Unopened",
    ]
    assert told.parts.count("+7 900 1") == 3
    assert told.buttons == ["Try the mailbox again", "Note it", "Note it", "Note it"]
    assert "Opened: 1" in told.parts
    assert "To be phoned: 3" in told.parts


def test_a_call_that_was_noted_can_be_taken_back() -> None:
    mailing = a_sent_one()
    row = Recipient.objects.get(name="Nowhere")
    actions.note_phoned(row.key, "will come", actor=a_person("boris"), now=NOON)

    told = results(mailing, "phoned")

    assert ("will come" in told.parts, told.buttons) == (True, ["Take back"])


def test_nobody_left_to_phone_is_said() -> None:
    mailing = a_sent_one()
    Recipient.objects.update(opened_at=NOON)

    assert "Nobody is left to be phoned." in results(mailing, "to_phone").parts


def test_a_mailing_under_way_asks_again_and_a_finished_one_does_not() -> None:
    mailing = a_sent_one()
    finished = render_to_string(
        "notices/_mailing_progress.html",
        {"mailing": mailing, "counts": counts_of(mailing), "at": AT},
    )
    mailing.stage = Mailing.Stage.SENDING
    under_way = render_to_string(
        "notices/_mailing_progress.html",
        {"mailing": mailing, "counts": counts_of(mailing), "at": AT, "done": 3},
    )

    assert ("data-hx-get" in under_way, "data-hx-get" in finished) == (True, False)
    assert "3 of 4" in under_way


def test_the_list_of_mailings_says_what_became_of_each() -> None:
    a_sent_one()
    page = page_of(mailings_of("centre", CENTRE), order=Order("made_at", is_descending=True))

    told = shown("_mailing_list", page=page, rows=with_counts(page.rows))

    assert [part for part in told.parts if part in ("Meeting", "anna", "Sent", "4", "1", "3")] == [
        "Meeting",
        "anna",
        "Sent",
        "4",
        "1",
        "3",
    ]


def test_a_refused_text_keeps_what_was_typed() -> None:
    form = MailingForm({"subject": "", "text": "Typed"})

    html = render_to_string("notices/_mailing_form.html", {"form": form, "label": "Look at it"})

    assert "Typed</textarea>" in html
    assert "Check what is typed" in html


def test_taken_away_it_is_a_row_for_each_recipient() -> None:
    mailing = a_sent_one()
    rows = [Shown(row, phone="+7") for row in recipients_of(mailing).order_by("pk")]

    lines = [list(line)[:4] for line in papers.lines(rows)]

    assert lines == [
        ["Opened", "1@example.org", "+7", "sent"],
        ["Bounced", "2@example.org", "+7", "came back"],
        ["Unopened", "3@example.org", "+7", "sent"],
        ["Nowhere", "", "+7", "no address"],
    ]
    assert len(papers.head()) == len(next(papers.lines(rows)))
