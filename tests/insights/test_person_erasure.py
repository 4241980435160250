"""A person erased: nothing of them in any table, file or index; the journal still verifies."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.actions import record, seal_all
from sinergia.base.journal.models import EntryDetail
from sinergia.base.journal.queries import verify_journal
from sinergia.base.letters.actions import send_letter
from sinergia.base.letters.models import Letter
from sinergia.base.search.actions import Findable, forget_rows, index_rows
from sinergia.calls.actions.questions import Published, answer_question, ask_question
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.delegation import invite_delegate, write_delegate
from sinergia.exchange.actions.organisers import write_organiser
from sinergia.exchange.actions.own import take_up_place, write_travel, write_wishes
from sinergia.exchange.models import Delegate, Organiser, VisitCourse
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.insights.person.models import ErasureAct
from sinergia.insights.person.words import sections_about
from sinergia.organisations.actions.telling import write_head
from sinergia.organisations.models import CentreStaff, Membership, SavedFilter
from sinergia.people.actions import invite, take_invitation
from sinergia.people.actions.consents import give_consent
from sinergia.people.models import Consent, Person
from sinergia.review.models import Expert
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_notice,
    a_person,
    a_region,
    a_theme,
    an_administrator,
    an_organisation,
)
from tests.arrange_review import an_expert
from tests.exchange.arrange_exchange import (
    a_home,
    an_idea,
    delegate_given,
    organiser_given,
    staff_of,
)
from tests.people.arrange_accounts import SECRET, by_password, code_in_letter, somebody
from tests.search.test_keeping import words_in_pages

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Вероника Незабудкина", "veronika.nezabudkina@example.org"
MARKS = ("незабудкин", "nezabudkina")


def veronika() -> Person:
    """Somebody with a row in every room."""
    person = a_person("veronika")
    person.name, person.email = NAME, ADDRESS
    person.save()
    EmailAddress.objects.create(user=person, email=ADDRESS, primary=True, verified=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": SECRET})
    for purpose in ("account", "letters"):
        give_consent(person, purpose, how="site", actor=person, now=NOON)
    host, later = a_person("host"), NOON + timedelta(days=9)
    invite("membership", "scope-1", "editor", email=ADDRESS, ends_at=later, actor=host, now=NOON)
    invite("membership", "scope-2", "editor", ends_at=later, actor=person, now=NOON)
    organisation = an_organisation("Полтора шага", region=a_region())
    Membership.objects.create(
        organisation=organisation, person=person, role="leader", since=NOON, post=f"Она же {NAME}"
    )
    SavedFilter.objects.create(person=person, name=f"Для {NAME}", query="", made_at=NOON)
    send_letter(ADDRESS, subject=f"Для {NAME}", text=NAME, language="ru", now=NOON)
    a_notice(person)
    contest = a_contest(centre=a_centre())
    Contest.objects.update(closes_at=NOON + timedelta(days=20_000))
    for text in (f"Я {NAME}. Можно?", f"Пишите на {ADDRESS}"):
        ask_question(contest, text, actor=person, now=NOON)
    larisa, given = a_consultant(centre=contest.centre), Published("Можно?", "Можно.", 0)
    head = {"name": NAME, "post": f"Она же {NAME}", "told_by": NAME}
    write_head(organisation, head, actor=larisa, now=NOON)
    answer_question(contest.questions.order_by("pk")[0], given, actor=larisa, now=NOON)
    travel_with(person)
    row = an_expert(NAME, contest=contest)
    Expert.objects.filter(pk=row.pk).update(person=person, email=ADDRESS, work=f"Где {NAME}")
    record("person.tried", about=person, actor=person, at=NOON, detail={"said": NAME})
    record("host.wrote", about=organisation, actor=host, at=NOON, detail={"of": f"про {NAME}"})
    return person


def travel_with(person: Person) -> None:
    """A place in a delegation with all that is said there, and one among the organisers."""
    home = a_home()
    ours = staff_of(home)
    visit = an_idea(ours, home, coordinator=ours)
    given = delegate_given(NAME, post=f"Она же {NAME}", email=ADDRESS, phone="1", body=NAME)
    row = write_delegate(visit, given, actor=ours, now=NOON)
    made, token = invite_delegate(
        row, ends_at=NOON + timedelta(days=9), actor=ours, now=NOON, email=ADDRESS
    )
    row = take_up_place(made.key, token, actor=person, now=NOON)
    write_wishes(row, f"Я {NAME}", [a_theme(region=visit.to_region)], actor=person, now=NOON)
    said = dict.fromkeys(("arrives", "leaves", "lodging", "needs"), NAME)
    write_travel(row, said, actor=person, now=NOON)
    for name, email in ((NAME, ADDRESS), ("Другая", "")):
        about = organiser_given("host", name=name, email=email)
        write_organiser(visit, about, actor=ours, now=NOON)
    VisitCourse.objects.update(coordinator=person)


def enter_everywhere(person: Person) -> None:
    """Leave sessions: one that is in, and one that stopped half-way and knows the address."""
    by = {"login": ADDRESS, "password": "password of veronika"}
    Client().post("/sign-in/", by)
    Client().post("/sign-in/code/", {"email": ADDRESS})
    Client().force_login(person)


def every_text() -> Iterator[tuple[str, str]]:
    """Everything in every table and file, as text: (where, text)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from ((table, readable(value)) for value in row)
    for session in apps.get_model("sessions", "Session").objects.all():
        yield "sessions, decoded", json.dumps(session.get_decoded(), default=str)
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        yield str(path), path.name + (readable(path.read_bytes()) if path.is_file() else "")


