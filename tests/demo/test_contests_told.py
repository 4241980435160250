"""Both contests of region B as their stories have them: one under review, one decided."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from sinergia.applications.models import Application, Submission
from sinergia.applications.queries.submissions import written_frozen
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.bundle import opened
from sinergia.engine.minutes import read as read_minutes
from sinergia.engine.rating import rating_of
from sinergia.grants.models import Grant, Report
from sinergia.grants.queries.closing import account_of_grant
from sinergia.packs.rules import Rules
from sinergia.review.models import (
    Archive,
    Award,
    Commission,
    Conflict,
    Examination,
    Exclusion,
    Expert,
    Flag,
    Item,
    Presence,
    ResultLetter,
    RevisedBudget,
    Ruling,
    Score,
    Sheet,
    SheetText,
    Sitting,
)
from sinergia.review.queries.archive import found_by, verified
from sinergia.review.queries.calling import needs_of
from sinergia.review.queries.course import board_of
from sinergia.review.queries.ranking import ranking_of, rows_of, selection_of
from sinergia.review.queries.results import published_contests, totals_of
from sinergia.review.queries.standing import standings, weights_of
from sinergia.web.demo import stock
from tests.demo.arrange_contests import Told, told_contests

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # the demo's start makes them always
WON, RESERVE = Award.Outcome.WON, Award.Outcome.RESERVE


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    """Told once for all tests here, none of which writes; taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield told_contests()
        transaction.set_rollback(True)


def rules_for(one: Examination) -> Rules:
    kept = rules_of(one.contest)
    assert kept is not None
    return kept.rules


def test_of_sixty_four_sixty_are_under_review_and_four_were_not_admitted(told: Told) -> None:
    stages = Counter(
        Submission.objects.filter(contest=told.this_year).values_list("stage", flat=True)
    )

    assert stages == {"admitted": 60, "not_admitted": 4}
    assert Examination.objects.filter(contest=told.this_year).count() == 60


def test_twelve_experts_read_ten_each_and_a_thirteenth_is_lent(told: Told) -> None:
    lent = Expert.objects.get(contest=told.this_year, lent_by__isnull=False)
    sheets = Sheet.objects.filter(expert__contest=told.this_year).exclude(expert=lent)

    given = Counter(sheets.filter(is_further=False).values_list("expert", flat=True))

    assert sorted(given.values()) == [10] * 12
    assert lent.name == "Бартенева Н. Л."
    assert lent.lent_by is not None
    assert lent.lent_by.regions.get().region.code == "XA-SVB"


def test_two_experts_are_late_with_three_and_four_sheets_signed(told: Told) -> None:
    kept = rules_of(told.this_year)
    assert kept is not None

    board = board_of(told.this_year, kept.rules, now=timezone.now())

    late = {one.expert.name: one.signed for one in board.experts if one.is_late}
    assert late == {"Дьяконова О. П.": 3, "Мостовой И. Л.": 4}
    assert all(one.left == 0 for one in board.experts if not one.is_late)
    assert board.term == board.today - timedelta(days=1)


def test_a_tie_found_late_set_a_sheet_aside_and_another_one_reads(told: Told) -> None:
    conflict = Conflict.objects.get(expert__contest=told.this_year)
    aside = Sheet.objects.get(stage="set_aside", expert__contest=told.this_year)
    sheets = Sheet.objects.filter(examination=aside.examination, stage="signed")

    assert (conflict.stage, conflict.source) == ("stands", "operator")
    assert "бухгалтери" in conflict.evidence
    assert (conflict.expert, conflict.submission) == (aside.expert, aside.examination.submission)
    assert aside.signed_at is not None  # it was found late
    assert "Бартенева Н. Л." in sheets.values_list("expert__name", flat=True)
    assert sheets.count() == aside.examination.due == 2


def test_six_diverge_of_which_two_were_read_once_more_and_four_are_due(told: Told) -> None:
    rows = Examination.objects.filter(contest=told.this_year, signed__gt=1, spread__gte=30)
    kept = rules_of(told.this_year)
    assert kept is not None

    needs = needs_of(told.this_year, kept.rules)

    assert sorted(rows.values_list("due", "signed")) == [(2, 2)] * 4 + [(3, 3)] * 2
    assert {one.why for one in needs} == {"divergence"}
    assert {one.examination.pk for one in needs} == {one.pk for one in rows if one.due == 2}


