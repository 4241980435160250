"""Minutes on paper: who was there, who voted how, what was decided, by which bytes."""

from functools import partial
from hashlib import sha256
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from docx.document import Document as DocumentFile

from sinergia.calls.models import Contest
from sinergia.engine.minutes import read
from sinergia.engine.seal import canonical
from sinergia.people.models import Person
from sinergia.review.actions.sittings import close_sitting
from sinergia.review.actions.stepping_aside import recuse
from sinergia.review.actions.voting import decide_item
from sinergia.review.models import Item, Sitting
from sinergia.review.papers.minutes import docx_of
from sinergia.review.queries.minutes import minutes_for
from sinergia.review.words.commission import proposal_said
from tests.arrange import NOON
from tests.review.commission import (
    NAMES,
    a_commission,
    a_sitting,
    an_item,
    members,
    opened,
    votes,
)
from tests.review.deciding import a_rated

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def sitting(contest: Contest, operator: Person) -> Sitting:
    """A closed session: a move that a third member is recused from, and the list with a winner."""
    commission = a_commission(contest, operator)
    chair, second, third = members(commission, operator)
    made, about = (
        a_sitting(commission, operator, number="4"),
        a_rated("Тёплый двор", "63.1", contest=contest),
    )
    moved = an_item(
        made,
        operator,
        question="Перевести заявку",
        kind="move",
        about=about,
        reason="Важно для района",
        moved="won",
    )
    listed = an_item(made, operator, kind="list", question="Утвердить список победителей")
    recuse(moved, third, "Родня руководителя", actor=operator, now=NOON)
    opened(made, operator, chair, second, third)
    votes(moved, chair)
    votes(moved, second, "for", "Сумма велика")
    for member in (chair, second):
        votes(listed, member)
    votes(listed, third, "abstain")
    for item in (moved, listed):
        row = Item.objects.get(pk=item.pk)
        decide_item(row, seen=row.version, actor=operator, now=NOON)
    return close_sitting(made, actor=operator, now=NOON)


def paper(sitting: Sitting, reader: Person, language: str) -> DocumentFile:
    with translation.override(language):
        minutes = minutes_for(sitting, reader)
        told = partial(proposal_said, currency=minutes.currency, language=language)
        content = docx_of(minutes, told=told, digest=sitting.digest, language=language, now=NOON)
    return Document(BytesIO(content))


def text_of(document: DocumentFile) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_bytes_are_canonical_and_have_their_digest(sitting: Sitting) -> None:
    content = bytes(sitting.minutes)

    assert sha256(content).hexdigest() == sitting.digest
    assert canonical(read(content).model_dump(mode="json", by_alias=True)) == content


def test_the_paper_says_who_was_there_how_they_voted_and_what_was_decided(
    sitting: Sitting, operator: Person
) -> None:
    told = text_of(paper(sitting, operator, "en"))

    wanted = (
        "Minutes No. 4 of the session of the commission",
        "3 of 3 members who vote are there, 2 are needed: there is a quorum",
        NAMES[0],
        "Перевести заявку",
        f"Recused: {NAMES[2]} (Родня руководителя)",
        "2 members take part (1 needed). For: 2, against: 0, abstained: 0.",
        "3 members take part (2 needed). For: 2, against: 0, abstained: 1.",
        "Сумма велика",
        "Важно для района",
        "Decision: Adopted",
        "List of winners",
        "63.1",
        "Winners: 1, grants together:",
        sitting.digest,
    )
    assert [one for one in wanted if one not in told] == []


def test_names_stand_as_they_were_written_and_votes_in_the_order_of_the_paper(
    sitting: Sitting, operator: Person
) -> None:
    document = paper(sitting, operator, "ru")
    tables = [[cell.text for cell in row.cells] for row in document.tables[1].rows]

    assert [row[1] for row in tables[1:]] == list(NAMES[:3])
    ballots = [row.cells[0].text for row in document.tables[3].rows][1:]
    assert ballots == list(NAMES[:2])
    assert document.core_properties.language == "ru"


def test_the_foot_has_the_checksum_the_rules_and_the_number_of_the_page(
    sitting: Sitting, operator: Person
) -> None:
    foot = paper(sitting, operator, "en").sections[0].footer.paragraphs[0].text

    assert sitting.digest[:16] in foot
    assert "version 1" in foot
    assert "Page " in foot


def test_a_recused_member_gets_the_paper_without_the_question_and_the_row(
    sitting: Sitting, operator: Person
) -> None:
    third = sitting.commission.members.get(name=NAMES[2]).person
    assert third is not None
    told = text_of(paper(sitting, third, "en"))

    hidden = (
        "Перевести заявку",
        "Тёплый двор",
        "Важно для района",
        "Сумма велика",
        "List of winners",
    )
    assert [one for one in hidden if one in told] == []
    assert "Утвердить список победителей" in told


def test_an_open_session_has_a_draft_that_says_so(contest: Contest, operator: Person) -> None:
    made = a_sitting(a_commission(contest, operator), operator)
    an_item(made, operator)

    told = text_of(paper(made, operator, "en"))

    assert "Draft: the session is not closed, all may change." in told
    assert "there is no quorum" in told
    assert "Checksum" not in told
