"""The paper of an application, whatever was typed into it."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader

from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Submission
from sinergia.applications.papers.submission import paper_of, pdf_of
from sinergia.base.drafts.actions import Save
from sinergia.projects.actions.saving import save_fields
from tests.arrange import NOON, a_centre, a_contest, a_leader, a_ready_project, an_organisation
from tests.projects.test_saving import path

pytestmark = pytest.mark.django_db


def submitted(problem: str) -> Submission:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    project = a_ready_project(organisation=organisation, contest=a_contest(centre=a_centre()))
    save_fields(project, [Save(path("problem"), problem, 1)], actor=leader, now=NOON)
    return submit(project, actor=leader, now=NOON)


def text_of(submission: Submission) -> str:
    pages = PdfReader(BytesIO(pdf_of(paper_of(submission, language="ru"), at=NOON))).pages
    return "\n".join(page.extract_text() for page in pages)


def test_faces_foreign_scripts_and_marks_of_the_setter_do_not_stop_the_paper() -> None:
    submission = submitted("Двор 🙂 مرحبا שלום 漢字\n#let x = 1 $x$ \\* • пункт")

    text = text_of(submission)

    assert "#let x = 1 $x$ \\* • пункт" in text
    assert submission.frozen.digest in text


def test_a_word_that_no_line_holds_is_broken_and_not_cut_off() -> None:
    lines = text_of(submitted("ж" * 3000)).splitlines()

    assert sum(line.count("ж") for line in lines) >= 3000
    assert max(line.count("ж") for line in lines) < 120


def test_a_row_says_a_total_only_where_it_is_a_line_of_the_budget() -> None:
    sections = paper_of(submitted("Двор пуст."), language="ru").sections

    totals = [
        (part.label, row)
        for _title, parts in sections
        for part in parts
        for row in part.rows or []
        if any(label in ("Всего", "Total") for label, _value in row)
    ]
    assert [label for label, _row in totals] == ["Строки бюджета"]


def test_a_checksum_in_the_foot_stays_one_word() -> None:
    digest = sha256(b"33").hexdigest()  # one of those that the setter parts where it may
    paper = paper_of(submitted("Двор"), language="ru")

    foot = f"Заявка 26-1-0001, контрольная сумма {digest}"
    pages = PdfReader(BytesIO(pdf_of(replace(paper, foot=foot), at=NOON))).pages

    assert all(digest in page.extract_text() for page in pages)
