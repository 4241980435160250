"""One way to arrange: rows that are valid with the fewest words; a test says only what it means."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.test import Client

from sinergia.applications.models import Application, Doubt
from sinergia.base.drafts.actions import Save, keep_picture
from sinergia.base.files.actions import begin_upload, fill_upload, keep_upload
from sinergia.base.files.http import accept
from sinergia.base.files.models import DOCUMENT, StoredFile, Upload
from sinergia.base.tables.models import Load
from sinergia.calls.actions.contests import NewContest, make_contest
from sinergia.calls.models import Call, Contest, Direction, Fund, Outcome, StatusWord
from sinergia.engine.project import parse_path
from sinergia.engine.text import fold
from sinergia.exchange.models import Delegate, Visit, VisitCourse
from sinergia.notices.actions import Addressee, draft_mailing
from sinergia.notices.models import Mailing, Notice
from sinergia.organisations.actions.counting import cell_of, count_changed
from sinergia.organisations.models import (
    Centre,
    CentreRegion,
    CentreStaff,
    LegalForm,
    Membership,
    Official,
    Organisation,
)
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Region, Theme
from sinergia.practices.models import Practice
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.actions.starting import Begun, begin_project
from sinergia.projects.models import Project

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def a_person(name: str = "anna", *, is_administrator: bool = False) -> Person:
    """Somebody with an account and the password `password of NAME`."""
    person = Person(email=f"{name}@example.org", name=name, made_at=NOON)
    person.is_administrator = is_administrator
    person.set_password(f"password of {name}")
    person.save()
    return person


def an_administrator(name: str = "olga") -> Person:
    """Somebody who may load, map and settle."""
    return a_person(name, is_administrator=True)


def a_region(code: str = "XA-SVB", name: str = "Светлоборская область") -> Region:
    """A region of the demo."""
    made, _ = Region.objects.get_or_create(
        code=code,
        defaults={
            "name_ru": name,
            "name_en": f"Region {code}",
            "name_folded": fold(name),
            "kind": Region.Kind.OBLAST,
        },
    )
    return made


def a_municipality(name: str = "Кленовск", *, region: Region | None = None) -> Municipality:
    """A town of a region."""
    count = Municipality.objects.count()
    return Municipality.objects.create(
        region=region or a_region(), oktmo=f"{count:08}", name_ru=name, name_folded=fold(name)
    )


def a_theme(name: str = "Забота", *, region: Region | None = None) -> Theme:
    """A direction of work as a region names it."""
    return Theme.objects.create(region=region or a_region(), name_ru=name, name_folded=fold(name))


def a_fund(code: str = "fund-1", *, currency: str = "RUB") -> Fund:
    """A fund with a code."""
    defaults = {"name_ru": f"Фонд {code}", "name_en": f"Fund {code}", "currency": currency}
    made, _ = Fund.objects.get_or_create(code=code, defaults=defaults)
    return made


def a_call(year: int = 2026, *, fund: Fund | None = None) -> Call:
    """A contest of a fund in a year."""
    made, _ = Call.objects.get_or_create(
        fund=fund or a_fund(),
        name_key=f"contest {year}",
        contest_year=year,
        defaults={"name": f"Конкурс {year}", "year_source": Call.YearSource.NAME},
    )
    return made


def a_contest(
    *, centre: Centre, stage: str = "open", rules: str = "regional", fund: Fund | None = None
) -> Contest:
    """A contest that a centre holds: its intake lasts from a day before NOON to a week after."""
    given = NewContest("Инициативы", 2026, shipped()[rules], fund or a_fund("region-1"))
    actor = CentreStaff.objects.filter(centre=centre).order_by("pk").first()
    person = actor.person if actor else a_consultant("contest-maker", centre=centre)
    contest = make_contest(centre, given, actor=person, now=NOON)
    contest.opens_at, contest.closes_at = NOON - timedelta(days=1), NOON + timedelta(days=7)
    contest.project_from, contest.project_to = date(2026, 12, 15), date(2027, 12, 14)
    contest.about, contest.stage = "Для проектов региона.", stage
    contest.save()
    return contest


def a_project(
    title: str = "Тёплый двор", *, organisation: Organisation, contest: Contest | None = None
) -> Project:
    """A project of an organisation, begun at NOON, with a title and no other text."""
    member = Membership.objects.filter(organisation=organisation, until=None).first()
    actor = member.person if member else a_leader("project-maker", organisation=organisation)
    given = Begun(title, uuid4(), contest)
    return begin_project(organisation, given, actor=actor, now=NOON)


READY: Mapping[str, str] = {  # texts that the regional rules ask for, the fewest
    "direction": "community",
    "title": "Тёплый двор",
    "summary": "Соседи делают двор тёплым.",
    "geography/aaaaaa/place": "Кленовск",
    "starts_on": "2027-01-10",
    "ends_on": "2027-06-30",
    "target_groups/aaaaaa/text": "Жители двора, 120 человек",
    "problem": "Двор пуст, люди не знают соседей.",
    "goals/aaaaaa/text": "Соседи знакомы",
    "tasks/aaaaaa/text": "Собрать людей",
    "results/aaaaaa/what": "Жители пришли",
    "results/aaaaaa/number": "120",
    "results/aaaaaa/proof": "Списки",
    "qualitative": "Люди здороваются.",
    "information_support": "Чат двора.",
    "development": "Двор живёт дальше.",
    "resources_later": "Взносы соседей.",
    "head/aaaaaa/name": "Иванова",
    "team/aaaaaa/name": "Петров",
    "activities": "Помогаем соседям с 2015 года.",
    "events/aaaaaa/what": "Встреча во дворе",
    "events/aaaaaa/task": "aaaaaa",
    "events/aaaaaa/group": "aaaaaa",
    "events/aaaaaa/starts_on": "2027-02-01",
    "events/aaaaaa/ends_on": "2027-02-02",
    "lines/aaaaaa/what": "Чай",
    "lines/aaaaaa/article": "7",
    "lines/aaaaaa/price": "1000",
    "lines/aaaaaa/quantity": "100",
    "lines/aaaaaa/own": "10000",
    "lines/aaaaaa/comment": "Сто встреч",
    "lines/aaaaaa/event": "aaaaaa",
}


def a_ready_project(*, organisation: Organisation, contest: Contest) -> Project:
    """A project in which nothing hinders, saved at NOON; its organisation may apply."""
    form, _made = LegalForm.objects.get_or_create(code="71400", defaults={"name_ru": "АНО"})
    organisation.legal_form, organisation.registered_on = form, date(2015, 1, 1)
    organisation.save(update_fields=["legal_form", "registered_on"])
    project = a_project(organisation=organisation, contest=contest)
    member = Membership.objects.filter(organisation=organisation, until=None).order_by("pk")[0]
    title = project.fields.get(path="title")
    texts = ((parse_path(path), text) for path, text in READY.items())
    saves = [
        Save(path, text, title.version if path.field == "title" else 0)
        for path, text in texts
        if path is not None
    ]
    save_fields(project, saves, actor=member.person, now=NOON)
    return project


def a_direction(name: str = "Поддержка семьи", *, fund: Fund | None = None) -> Direction:
    """A direction of a fund."""
    return Direction.objects.create(fund=fund or a_fund(), name=name, name_folded=fold(name))


def a_status(
    word: str = "победитель", outcome: Outcome = Outcome.WON, *, fund: Fund | None = None
) -> StatusWord:
    """A fund's word for what became of an application."""
    return StatusWord.objects.create(
        fund=fund or a_fund(), word=word, word_folded=fold(word), outcome=outcome
    )


