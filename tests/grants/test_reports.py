"""A report: written beside the plan, ready, handed in once, frozen."""

import json
from hashlib import sha256

import pytest

from sinergia.base.journal.models import Entry
from sinergia.engine.granting.plan import write_plan
from sinergia.engine.refusal import Refused
from sinergia.grants.actions.submitting import submit_report
from sinergia.grants.models import Grant, Plan, Report
from sinergia.grants.queries.reports import readiness_of, whole_reports, written
from sinergia.grants.words.reports import steps_of
from sinergia.people.models import Person
from tests.arrange_reports import (
    FAIR,
    LINES,
    TEXTS,
    begun,
    handed_in,
    now,
    ready,
    under_way,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def test_a_report_is_ready_only_with_facts_words_and_documents(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)

    bare = [(gap.code, gap.path) for gap in readiness_of(written(report)).blocking]
    full = readiness_of(written(ready(report, leader))).blocking

    assert bare == [("report.event_untold", "events/aaaaaa/on"), ("report.no_words", "done")]
    assert full == []


def test_a_section_with_nothing_in_it_is_not_begun_and_never_ready(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)

    def kinds() -> dict[str, str]:
        told = written(report)
        return {one.name: one.kind for one in steps_of(told, readiness_of(told))}

    bare = kinds()
    ready(report, leader)

    assert (bare["money"], bare["results"]) == ("neutral", "neutral")
    assert kinds()["money"] == "ok"


def test_handed_in_twice_it_is_one_version_whose_bytes_have_its_digest(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report, version = handed_in(under_way(grant, operator), leader)

    again = submit_report(report, actor=leader, now=now())

    assert again.pk == version.pk
    assert report.versions.count() == 1
    content = bytes(version.content)
    assert sha256(content).hexdigest() == version.digest
    told = json.loads(content)
    assert (told["schema"], len(told["values"]["payments"])) == ("grant-report/1", 1)
    assert Entry.objects.filter(verb="grant.report_submitted").count() == 1
    assert Report.objects.get().stage == "submitted"


def test_what_is_handed_in_cannot_be_written_in(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report, _version = handed_in(under_way(grant, operator), leader)

    with pytest.raises(Refused, match=r"report\.handed_in"):
        ready(whole_reports().get(pk=report.pk), leader)


def test_what_the_report_on_an_earlier_period_left_out_is_asked_in_the_next_one(
    grant: Grant, operator: Person, leader: Person
) -> None:
    first, _version = handed_in(under_way(grant, operator), leader)
    kept = write_plan(
        TEXTS | {"events/ffffff/what": "Субботник", "events/ffffff/starts_on": "2026-05-01"}, LINES
    )
    Plan.objects.create(
        grant=first.grant, version=3, content=kept.content, digest=kept.digest, made_at=now()
    )
    second = begun(first.grant, leader, 2)

    def asked() -> list[str]:
        report = whole_reports().get(pk=second.pk)
        return [one.plan.id for one in written(report).compared.events if one.is_asked]

    after = asked()
    Report.objects.filter(pk=first.pk).update(stage="returned")

    assert after == [FAIR, "ffffff"]
    assert asked() == [FAIR]  # the first one is with its people again: there it is asked