def test_every_number_is_what_its_sheets_come_to(told: Told) -> None:
    for contest in (told.this_year, told.former):
        rows = list(Examination.objects.filter(contest=contest).order_by("pk"))
        counted = standings(rows, rules_for(rows[0]))

        assert {one.pk: (one.signed, one.preliminary, one.spread) for one in rows} == {
            pk: (one.signed, one.preliminary, one.spread) for pk, one in counted.items()
        }


def test_every_sheet_is_rated_by_its_own_scores(told: Told) -> None:
    by_sheet: dict[int, dict[str, Decimal]] = {}
    for sheet, criterion, score in Score.objects.values_list("sheet", "criterion", "score"):
        by_sheet.setdefault(sheet, {})[criterion] = score
    signed = Sheet.objects.filter(rating__isnull=False).select_related("examination__contest")

    for one in signed:
        weights = weights_of(rules_for(one.examination), one.examination.category)
        assert rating_of([by_sheet[one.pk]], weights) == one.rating


def test_experts_write_many_words_and_one_sheet_looks_hasty(told: Told) -> None:
    texts = SheetText.objects.filter(sheet__expert__contest=told.this_year)
    flags = Flag.objects.values_list("kind", "sheet__expert__contest")

    by_prompt = {
        prompt: set(texts.filter(path=prompt).values_list("value", flat=True))
        for prompt in ("strong", "lowers", "mend")
    }

    assert min(len(some) for some in by_prompt.values()) > 30
    assert list(flags) == [("quick", told.this_year.pk)]


def test_the_commission_of_this_year_meets_in_some_days(told: Told) -> None:
    commission = Commission.objects.get(contest=told.this_year)
    sitting = commission.sittings.get()

    assert commission.members.count() == 9
    assert (sitting.stage, sitting.items.count()) == ("planned", 1)
    assert sitting.begins_at > timezone.now()


def test_twenty_one_won_all_but_125_700_and_the_first_of_the_reserve_moved_up(told: Told) -> None:
    totals = totals_of(told.former)
    awards = Award.objects.filter(examination__contest=told.former)

    assert (told.former.budget_minor, totals.awarded_minor) == (20_000_000_00, 19_874_300_00)
    assert awards.filter(outcome=WON).count() == 21
    assert (totals.applications, totals.declined, totals.reserve) == (51, 1, 0)
    moved = awards.get(follow="promoted")
    assert (moved.outcome, moved.reserve, moved.awarded_minor) == (RESERVE, 1, 450_400_00)
    assert totals.taken_minor <= 20_000_000_00


def test_what_was_decided_is_what_the_list_of_the_fund_says(told: Told) -> None:
    listed = {
        row.number: (row.awarded, row.status)
        for row in told.demo.grants_of("XB-OWN")
        if row.contest_year == 2025
    }
    awards = Award.objects.filter(examination__contest=told.former)

    won = {
        one.examination.submission.shown_number: Decimal(one.awarded_minor) / 100
        for one in awards.filter(outcome=WON).select_related("examination__submission")
    }

    assert won == {number: sum_ for number, (sum_, _word) in listed.items() if sum_ is not None}
    outcomes = Counter(
        Application.objects.filter(call=told.former.call).values_list("outcome", flat=True)
    )
    assert outcomes == {"won": 21, "declined": 1, "lost": 29, "not_admitted": 1}


def test_three_are_unfounded_and_none_of_the_ten_counts(told: Told) -> None:
    expert = Expert.objects.get(contest=told.former, stage="excluded")
    sheets = Sheet.objects.filter(expert=expert)

    assert Ruling.objects.filter(sheet__expert=expert, ended_at=None).count() == 3
    assert list(sheets.values_list("stage", flat=True)) == ["set_aside"] * 10
    assert Exclusion.objects.get().expert == expert