def readable(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def found() -> list[str]:
    return sorted(
        {where for where, text in every_text() if any(mark in text.casefold() for mark in MARKS)}
    )


@pytest.mark.both_in_full
def test_nothing_is_left_and_the_journal_verifies() -> None:
    person = veronika()
    enter_everywhere(person)
    seal_all(now=NOON)
    before = set(found())

    act = erase_person(person, Demand(), actor=person, now=NOON)

    seal_all(now=NOON)
    report = verify_journal()
    assert {"people_person", "account_emailaddress", "letters_letter", "base_entrydetail"} < before
    assert found() == []
    assert (report.faults, report.unsealed) == ([], 0)
    assert NAME not in json.dumps(act.counts)
    mute = Delegate.objects.get()
    assert (mute.name, mute.person, mute.gone_at) == ("", person, NOON)
    assert [one.name for one in Organiser.objects.order_by("pk")] == ["", "Другая"]
    assert VisitCourse.objects.get().coordinator is None
    run_due_errands(now=timezone.now())  # what was still promised finds nothing to tell
    assert found() == []


@pytest.mark.both
def test_an_address_that_was_given_up_goes_with_what_went_there(client: Client) -> None:
    host, later = a_person("host"), NOON + timedelta(days=9)
    vera = somebody("vera")
    made, token = invite(
        "membership", "scope-1", "editor", email=vera.email, ends_at=later, actor=host, now=NOON
    )
    take_invitation(made.key, token, kind="membership", actor=vera, now=NOON)
    changed_address(client, "vera.new@example.org")
    vera.refresh_from_db()
    held = {one.title: one.rows for one in sections_about(vera)}["Адреса"]

    erase_person(vera, Demand(), actor=vera, now=NOON)

    assert (vera.email, len(held)) == ("vera.new@example.org", 2)
    assert held[1].startswith("vera@example.org: ")
    assert [where for where, text in every_text() if "vera@" in text or "vera.new" in text] == []


def test_an_address_that_somebody_took_up_since_is_theirs(client: Client) -> None:
    vera = somebody("vera")
    changed_address(client, "vera.new@example.org")
    vera.refresh_from_db()
    heir = a_person("vera")
    send_letter(heir.email, subject="Вам", text="Вам", language="ru", now=timezone.now())

    erase_person(vera, Demand(), actor=vera, now=NOON)

    assert Letter.objects.filter(to_folded=heir.email, subject="Вам").exists()


def changed_address(client: Client, email: str) -> None:
    """Change the address of Vera through pages."""
    by_password(client)
    client.post("/account/confirm/", {"password": "password of vera"})
    client.post("/account/address/", {"email": email, "action_add": "1"})
    client.post("/sign-up/confirm/", {"code": code_in_letter()})


def test_the_last_trace_in_the_search_index_goes_too() -> None:
    person = veronika()
    index_rows("trial", [Findable(1, "Ярополк Свенельдович")])
    forget_rows("trial", [1])
    before = words_in_pages()

    erase_person(person, Demand(), actor=person, now=NOON)
    run_due_errands(now=NOON)

    assert (before, words_in_pages()) == (True, False)


@pytest.mark.both_in_full
def test_the_account_stays_mute_and_closed() -> None:
    person = veronika()

    erase_person(person, Demand(), actor=person, now=NOON)

    person.refresh_from_db()
    assert (person.name, person.email) == ("", f"gone-{person.key}@machine.invalid")
    assert not person.is_active
    assert not person.has_usable_password()
    assert not Consent.objects.filter(person=person, withdrawn_at=None).exists()
    assert Consent.objects.filter(person=person).count() == 2


@pytest.mark.both_in_full
def test_twice_gives_the_first_act_and_a_stranger_none() -> None:
    person, boris = veronika(), a_person("boris")

    with pytest.raises(PermissionDenied):
        erase_person(person, Demand(), actor=boris, now=NOON)
    first = erase_person(person, Demand(), actor=person, now=NOON)
    again = erase_person(person, Demand(), actor=person, now=NOON + timedelta(hours=1))

    assert first == again
    assert ErasureAct.objects.count() == 1


@pytest.mark.both_in_full
def test_for_somebody_who_asked_on_paper_an_administrator_names_the_paper() -> None:
    person, olga = veronika(), an_administrator()

    with pytest.raises(Refused, match=r"erase\.paper_missing"):
        erase_person(person, Demand(ground="letter"), actor=olga, now=NOON)
    act = erase_person(person, Demand("letter", "17-ПД", NOON.date()), actor=olga, now=NOON)

    assert (act.ground, act.paper_number, act.done_by) == ("letter", "17-ПД", olga)


@pytest.mark.both_in_full
def test_the_last_administrator_hands_over_first() -> None:
    olga = an_administrator()

    with pytest.raises(Refused, match=r"erase\.last_administrator"):
        erase_person(olga, Demand(), actor=olga, now=NOON)
    an_administrator("petr")
    act = erase_person(olga, Demand(), actor=olga, now=NOON)

    assert act.person_key == olga.key


def test_the_head_of_a_centre_leaves_no_role_behind() -> None:
    centre = a_centre("Центр", region=a_region())
    head = a_consultant("head", centre=centre, role="head")

    erase_person(head, Demand(), actor=head, now=NOON)

    assert not CentreStaff.objects.filter(person=head, until=None).exists()


def test_through_pages_one_sees_takes_proves_and_is_gone(client: Client) -> None:
    person = veronika()
    Authenticator.objects.all().delete()
    typed = {"login": ADDRESS, "password": "password of veronika"}
    client.post("/sign-in/", typed)
    client.cookies["django_language"] = "en"
    shown = client.get("/account/held/").text
    asked = client.get("/account/held/file/")["Location"]
    client.post(asked, {"password": "password of veronika"})
    taken = json.loads(client.get("/account/held/file/").content)
    first = client.get("/account/erase/").text
    unsure = client.post("/account/erase/", {"csrfmiddlewaretoken": "any"})
    gone = client.post("/account/erase/", {"is_sure": "on"})
    act = Client().get(gone["Location"])

    assert ADDRESS in shown
    assert SECRET not in shown + json.dumps(taken)
    assert person.password not in shown
    assert any(ADDRESS in row for one in taken["sections"] for row in one["rows"])
    # Nobody else leads the first.
    assert all(one in first for one in ("Полтора шага", "minutes are public by the order"))
    assert (unsure.status_code, gone.status_code, act.status_code) == (422, 302, 200)
    assert gone["Clear-Site-Data"] == '"storage"'
    assert act["Referrer-Policy"] == "strict-origin"
    assert "person.erased" in act.text
    assert client.get("/account/").status_code == 302
    assert client.post("/sign-in/", typed).status_code == 422


def test_what_was_done_is_said_in_the_readers_language_with_its_code_beside(
    client: Client,
) -> None:
    person = veronika()
    act = erase_person(person, Demand(), actor=person, now=NOON)
    giver = a_person("giver")
    give_consent(giver, "letters", how="site", actor=giver, now=NOON)
    client.force_login(giver)
    client.cookies["django_language"] = "en"

    pages = [client.get(page).text for page in ("/account/held/", f"/erasures/{act.key}/")]

    said = re.compile("Consent given <code[^>]*>consent.given, people.consent</code>")
    assert [bool(said.search(page)) for page in pages] == [True, True]
    assert re.search("Account erased <code[^>]*>person.erased, people.person</code>", pages[1])


def test_the_page_asks_each_table_once_however_much_it_holds(client: Client) -> None:
    person = veronika()
    for number in range(3):
        address = f"veronika{number}@example.org"
        EmailAddress.objects.create(user=person, email=address, verified=False)
        send_letter(address, subject="Письмо", text="Текст", language="ru", now=NOON)
    client.force_login(person)
    client.get("/account/held/")

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/account/held/").text

    tables = Counter(re.findall(r'FROM "(\w+)"', " ".join(one["sql"] for one in asked)))
    repeated = {table: number for table, number in tables.items() if number > 1}
    assert page.count("Письмо") == 3
    roles = [f"organisations_{noun}" for noun in ("membership", "centrestaff", "official")]
    # Of every page the head counts messages and looks for roles. Heads, and what was written from
    # somebody's words, are looked for in the same teams; of contacts, answers, the journal and
    # delegations first what is theirs, then the rows.
    twice = ["notices_notice", "base_entry", "grants_joiner"]
    twice += ["organisations_contact", "organisations_head"]
    more = {"organisations_membership": 4, "support_consultation": 3, "exchange_delegate": 3}
    assert repeated == dict.fromkeys([*roles, *twice], 2) | more


def test_nothing_held_is_left_out_of_the_page() -> None:
    person = veronika()

    told = {section.title: section.rows for section in sections_about(person)}

    assert told["Сеансы: где вы входили"] == []
    assert len(told["Согласия"]) == 2
    assert len(told["Приглашения"]) == 3
    assert [NAME in row for row in told["Поездки"]] == [True] * 4
    assert told["Письма вам"] != []
    assert any("Подробности на странице" in row for row in told["Сообщения и настройки сообщений"])
    assert any("Полтора шага" in row for rows in told.values() for row in rows)


@pytest.mark.parametrize(
    "address", ["x" + ADDRESS, "x." + ADDRESS, ADDRESS + "x", ADDRESS + ".ru", "v@example.org"]
)
def test_somebody_half_way_in_by_an_address_like_theirs_goes_on(address: str) -> None:
    person, other, theirs = veronika(), Client(), Client()
    other.post("/sign-in/code/", {"email": address})
    theirs.post("/sign-in/code/", {"email": ADDRESS.upper()})
    keys = [one.session.session_key for one in (other, theirs)]

    erase_person(person, Demand(), actor=person, now=NOON)

    assert [Session.objects.filter(session_key=key).exists() for key in keys] == [True, False]


def test_others_are_left_as_they_are() -> None:
    other, person = a_person("vera"), veronika()

    erase_person(person, Demand(), actor=person, now=NOON)

    kept = Person.objects.get(pk=other.pk)
    assert (kept.name, kept.email, kept.is_active) == ("vera", "vera@example.org", True)
    assert not EntryDetail.objects.exclude(content=b"").exists()  # both named her
