"""The draft of the second story: its sums, and what it says at 23:40."""

from datetime import date

from sinergia.engine.project import read_document
from sinergia.engine.readiness import Applicant, Facts, readiness_of
from sinergia.packs.rules import shipped
from sinergia.web.commands.drafting import texts_of
from sinergia.web.demo import stock


class Held:
    project_from = date(2027, 1, 28)


def test_the_sums_of_the_story_are_those_of_its_lines() -> None:
    texts = {str(path): text for path, text in texts_of(stock.drafts()[0], Held())}  # type: ignore[arg-type]  # a contest's first day is all that is asked

    document = read_document(texts, currency="RUB")

    sums = (document.total_minor, document.own_minor, document.asked_minor)
    assert sums == (685_000_00, 186_400_00, 498_600_00)
    assert document.faults == []


def test_what_matters_is_the_term_of_the_head_and_contractors_are_advice() -> None:
    texts = {str(path): text for path, text in texts_of(stock.drafts()[0], Held())}  # type: ignore[arg-type]  # the same
    rules = shipped()["regional"]
    applicant = Applicant(head_until=date(2026, 10, 31))
    facts = Facts(closes_on=date(2026, 11, 29), project_from=Held.project_from, applicant=applicant)

    found = readiness_of(read_document(texts, currency=rules.currency), rules, facts)

    assert [gap.code for gap in found.blocking] == ["applicant.head_term"]
    assert "advice.contractors" in [gap.code for gap in found.advice]