def test_two_places_change_and_one_passes_the_line(told: Told) -> None:
    expert = Expert.objects.get(contest=told.former, stage="excluded")
    kept = rules_of(told.former)
    assert kept is not None
    selection, rows = selection_of(told.former, kept.rules), rows_of(told.former)
    after = {one.row.key: one for one in ranking_of(rows, selection)}
    with_ignored = {one.pk: one.preliminary for one in rows} | _as_if_counted(expert, kept.rules)
    before = {
        one.row.key: one
        for one in ranking_of(
            [one._replace(preliminary=with_ignored[one.pk]) for one in rows], selection
        )
    }

    changed = sorted(key for key in after if before[key].place != after[key].place)
    crossing = [key for key in after if before[key].passes != after[key].passes]

    assert selection.line == Decimal("62.50")
    assert [(before[key].place, after[key].place) for key in changed] in (
        [(22, 21), (21, 22)],
        [(21, 22), (22, 21)],
    )
    assert [(before[one].row.rating, after[one].row.rating) for one in crossing] == [
        (Decimal("62.35"), Decimal("63.10"))
    ]


def _as_if_counted(expert: Expert, rules: Rules) -> dict[int, Decimal | None]:
    """What applications came to while an expert's sheets counted."""
    told: dict[int, Decimal | None] = {}
    for one in Examination.objects.filter(sheets__expert=expert):
        scores: dict[int, dict[str, Decimal]] = {}
        for sheet, code, score in Score.objects.filter(sheet__examination=one).values_list(
            "sheet", "criterion", "score"
        ):
            scores.setdefault(sheet, {})[code] = score
        told[one.pk] = rating_of(list(scores.values()), weights_of(rules, one.category))
    return told


def test_seven_of_nine_met_one_stepped_aside_and_six_decided_with_a_reason(told: Told) -> None:
    first, second = Sitting.objects.filter(commission__contest=told.former).order_by("number")
    items = first.items.filter(kind=Item.Kind.UNFOUNDED)
    aside = items.get(recusals__isnull=False)

    assert first.commission.members.count() == 9
    assert Presence.objects.filter(sitting=first).count() == 7
    assert aside.examination is not None
    assert aside.examination.preliminary == Decimal("63.10")
    assert (aside.decision, aside.votes.count(), aside.recusals.count()) == ("adopted", 6, 1)
    assert set(aside.votes.values_list("choice", flat=True)) == {"for"}
    assert all(one.reason for one in items)
    assert (first.stage, second.stage) == ("closed", "closed")
    adopted = second.items.filter(kind=Item.Kind.LIST, decision="adopted")
    assert adopted.count() == 1
    assert sum(one.outcome == "won" for one in read_minutes(bytes(second.minutes)).awards) == 21


def test_the_archive_agrees_and_whoever_lost_finds_the_receipt(told: Told) -> None:
    archive = Archive.objects.get(contest=told.former)
    content = bytes(archive.content)
    lost = Submission.objects.get(contest=told.former, title="Выходной для мамы")

    report = verified(content, archive.root)

    assert report.faults == []
    assert [one.code for one in report.rows if one.differs] == []
    assert (len(report.rows), report.sheets) == (51, 102)
    card, sheets = found_by(content, lost.frozen.digest)
    assert card is not None
    assert (card["shown_number"], len(sheets)) == (lost.shown_number, 2)
    sheets_told = json.loads(opened(content).files["sheets.json"])
    assert sum(not one["counts"] for one in sheets_told) == 10


def test_the_page_of_results_shows_what_the_archive_counts(told: Told) -> None:
    archive = Archive.objects.get(contest=told.former)
    rows = {one.code: one.counted for one in verified(bytes(archive.content), archive.root).rows}
    awards = Award.objects.filter(examination__contest=told.former).select_related("examination")

    kept = {
        one.examination.code: (str(one.at), str(one.place), one.rating, one.outcome)
        for one in awards
    }

    assert kept == {
        code: (one["at"], one["place"], Decimal(one["rating"]), one["outcome"])
        for code, one in rows.items()
    }
    page = Client().get(f"/calls/{told.former.call.key}/results/").content.decode()
    assert "19" in page
    assert "Волонтёры половодья" in page