def an_organisation(name: str = "Полтора шага", *, region: Region | None = None) -> Organisation:
    """An organisation of the register."""
    made = Organisation.objects.create(
        name=name, name_folded=fold(name), region=region or a_region(), made_at=NOON
    )
    count_changed([], [cell_of(made)])
    return made


def a_centre(name: str = "Ресурсный центр", *, region: Region | None = None) -> Centre:
    """A resource centre that serves a region; it is an organisation of that region."""
    served = region or a_region()
    made = Centre.objects.create(
        organisation=an_organisation(name, region=served),
        time_zone="Europe/Moscow",
        made_at=NOON,
    )
    CentreRegion.objects.create(centre=made, region=served)
    return made


def a_consultant(name: str = "larisa", *, centre: Centre, role: str = "consultant") -> Person:
    """Somebody who works at a centre."""
    person = a_person(name)
    CentreStaff.objects.create(centre=centre, person=person, role=role, since=NOON)
    return person


def a_leader(name: str = "tamara", *, organisation: Organisation, role: str = "leader") -> Person:
    """Somebody of an organisation's team."""
    person = a_person(name)
    Membership.objects.create(organisation=organisation, person=person, role=role, since=NOON)
    return person


def an_official(name: str = "pyotr", *, region: Region | None = None) -> Person:
    """Somebody of a region's authorities."""
    person = a_person(name)
    Official.objects.create(region=region or a_region(), person=person, since=NOON)
    return person


