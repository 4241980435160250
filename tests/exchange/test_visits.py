"""A visit: written, brought on and back, cancelled, shown; who reads what of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.organisers import remove_organiser, write_organiser
from sinergia.exchange.actions.reports import Told, save_report
from sinergia.exchange.actions.visits import (
    bring_on_by_days,
    cancel_visit,
    shelve_visit,
    step_back,
    take_step,
    write_visit,
)
from sinergia.exchange.models import Visit
from sinergia.exchange.queries.filters import VisitFilter
from sinergia.exchange.queries.visits import asked_for, to_bring_on, visits_seen_by
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_person, a_region
from tests.exchange.arrange_exchange import (
    FIRST,
    a_home,
    a_traveller,
    an_idea,
    both_sides,
    organiser_given,
    queries_of,
    staff_of,
    visit_given,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ON_FIRST = datetime(2026, 12, 16, 9, tzinfo=UTC)
ON_LAST = datetime(2026, 12, 17, 9, tzinfo=UTC)


def told(code: str) -> list[str]:
    rows = Notice.objects.filter(code=f"exchange.{code}").select_related("person")
    return sorted(one.person.name for one in rows)


def an_approved(actor: Person, visit: Visit) -> Visit:
    both_sides(visit, actor)
    take_step(visit, "agree", actor=actor, now=NOON)
    return take_step(visit, "approve", actor=actor, now=NOON)


def test_a_visit_goes_its_whole_way_and_each_step_is_taken_once() -> None:
    centre, host = a_home(), a_centre("Центр области")
    actor = staff_of(centre)
    staff_of(host, "host", "head")
    visit = an_idea(actor, centre)
    traveller = a_traveller(visit, actor, "Саврасов А. П.")
    traveller.person = a_person("alexey")
    traveller.save()
    an_approved(actor, visit)

    for step, now in (("begin", ON_FIRST), ("end", ON_LAST), ("account", ON_LAST)):
        if step == "account":
            with pytest.raises(Refused, match=r"visit\.no_report"):
                take_step(visit, "account", actor=actor, now=now)
            save_report(visit, Told("", "Научились"), actor=actor, now=now)
        take_step(visit, step, actor=actor, now=now)  # type: ignore[arg-type]  # of STEPS
        take_step(visit, step, actor=actor, now=now)  # type: ignore[arg-type]

    visit.refresh_from_db()
    assert visit.stage == "accounted"
    assert Entry.objects.filter(verb="visit.stage_changed").count() == 5
    assert told("visit_agreed") == ["host"]
    assert told("visit_approved") == ["alexey", "host"]


def test_a_step_says_everything_that_is_missing_at_once() -> None:
    centre = a_home()
    actor = staff_of(centre)
    visit = an_idea(actor, centre, basis="", payers="", starts_on=None, ends_on=None, aims="")
    with pytest.raises(Refused, match=r"visit\.no_aims"):
        take_step(visit, "agree", actor=actor, now=NOON)
    Visit.objects.update(aims="Увидеть")
    take_step(visit, "agree", actor=actor, now=NOON)
    with pytest.raises(Refused) as refusal:
        take_step(visit, "approve", actor=actor, now=NOON)
    with pytest.raises(Refused, match=r"visit\.wrong_stage"):
        take_step(visit, "end", actor=actor, now=NOON)

    assert {gap.code for gap in refusal.value.gaps} == {
        "visit.no_days",
        "visit.no_basis",
        "visit.no_host",
        "visit.no_sender",
        "visit.no_payers",
    }


def test_days_bring_a_visit_on_by_the_clock_of_where_it_goes() -> None:
    centre = a_home()
    actor = staff_of(centre)
    there = a_region()
    there.time_zone = "Asia/Kamchatka"
    there.save()
    visit = an_idea(actor, centre)
    a_traveller(visit, actor, "Саврасов А. П.")
    an_approved(actor, visit)
    stages = []

    for now in (
        datetime(2026, 12, 15, 11, 59, tzinfo=UTC),  # 23:59 there
        datetime(2026, 12, 15, 12, 0, tzinfo=UTC),  # the first day has begun
        datetime(2026, 12, 17, 11, 59, tzinfo=UTC),
        datetime(2026, 12, 17, 12, 0, tzinfo=UTC),
    ):
        for pk in to_bring_on(today=now.date() + timedelta(days=1)):
            bring_on_by_days(pk, now=now)
        stages.append(Visit.objects.get().stage)

    assert stages == ["approved", "under_way", "under_way", "done"]


def test_one_step_back_is_taken_unless_the_days_have_come() -> None:
    centre = a_home()
    actor = staff_of(centre)
    visit = an_idea(actor, centre)
    a_traveller(visit, actor, "Саврасов А. П.")
    an_approved(actor, visit)
    for _press in range(2):
        step_back(visit, seen="approved", actor=actor, now=NOON)
    visit.refresh_from_db()
    once = visit.stage
    take_step(visit, "approve", actor=actor, now=NOON)
    take_step(visit, "begin", actor=actor, now=ON_FIRST)
    with pytest.raises(Refused, match=r"visit\.has_begun"):
        step_back(visit, seen="under_way", actor=actor, now=ON_FIRST)
    take_step(visit, "end", actor=actor, now=ON_LAST)
    step_back(visit, seen="done", actor=actor, now=ON_LAST)
    visit.refresh_from_db()

    assert (once, visit.stage) == ("agreed", "under_way")


def test_a_cancelled_visit_says_why_and_the_cancelling_is_taken_back() -> None:
    centre = a_home()
    actor = staff_of(centre)
    visit = an_idea(actor, centre)
    an_approved(actor, visit)
    with pytest.raises(Refused, match=r"visit\.no_reason"):
        cancel_visit(visit, " ", actor=actor, now=NOON)
    for _press in range(2):
        cancel_visit(visit, "Дорогу размыло", actor=actor, now=NOON)
    visit.refresh_from_db()
    stopped = (visit.stage, visit.course.why_cancelled, visit.course.stage_before)
    step_back(visit, seen="cancelled", actor=actor, now=NOON)
    visit.refresh_from_db()
    Visit.objects.update(stage="under_way")
    with pytest.raises(Refused, match=r"visit\.too_late_to_cancel"):
        cancel_visit(visit, "Поздно", actor=actor, now=NOON)

    assert stopped == ("cancelled", "Дорогу размыло", "approved")
    assert (visit.stage, visit.course.why_cancelled) == ("approved", "")


def test_a_visit_is_of_the_centres_region_and_goes_to_another() -> None:
    centre = a_home()
    actor, third = staff_of(centre), a_region("XC-TRE", "Третий край")
    for given, code in (
        ({"from_region": third}, "visit.not_our_region"),
        ({"from_region": a_region()}, "visit.not_our_region visit.same_region"),
        ({"ends_on": FIRST - timedelta(days=1)}, "visit.ends_early"),
        ({"ends_on": FIRST + timedelta(days=60)}, "visit.too_long"),
        ({"coordinator": a_person("stranger")}, "visit.coordinator_left"),
    ):
        with pytest.raises(Refused) as refusal:
            write_visit(centre, visit_given(**given), actor=actor, now=NOON)
        assert " ".join(gap.code for gap in refusal.value.gaps) == code


def test_an_approved_visit_keeps_its_days_and_nobodys_change_is_lost() -> None:
    centre = a_home()
    actor = staff_of(centre)
    visit = an_idea(actor, centre)
    an_approved(actor, visit)
    with pytest.raises(Refused, match=r"visit\.needs_days"):
        write_visit(centre, visit_given(starts_on=None), visit=visit, actor=actor, now=NOON)
    with pytest.raises(Refused, match="changed_meanwhile payers"):
        write_visit(
            centre,
            visit_given(payers="Иначе"),
            visit=visit,
            seen={"payers": "Раньше"},
            actor=actor,
            now=NOON,
        )


def test_a_visit_is_shown_to_everybody_once_it_is_approved(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    visit = an_idea(actor, centre, note="Внутреннее", payers="Кто платит")
    with pytest.raises(Refused, match=r"visit\.not_approved"):
        shelve_visit(visit, "publish", actor=actor, now=NOON)
    an_approved(actor, visit)
    a_traveller(visit, actor, "Саврасов А. П.")
    hidden = client.get(f"/visits/{visit.key}/").status_code
    shelve_visit(visit, "publish", actor=actor, now=NOON)
    public = client.get(f"/visits/{visit.key}/")

    assert (hidden, public.status_code) == (404, 200)
    secrets = ("Внутреннее", "Кто платит", "Саврасов", "Лунёв", "Изменить")
    assert [word for word in secrets if word in public.text] == []


def test_the_other_side_reads_from_agreed_on_and_changes_nothing(client: Client) -> None:
    centre, host = a_home(), a_centre("Центр области")
    actor, theirs = staff_of(centre), staff_of(host, "theirs")
    visit = an_idea(actor, centre, note="Внутреннее")
    both_sides(visit, actor)
    a_traveller(visit, actor, "Саврасов А. П.", phone="+7 900 000-00-00")
    client.force_login(theirs)
    page = f"/visits/{visit.key}/"
    before = client.get(page).status_code
    take_step(visit, "agree", actor=actor, now=NOON)
    after = client.get(page)
    listed = client.get(f"{page}delegation/")
    with pytest.raises(PermissionDenied):
        take_step(visit, "approve", actor=theirs, now=NOON)

    assert (before, after.status_code, listed.status_code) == (404, 200, 200)
    assert ("Лунёв" in after.text, "Внутреннее" in after.text) == (True, False)
    assert ("Саврасов" in listed.text, "900 000" in listed.text) == (True, False)
    assert client.get(f"{page}travel/").status_code == 404
    assert client.get(f"{page}change/").status_code == 404


def test_visits_are_found_by_stage_year_region_and_direction() -> None:
    centre = a_home()
    actor = staff_of(centre)
    home = a_region("XB-YAR", "Ярогорский край")
    an_idea(actor, centre, name="Туда")
    an_idea(actor, centre, name="Оттуда", from_region=a_region(), to_region=home)
    an_idea(actor, centre, name="Без дней", starts_on=None, ends_on=None)
    ours = [home.pk]

    def names(**asked: str) -> set[str]:
        rows = asked_for(visits_seen_by(actor), VisitFilter.from_query(asked), ours=ours)
        return {one.name for one in rows}

    assert names(direction="to") == {"Оттуда"}
    assert names(direction="from") == {"Туда", "Без дней"}
    assert names(year="2026") == {"Туда", "Оттуда"}
    assert names(region="XA-SVB", q="дни") == {"Без дней"}
    assert (names(stage="agreed"), names(year="1")) == (set(), {"Туда", "Оттуда", "Без дней"})


def test_the_list_asks_as_often_for_three_visits_as_for_one(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    client.force_login(actor)
    an_idea(actor, centre)
    from_one = queries_of(client, "/visits/")
    for name in ("Вторая", "Третья"):
        an_idea(actor, centre, name=name)

    assert queries_of(client, "/visits/") == from_one


def test_organisers_are_written_once_and_taken_off() -> None:
    centre = a_home()
    actor = staff_of(centre)
    visit = an_idea(actor, centre)
    first, _second = both_sides(visit, actor)
    again = write_organiser(visit, organiser_given("host"), actor=actor, now=NOON)
    with pytest.raises(Refused, match=r"organiser\.nobody"):
        write_organiser(visit, organiser_given("host", body="", name=""), actor=actor, now=NOON)
    for _press in range(2):
        remove_organiser(first, actor=actor, now=NOON)

    assert again.pk == first.pk
    assert [one.side for one in visit.organisers.all()] == ["sending"]


def test_pages_of_a_visit_from_the_idea_to_cancelling(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    a_region()
    client.force_login(actor)
    typed = {
        "name": "Поездка",
        "kind": "exchange",
        "from_region": "XB-YAR",
        "to_region": "XA-SVB",
        "budget_minor": "1 200 000,50",
        "coordinator": str(actor.key),
    }
    wrong = client.post("/visits/new/", typed | {"budget_minor": "много"})
    unclear = client.post("/visits/new/", typed | {"budget_minor": "12,345"})
    begun = client.post("/visits/new/", typed)
    page = begun.headers["Location"]
    visit = Visit.objects.get()
    missing = client.get(f"{page}step/agree/")
    refused = client.post(f"{page}step/agree/")
    changed = client.post(f"{page}change/", typed | {"aims": "Увидеть\nПонять"})
    agreed = client.post(f"{page}step/agree/")
    back = client.post(f"{page}back/", {"seen": "agreed"})
    no_reason = client.post(f"{page}cancel/", {"reason": ""})
    cancelled = client.post(f"{page}cancel/", {"reason": "Отложена"})

    answers = (wrong, begun, missing, refused, changed, agreed, back, no_reason, cancelled)
    assert [one.status_code for one in answers] == [422, 302, 200, 422, 302, 302, 302, 422, 302]
    assert (unclear.status_code, "12 345" in unclear.text) == (422, True)
    assert (visit.budget_minor, visit.course.coordinator) == (1_200_000_50, actor)
    assert visit.time_zone == "Europe/Moscow"
    assert "Отложена" in client.get(page).text
    assert client.get(f"{page}step/nonsense/").status_code == 404


def test_what_is_put_away_comes_back(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    visit = an_idea(actor, centre)
    client.force_login(actor)
    client.post(f"/visits/{visit.key}/shelf/put-away/")
    away = "Поездка в Светлоборск" in client.get("/visits/").text
    kept = "Поездка в Светлоборск" in client.get("/visits/?stage=put_away").text
    page = client.get(f"/visits/{visit.key}/").status_code
    client.post(f"/visits/{visit.key}/shelf/take-back/")

    assert (away, kept, page) == (False, True, 200)
    assert "Поездка в Светлоборск" in client.get("/visits/").text