def test_everybody_was_told_once_and_budgets_were_cut_to_their_sums(told: Told) -> None:
    letters = ResultLetter.objects.filter(award__examination__contest=told.former)
    budgets = RevisedBudget.objects.filter(award__examination__contest=told.former)

    assert letters.values("award").distinct().count() == 51
    assert letters.count() == letters.values("award", "person").distinct().count()
    assert set(budgets.values_list("stage", flat=True)) == {"accepted"}
    for one in budgets.select_related("award"):
        said = json.loads(bytes(one.content))["values"]
        assert said["sum_minor"] == one.award.awarded_minor


def test_what_was_handed_in_has_the_sums_of_the_list(told: Told) -> None:
    listed = {row.number: row for row in told.demo.grants_of("XB-OWN")}

    for one in Submission.objects.filter(contest=told.former).select_related("frozen__rules"):
        document, row = written_frozen(one).document, listed[one.shown_number]
        assert document.faults == []
        assert document.asked_minor == one.asked_minor == int(row.asked * 100)
        assert document.total_minor == int(row.cost * 100)
        assert one.application is not None
        assert one.application.number == row.number


def test_told_twice_nothing_changes(told: Told) -> None:
    managers = [one._default_manager for one in apps.get_models()]  # Django's own
    before = [one.count() for one in managers]

    told.tell_again()

    assert [one.count() for one in managers] == before


def test_every_winner_of_last_year_has_a_grant_and_closed_ones_come_out(told: Told) -> None:
    awards = Award.objects.filter(examination__contest=told.former, awarded_minor__gt=0)
    grants = Grant.objects.filter(award__examination__contest=told.former)

    held = awards.exclude(follow="declined")
    assert set(grants.values_list("award", flat=True)) == set(held.values_list("pk", flat=True))
    assert sum(one.sum_minor for one in grants) == totals_of(told.former).taken_minor
    closed = [one for one in grants if one.stage == "closed"]
    assert closed
    assert all(account_of_grant(one).is_even for one in closed)


def test_to_one_grant_everything_happens(told: Told) -> None:
    grant = Grant.objects.get(application__number=stock.granting()["home"]["story"])
    first = Report.objects.get(grant=grant, period__number=1)

    moved = [(one.kind, one.sum_minor) for one in grant.transfers.order_by("on")]
    assert [kind for kind, _minor in moved] == ["paid", "paid", "returned"]
    assert moved[-1][1] == 18_400_00
    assert list(grant.changes.values_list("kind", "stage")) == [("consent", "accepted")]
    assert (first.versions.count(), first.stage) == (2, "accepted")
    assert first.remarks.get().answer


def test_three_reports_wait_for_somebody(told: Told) -> None:
    grants = Grant.objects.filter(award__examination__contest=told.former, stage="under_way")
    stages = Counter(Report.objects.filter(grant__in=grants).values_list("stage", flat=True))
    today = timezone.localdate()
    late = [one for one in grants if one.periods.filter(report=None, report_on__lt=today).exists()]

    assert (stages["submitted"], stages["returned"], len(late)) == (1, 1, 1)


def test_what_is_promised_of_both_contests_holds_together(told: Told) -> None:
    kept = rules_of(told.this_year)
    assert kept is not None
    board = board_of(told.this_year, kept.rules, now=timezone.now())
    outcomes = Award.objects.filter(examination__contest=told.former).values_list("outcome")

    assert {
        "applications": Examination.objects.filter(contest=told.this_year).count(),
        "experts": Expert.objects.filter(contest=told.this_year, lent_by=None).count(),
        "late": sum(one.is_late for one in board.experts),
        "conflicts": Conflict.objects.filter(expert__contest=told.this_year).count(),
        "divergent": Examination.objects.filter(
            contest=told.this_year, signed__gt=1, spread__gte=30
        ).count(),
    } == {"applications": 60, "experts": 12, "late": 2, "conflicts": 1, "divergent": 6}
    assert published_contests().filter(pk=told.former.pk).exists()
    assert {WON, RESERVE} <= {one for (one,) in outcomes}
    assert not Award.objects.filter(examination__contest=told.this_year).exists()