def an_application(
    number: str = "",
    *,
    organisation: Organisation | None = None,
    region: Region | None = None,
    call: Call | None = None,
    outcome: Outcome = Outcome.WON,
    awarded_minor: int = 0,
) -> Application:
    """An application filed with a fund; without an organisation it waits for a person."""
    aimed = call or a_call()
    title = "Домашний маршрут"
    return Application.objects.create(
        organisation=organisation,
        region=region or a_region(),
        call=aimed,
        fund=aimed.fund,
        contest_year=aimed.contest_year,
        number=number or f"26-1-{Application.objects.count() + 1:06}",
        title=title,
        title_folded=fold(title),
        asked_minor=50_000_00,
        awarded_minor=awarded_minor,
        currency=aimed.fund.currency,
        outcome=outcome,
        decided_on=date(aimed.contest_year, 6, 15),
    )


def a_doubt(application: Application | None = None, code: str = "ids_missing") -> Doubt:
    """A row that waits for a person."""
    about = application or an_application()
    return Doubt.objects.create(application=about, code=code, raised_at=NOON)


def a_load(actor: Person | None = None, *, stage: Load.Stage = Load.Stage.OFFERED) -> Load:
    """A file of grants on its way in."""
    return Load.objects.create(
        kind="grants",
        subject="fund-1",
        file_name="grants.csv",
        file_digest="0" * 64,
        stage=stage,
        actor_key=(actor or an_administrator("pavel")).key,
        offered_at=NOON,
    )


def a_notice(person: Person, subject: str = "Заявка принята", **given: object) -> Notice:
    """Something a person was told and has not looked at."""
    values: dict[str, object] = {
        "code": "notices.mailing",
        "values": {"subject": subject, "text": "Подробности на странице."},
        "made_at": NOON,
    }
    return Notice.objects.create(person=person, **(values | given))


def a_mailing(
    *names: str, centre: Centre, author: Person, subject: str = "Сбор", text: str = "Ждём вас."
) -> Mailing:
    """A draft to organisations of these names, each with a mailbox of its own."""
    addressees = [
        Addressee("organisation", uuid4(), name, f"box{number}@example.org")
        for number, name in enumerate(names, start=1)
    ]
    return draft_mailing(
        subject,
        text,
        scope_kind="centre",
        scope_key=centre.key,
        addressees=addressees,
        actor=author,
        now=NOON,
    )


def sign_in_twice(client: Client, person: Person) -> None:
    """Sign somebody in as by a password and a code of the app: for those who decide."""
    client.force_login(person)
    session = client.session
    now = datetime.now(UTC).timestamp()
    methods = [{"method": "password", "at": now}, {"method": "mfa", "type": "totp", "at": now}]
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def an_upload(actor: Person, content: bytes = b"Charter", name: str = "charter.txt") -> Upload:
    """A file that has come, was found fit and waits for a room to keep it."""
    upload = begin_upload(DOCUMENT, name=name, size=len(content), actor=actor, now=NOON)
    return accept(fill_upload(upload, [content]), now=NOON)


def a_stored_file(
    actor: Person, content: bytes = b"Charter", name: str = "charter.txt"
) -> StoredFile:
    """A file that a room keeps, its bytes in the store of the tests."""
    return keep_upload(an_upload(actor, content, name), actor=actor, now=NOON)


def a_practice(
    title: str = "Домашний маршрут", *, organisation: Organisation | None = None
) -> Practice:
    """A practice in the catalogue."""
    organisation = organisation or an_organisation()
    made = Practice.objects.create(
        organisation=organisation, title=title, title_folded=fold(title),
        region=organisation.region, stage=Practice.Stage.PUBLISHED,
        made_at=NOON, changed_at=NOON, published_at=NOON,
    )  # fmt: skip
    by = organisation.key
    made.texts.create(path="title", value=title, version=1, by=by, at=NOON)
    keep_picture(made.texts, made.revisions, schema="practice/1", why="published", by=by, now=NOON)
    return made


def a_visit(name: str = "В Светлоборск", *, centre: Centre | None = None) -> Visit:
    """A visit of two days, approved, from the region of the centre that prepares it."""
    home = a_region("XB-YAR", "Ярогорский край")
    centre = centre or a_centre("Центр края", region=home)
    day = date(2026, 12, 16)
    visit = Visit.objects.create(
        centre=centre, name=name, name_folded=fold(name), stage=Visit.Stage.APPROVED,
        from_region=home, to_region=a_region(), starts_on=day, ends_on=day + timedelta(days=1),
        time_zone="Europe/Moscow",
    )  # fmt: skip
    VisitCourse.objects.create(visit=visit, made_by=centre.key, made_at=NOON)
    return visit


def a_delegate(name: str = "Саврасов А. П.", *, visit: Visit | None = None) -> Delegate:
    """Somebody who travels."""
    visit = visit or a_visit()
    return Delegate.objects.create(
        visit=visit, place=visit.delegates.count() + 1, name=name, name_folded=fold(name)
    )
