"""A sheet is written and signed by its expert, by the rules, once; whoever may not, may not."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.drafts.actions import Save
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.drafts import Path
from sinergia.engine.project import thaw
from sinergia.people.models import Person
from sinergia.review.actions.recusing import recuse
from sinergia.review.actions.scoring import open_sheet, save_sheet, sign_sheet, state_of
from sinergia.review.models import (
    Award,
    Commission,
    Conflict,
    Examination,
    Expert,
    Score,
    Sheet,
    SignedSheet,
    Sitting,
)
from sinergia.review.queries.listing import signed_texts_of
from tests.afterwards import codes_of
from tests.arrange import NOON, a_person
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_sheets import WORDS, expert_of, fill, sign, whole

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def examination(contest: Contest) -> Examination:
    return an_examination(contest=contest)


@pytest.fixture
def expert(contest: Contest) -> Expert:
    return an_expert(contest=contest)


@pytest.fixture
def sheet(expert: Expert, examination: Examination) -> Sheet:
    return a_sheet(expert, examination)


@pytest.fixture
def reader(sheet: Sheet) -> Person:
    return expert_of(sheet)


def test_the_first_opening_is_remembered_and_the_first_save_begins_a_draft(
    sheet: Sheet, reader: Person
) -> None:
    open_sheet(sheet, actor=reader, now=NOON)
    open_sheet(sheet, actor=reader, now=LATER)
    sheet.refresh_from_db()
    opened = (sheet.opened_at, sheet.stage)
    fill(sheet, {"scores/team": "7"}, now=LATER)
    sheet.refresh_from_db()

    assert opened == (NOON, "given")
    assert (sheet.opened_at, sheet.stage) == (NOON, "draft")
    assert Entry.objects.filter(verb="sheet.opened").count() == 1


def test_a_signed_sheet_has_its_scores_its_rating_its_digest_and_counts(
    sheet: Sheet, examination: Examination
) -> None:
    signed = sign(sheet, comments__team="Опыт есть", now=LATER, sum="50 000")

    examination.refresh_from_db()
    told = thaw(bytes(signed.content), digest=signed.digest)
    assert (sheet.stage, sheet.signed_at, sheet.rating) == ("signed", LATER, Decimal(80))
    assert (sheet.recommendation, sheet.proposed_minor) == ("support", 5_000_000)
    assert (examination.signed, examination.preliminary) == (1, Decimal(80))
    assert (signed.version, len(signed.code), told.schema) == (1, 10, "sheet/1")
    assert told.values["comments/team"] == "Опыт есть"
    assert told.values["about/application"] == examination.code
    assert {one.score for one in Score.objects.all()} == {Decimal(8)}
    assert Score.objects.count() == 9
    assert Entry.objects.filter(verb="sheet.signed", about_key=str(sheet.key)).count() == 1


def test_two_sheets_make_the_preliminary_rating_and_its_spread(
    sheet: Sheet, examination: Examination, contest: Contest
) -> None:
    other = a_sheet(an_expert("Другой", contest=contest), examination)

    sign(sheet, "8")
    sign(other, "5")

    examination.refresh_from_db()
    assert (examination.signed, examination.preliminary, examination.spread) == (
        *(2, Decimal(65), Decimal(30)),
    )


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("scores/team", "11", "sheet.off_scale"),
        ("scores/team", "-1", "sheet.off_scale"),
        ("scores/team", "7,5", "sheet.off_scale"),
        ("scores/scale", "5", "sheet.no_such_criterion"),  # weighs nothing in this category
        ("scores/beauty", "5", "sheet.no_such_criterion"),
        ("sum", "90 000,01", "sheet.sum_above"),
        ("sum", "-5", "sheet.sum_negative"),
        ("recommendation", "give", "sheet.no_such_recommendation"),
        ("strong", "ж" * 200_001, "text_too_long"),
    ],
)
def test_what_the_rules_do_not_know_is_not_kept(
    sheet: Sheet, reader: Person, path: str, text: str, code: str
) -> None:
    saves = [Save(Path("mend"), "Хорошо", 0), Save(Path(path), text, 0)]

    assert codes_of(lambda: save_sheet(sheet, saves, actor=reader, now=NOON)) == [code]
    assert not sheet.texts.exists()


def test_what_is_missing_is_told_all_at_once_and_nothing_is_signed(
    sheet: Sheet, reader: Person, examination: Examination
) -> None:
    fill(sheet, {"scores/team": "7", "strong": "  "})

    found = codes_of(lambda: sign_sheet(sheet, actor=reader, now=NOON))

    examination.refresh_from_db()
    assert found == [*["sheet.no_score"] * 8, *["sheet.no_comment"] * 3, "sheet.no_recommendation"]
    assert (examination.signed, SignedSheet.objects.count(), Score.objects.count()) == (0, 0, 0)


def test_signed_twice_it_is_signed_once(sheet: Sheet, reader: Person) -> None:
    first = sign(sheet)

    second = sign_sheet(sheet, actor=reader, now=LATER, seen=0)

    assert (second.pk, second.code) == (first.pk, first.code)
    assert Entry.objects.filter(verb="sheet.signed").count() == 1


def test_a_save_whose_answer_was_lost_is_sent_again_and_is_no_conflict(
    sheet: Sheet, reader: Person
) -> None:
    save = Save(Path("scores/team"), "7", 0)

    (first,) = save_sheet(sheet, [save], actor=reader, now=NOON)
    (second,) = save_sheet(sheet, [save], actor=reader, now=LATER)

    assert (first.is_written, second.is_written, second.is_conflict) == (True, False, False)
    assert second.text.version == 1


def test_in_two_windows_the_second_sees_what_the_first_has_saved(
    sheet: Sheet, reader: Person
) -> None:
    save_sheet(sheet, [Save(Path("scores/team"), "7", 0)], actor=reader, now=NOON)

    (second,) = save_sheet(sheet, [Save(Path("scores/team"), "3", 0)], actor=reader, now=NOON)

    assert (second.is_conflict, second.text.value) == (True, "7")
    assert sheet.texts.get().value == "7"


def test_what_another_window_changed_is_not_signed_unseen(sheet: Sheet, reader: Person) -> None:
    fill(sheet, whole(sheet))
    seen = state_of(sheet)
    fill(sheet, {"scores/team": "1"})

    assert codes_of(lambda: sign_sheet(sheet, actor=reader, now=NOON, seen=seen)) == [
        "sheet.changed"
    ]
    sheet.refresh_from_db()
    assert sheet.stage == "draft"


def test_after_signing_nothing_changes(sheet: Sheet, reader: Person) -> None:
    sign(sheet)

    assert codes_of(lambda: fill(sheet, {"scores/team": "1"})) == ["sheet.is_signed"]
    assert Score.objects.get(criterion="team").score == 8


def test_a_returned_sheet_is_mended_and_signed_as_the_next_version(
    sheet: Sheet, examination: Examination
) -> None:
    first = sign(sheet, "8")
    Sheet.objects.filter(pk=sheet.pk).update(stage="returned", why="Поясните")
    fill(sheet, {"scores/relevance": "4"})
    sheet.refresh_from_db()
    stage = sheet.stage

    second = sign_sheet(sheet, actor=expert_of(sheet), now=LATER)

    examination.refresh_from_db()
    assert (stage, first.version, second.version) == ("returned", 1, 2)
    assert first.digest != second.digest
    assert (examination.signed, examination.preliminary) == (1, Decimal(70))
    assert Score.objects.count() == 9


def test_what_is_being_rewritten_is_not_told_to_the_operator(sheet: Sheet) -> None:
    sign(sheet, "8")
    Sheet.objects.filter(pk=sheet.pk).update(stage="returned", why="Поясните")
    fill(sheet, {"strong": "Ещё не подписано."})
    sheet.refresh_from_db()

    told = signed_texts_of(sheet)

    assert (told["strong"], told["scores/team"]) == (WORDS["strong"], "8")


def decided(examination: Examination) -> None:
    commission = Commission.objects.create(
        contest=examination.contest, order_number="1", order_on=NOON.date(), quorum=1
    )
    sitting = Sitting.objects.create(commission=commission, number="1", begins_at=NOON)
    Award.objects.create(examination=examination, sitting=sitting, at=1, place=1, outcome="lost")


def test_once_it_is_decided_no_sheet_is_written_or_signed(
    sheet: Sheet, reader: Person, examination: Examination
) -> None:
    fill(sheet, whole(sheet))
    decided(examination)

    assert codes_of(lambda: fill(sheet, {"scores/team": "1"})) == ["sheet.decided"]
    assert codes_of(lambda: sign_sheet(sheet, actor=reader, now=NOON)) == ["sheet.decided"]


def a_stranger(sheet: Sheet) -> Person:
    return a_person("stranger")


def another_expert(sheet: Sheet) -> Person:
    return expert_of(a_sheet(an_expert("Другой", contest=sheet.expert.contest), sheet.examination))


def without_statements(sheet: Sheet) -> Person:
    sheet.expert.statements.filter(kind="no_conflict").update(ended_at=NOON)
    return expert_of(sheet)


def in_conflict(sheet: Sheet) -> Person:
    Conflict.objects.create(
        expert=sheet.expert,
        submission=sheet.examination.submission,
        source="found",
        kind="partner",
        stage="stands",
        raised_at=NOON,
    )
    return expert_of(sheet)


def staged(stage: str) -> Callable[[Sheet], Person]:
    def arrange(sheet: Sheet) -> Person:
        Sheet.objects.filter(pk=sheet.pk).update(stage=stage, ended_at=NOON)
        return expert_of(sheet)

    return arrange


def expert_who(stage: str) -> Callable[[Sheet], Person]:
    def arrange(sheet: Sheet) -> Person:
        Expert.objects.filter(pk=sheet.expert_id).update(stage=stage)
        return expert_of(sheet)

    return arrange


@pytest.mark.parametrize(
    "arrange",
    [
        pytest.param(a_stranger, id="a stranger"),
        pytest.param(another_expert, id="another expert of the same application"),
        pytest.param(without_statements, id="a statement was taken back"),
        pytest.param(in_conflict, id="a conflict stands"),
        pytest.param(staged("replaced"), id="given to another expert"),
        pytest.param(staged("recused"), id="recused"),
        pytest.param(staged("set_aside"), id="set aside"),
        pytest.param(expert_who("excluded"), id="an expert who was excluded"),
        pytest.param(expert_who("left"), id="an expert who left"),
    ],
)
def test_whoever_may_not_judge_neither_opens_nor_writes_nor_signs(
    sheet: Sheet, arrange: Callable[[Sheet], Person]
) -> None:
    fill(sheet, whole(sheet))
    person = arrange(sheet)

    with pytest.raises(PermissionDenied):
        open_sheet(sheet, actor=person, now=NOON)
    with pytest.raises(PermissionDenied):
        fill(sheet, {"scores/team": "1"}, actor=person)
    with pytest.raises(PermissionDenied):
        sign_sheet(sheet, actor=person, now=NOON)
    assert sheet.texts.get(path="scores/team").value == "8"


def test_a_cleared_conflict_and_a_warning_hinder_nothing(sheet: Sheet) -> None:
    reader = in_conflict(sheet)
    Conflict.objects.update(stage="warning")

    open_sheet(sheet, actor=reader, now=NOON)

    sheet.refresh_from_db()
    assert sheet.opened_at == NOON


def test_who_recuses_themselves_sees_it_no_more_and_their_scores_count_no_more(
    sheet: Sheet, reader: Person, examination: Examination
) -> None:
    sign(sheet)

    recuse(sheet, "Знаю их", actor=reader, now=LATER)
    with pytest.raises(PermissionDenied):
        fill(sheet, {"scores/team": "1"})

    examination.refresh_from_db()
    assert (examination.signed, examination.preliminary) == (0, None)
    assert Conflict.objects.get().stage == "stands"
