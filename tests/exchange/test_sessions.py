"""Sessions are written, changed by two at once, moved, taken out and back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.moving import (
    Target,
    move_session,
    nudge_session,
    shift_later,
    undo_step,
)
from sinergia.exchange.actions.sessions import (
    Stale,
    add_session,
    change_session,
    copy_session,
    remove_session,
    restore_session,
)
from sinergia.exchange.models import ProgrammeStep, Session, Visit
from sinergia.exchange.queries.sessions import (
    coverage_of,
    findings_of,
    last_step,
    practices_for,
    sessions_of,
    themes_for,
)
from sinergia.organisations.models import OrganisationTheme
from tests.arrange import (
    NOON,
    a_consultant,
    a_delegate,
    a_municipality,
    a_person,
    a_practice,
    a_region,
    a_theme,
    a_visit,
    an_organisation,
)
from tests.exchange.arrange import a_given, a_session, at, hours, staff_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(gap.code, gap.path) for gap in refused.value.gaps]


def test_a_session_is_written_with_its_themes_and_practices() -> None:
    visit, host = a_visit(), an_organisation()
    theme, practice = a_theme(), a_practice(organisation=host)

    made = a_session("  Дом\u00a0 ", visit=visit, host=host, themes=[theme], practices=[practice])

    assert (made.title, made.version, made.changed_by) == ("Дом", 1, staff_of(visit).key)
    assert [row.theme for row in made.themes.all()] == [theme]
    assert [row.practice for row in made.practices.all()] == [practice]
    assert [entry.verb for entry in Entry.objects.all()] == ["visit.session_added"]


def test_a_session_without_a_name_that_ends_before_it_begins_is_refused_with_both() -> None:
    visit = a_visit()

    with pytest.raises(Refused) as refused:
        a_session(" ", "11:00-10:00", visit=visit)

    assert codes(refused) == [("session.no_title", "title"), ("session.backwards", "ends")]


def test_only_the_centre_that_prepares_a_visit_writes_its_programme() -> None:
    visit = a_visit()
    session, stranger = a_session(visit=visit), a_person("stranger")

    with pytest.raises(PermissionDenied):
        add_session(visit, a_given(visit), actor=stranger, now=NOON)
    with pytest.raises(PermissionDenied):
        move_session(session, Target(session.starts_at.date()), seen=1, actor=stranger, now=NOON)


def test_the_programme_of_a_cancelled_visit_stands() -> None:
    visit = a_visit()
    session = a_session(visit=visit)
    Visit.objects.filter(pk=visit.pk).update(stage="cancelled")

    with pytest.raises(Refused) as refused:
        remove_session(session, seen=1, actor=staff_of(visit), now=NOON)

    assert codes(refused) == [("programme.ended", "")]


def test_of_two_who_change_a_session_the_second_is_told_what_the_first_did() -> None:
    visit = a_visit()
    session, actor = a_session(visit=visit), staff_of(visit)
    other = a_consultant("pavel", centre=visit.centre)
    first = a_given(visit, "Первое", "12:00-13:00")
    second = a_given(visit, "Второе")

    change_session(session, first, seen=1, actor=other, now=NOON)
    with pytest.raises(Stale) as stale:
        change_session(session, second, seen=1, actor=actor, now=NOON)

    assert (stale.value.theirs.title, stale.value.theirs.changed_by) == ("Первое", other.key)
    chosen = change_session(session, second, seen=2, actor=actor, now=NOON)
    assert (chosen.title, chosen.version) == ("Второе", 3)


def test_the_same_change_once_more_is_no_conflict() -> None:
    visit = a_visit()
    session, actor = a_session(visit=visit), staff_of(visit)
    given = a_given(visit, "Первое", themes=[a_theme()])

    change_session(session, given, seen=1, actor=actor, now=NOON)
    again = change_session(session, given, seen=1, actor=actor, now=NOON)

    assert again.version == 2


def test_of_two_who_move_a_session_the_second_moves_nothing() -> None:
    visit = a_visit()
    session, actor = a_session("А", visit=visit), staff_of(visit)
    a_session("Б", "11:00-12:00", visit=visit)

    nudge_session(session, "later", seen=1, actor=actor, now=NOON)
    with pytest.raises(Stale):
        nudge_session(session, "later", seen=1, actor=actor, now=NOON)

    assert hours(visit) == ["Б 10:00-11:00", "А 11:00-12:00"]


def test_a_session_changes_places_with_its_neighbour_and_the_pause_stays() -> None:
    visit = a_visit()
    actor = staff_of(visit)
    a_session("А", "09:00-10:30", visit=visit)
    second = a_session("Б", "10:45-11:15", visit=visit)

    nudge_session(second, "earlier", seen=1, actor=actor, now=NOON)

    assert hours(visit) == ["Б 09:00-09:30", "А 09:45-11:15"]
    first = nudge_session(second, "earlier", seen=2, actor=actor, now=NOON)
    assert first.version == 2, "the first one goes nowhere"


def test_a_session_dragged_before_another_one_takes_its_place() -> None:
    visit = a_visit()
    assert visit.starts_on is not None
    first, second, third = (
        a_session(name, f"{hour:02}:00-{hour + 1:02}:00", visit=visit)
        for name, hour in (("А", 9), ("Б", 10), ("В", 11))
    )

    target = Target(visit.starts_on, str(first.key))
    move_session(third, target, seen=1, actor=staff_of(visit), now=NOON)

    assert hours(visit) == ["В 09:00-10:00", "А 10:00-11:00", "Б 11:00-12:00"]
    assert {one.version for one in sessions_of(visit)} == {2}
    assert second.pk


def test_a_session_goes_to_another_day_at_its_time_or_after_the_one_above() -> None:
    visit, actor = a_visit(), None
    actor = staff_of(visit)
    session = a_session("А", "09:00-10:00", visit=visit)
    a_session("Б", "10:00-12:00", visit=visit, day=1)
    assert visit.ends_on is not None

    move_session(session, Target(visit.ends_on), seen=1, actor=actor, now=NOON)
    assert hours(visit, day=1) == ["А 09:00-10:00", "Б 10:00-12:00"]
    move_session(session, Target(visit.starts_on or visit.ends_on), seen=2, actor=actor, now=NOON)
    move_session(session, Target(visit.ends_on, ""), seen=3, actor=actor, now=NOON)
    assert hours(visit, day=1) == ["Б 10:00-12:00", "А 12:00-13:00"]


def test_a_time_that_is_none_on_another_day_is_refused() -> None:
    visit = a_visit()
    visit.time_zone = "Europe/Berlin"
    visit.save(update_fields=["time_zone"])
    session = a_session("А", "02:30-03:30", visit=visit)
    assert visit.starts_on is not None

    forward = visit.starts_on.replace(year=2027, month=3, day=28)
    with pytest.raises(Refused) as refused:
        move_session(session, Target(forward), seen=1, actor=staff_of(visit), now=NOON)

    assert codes(refused) == [("session.no_such_time", "")]


def test_a_session_and_all_later_ones_of_its_day_are_shifted() -> None:
    visit = a_visit()
    a_session("А", "09:00-10:00", visit=visit)
    second = a_session("Б", "10:00-11:00", visit=visit)
    a_session("В", "11:00-12:00", visit=visit)
    a_session("Г", "09:00-10:00", visit=visit, day=1)

    shift_later(second, 20, seen=1, actor=staff_of(visit), now=NOON)

    assert hours(visit) == ["А 09:00-10:00", "Б 10:20-11:20", "В 11:20-12:20"]
    assert hours(visit, day=1) == ["Г 09:00-10:00"]
    with pytest.raises(Refused):
        shift_later(second, 0, seen=2, actor=staff_of(visit), now=NOON)


def test_a_move_is_taken_back_once_and_not_when_something_changed_since() -> None:
    visit = a_visit()
    actor = staff_of(visit)
    first = a_session("А", "09:00-10:00", visit=visit)
    a_session("Б", "10:00-11:00", visit=visit)
    shift_later(first, 30, seen=1, actor=actor, now=NOON)
    step = last_step(visit)
    assert step is not None

    undo_step(step, actor=actor, now=NOON)
    again = undo_step(step, actor=actor, now=NOON + timedelta(minutes=1))

    assert (again.undone_at, last_step(visit)) == (NOON, None)
    assert hours(visit) == ["А 09:00-10:00", "Б 10:00-11:00"]
    moved = nudge_session(first, "later", seen=3, actor=actor, now=NOON)
    change_session(moved, a_given(visit, "Иначе"), seen=moved.version, actor=actor, now=NOON)
    later = ProgrammeStep.objects.get(undone_at=None)
    with pytest.raises(Refused) as refused:
        undo_step(later, actor=actor, now=NOON)
    assert codes(refused) == [("programme.changed_since", "")]


def test_what_was_taken_out_is_brought_back_by_either_way() -> None:
    visit = a_visit()
    session, actor = a_session("А", visit=visit), staff_of(visit)

    remove_session(session, seen=1, actor=actor, now=NOON)
    assert hours(visit) == []
    step = last_step(visit)
    assert step is not None
    undo_step(step, actor=actor, now=NOON)
    assert hours(visit) == ["А 10:00-11:00"]
    remove_session(session, seen=3, actor=actor, now=NOON)
    restore_session(session, actor=actor, now=NOON)
    assert hours(visit) == ["А 10:00-11:00"]
    with pytest.raises(Stale):
        remove_session(session, seen=3, actor=actor, now=NOON)


def test_a_copy_stands_right_after_its_original() -> None:
    visit, theme = a_visit(), a_theme()
    session = a_session("А", visit=visit, themes=[theme], heads="Иванова, директор")

    made = copy_session(session, actor=staff_of(visit), now=NOON)

    assert hours(visit) == ["А 10:00-11:00", "А 11:00-12:00"]
    assert (made.heads, made.themes.get().theme) == (session.heads, theme)


def test_a_database_keeps_no_session_that_ends_before_it_begins() -> None:
    session = a_session()

    assert session.ends_at > session.starts_at
    names = [one.name for one in Session._meta.constraints]
    assert names == ["session_ends_after_it_begins"]


def test_conflicts_are_found_among_the_rows_of_a_visit() -> None:
    visit = a_visit()
    near, far = a_municipality("Кленовск"), a_municipality("Дальний")
    far.latitude, far.longitude = 57, 44
    near.latitude, near.longitude = 56, 44
    near.save()
    far.save()
    one = a_session(
        "А", "09:00-10:00", visit=visit, municipality=near, heads="Орлова М. И., директор\nПетров"
    )
    two = a_session(
        "Б", "09:30-11:00", visit=visit, municipality=far, heads="орлова м. и.; Сидоров"
    )
    three = a_session("В", "11:10-12:00", visit=visit, municipality=near)
    out = a_session("Г", "09:00-10:00", visit=visit, day=5)

    found = findings_of(visit, list(sessions_of(visit)))

    assert [(one.code, one.keys) for one in found] == [
        ("session.overlap", (str(one.key), str(two.key))),
        ("session.person_twice", (str(one.key), str(two.key))),
        ("session.short_way", (str(two.key), str(three.key))),
        ("session.outside", (str(out.key),)),
    ]


def test_a_wish_that_no_session_serves_names_who_could() -> None:
    visit = a_visit()
    care, sport = a_theme("Забота"), a_theme("Спорт")
    same = a_theme("Забота", region=a_region("XB-YAR", "Ярогорский край"))
    shows, works, hidden = (an_organisation(name) for name in ("Б показ", "А дело", "Тайная"))
    hidden.is_public = False
    hidden.save(update_fields=["is_public"])
    practice = a_practice(organisation=shows)
    practice.theme, practice.is_hosting = care, True
    practice.save()
    for one in (works, hidden):
        OrganisationTheme.objects.create(organisation=one, theme=care)
    a_delegate("Саврасов", visit=visit).themes.create(theme=same)
    a_delegate("Гареева", visit=visit).themes.create(theme=sport)
    a_session("А", visit=visit, themes=[sport])

    served, themes = coverage_of(visit, list(sessions_of(visit)))

    told = [(themes[one.theme].name_ru, one.wished_by, one.is_missing) for one in served]
    assert told == [("Забота", ("Саврасов",), True), ("Спорт", ("Гареева",), False)]
    assert [(one.name, one.shows) for one in served[0].could] == [
        ("Б показ", True),
        ("А дело", False),
    ]


def test_a_host_s_own_practices_are_offered_first_and_drafts_never() -> None:
    visit, host = a_visit(), an_organisation("Хозяева")
    own = a_practice("Я", organisation=host)
    other = a_practice("А", organisation=an_organisation("Иные"))
    other.is_hosting = True
    other.save(update_fields=["is_hosting"])
    a_practice("Б", organisation=an_organisation("Не принимают"))
    draft = a_practice("В", organisation=host)
    draft.stage = "draft"
    draft.save(update_fields=["stage"])

    assert practices_for(visit, host) == [own, other]


def test_themes_of_both_regions_that_are_called_alike_are_offered_once() -> None:
    visit = a_visit()
    care, home = a_theme("Забота"), a_region("XB-YAR", "Ярогорский край")
    same, own = a_theme("Забота", region=home), a_theme("Степь", region=home)
    delegate = a_delegate(visit=visit)
    delegate.themes.create(theme=same)
    delegate.themes.create(theme=own)

    assert themes_for(visit) == [care, own]
    assert at(visit, "10:00").tzinfo is not None
