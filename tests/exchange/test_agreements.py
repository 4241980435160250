"""The register of partnership agreements: written, found, renewed, told of before an end."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.agreements import (
    PartyGiven,
    digest_of,
    go_on_silently,
    parties_of,
    renew_agreement,
    shelve_agreement,
    warn_of_end,
    write_agreement,
)
from sinergia.exchange.actions.visits import shelve_visit
from sinergia.exchange.models import PartnershipAgreement, Visit
from sinergia.exchange.queries.agreements import (
    agreements_seen_by,
    asked_for,
    ending,
    state_of,
    to_go_on,
    to_warn_of,
)
from sinergia.exchange.queries.filters import AgreementFilter
from sinergia.exchange.queries.timeline import events_of
from sinergia.notices.models import Notice
from tests.arrange import NOON, a_centre, a_region, an_organisation, an_upload
from tests.exchange.arrange_exchange import (
    PARTIES,
    a_home,
    a_programme,
    agreement_given,
    an_agreement,
    an_idea,
    queries_of,
    staff_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TODAY = date(2026, 11, 23)


def found(query: str, *, centre_staff: object = None) -> list[str]:
    asked = AgreementFilter.from_query(dict(pair.split("=") for pair in query.split("&")))
    rows = asked_for(agreements_seen_by(centre_staff), asked, today=TODAY)  # type: ignore[arg-type]  # a person or nobody
    return [row.number for row in rows.order_by("pk")]


def test_an_agreement_is_found_by_its_words_its_parties_and_its_number() -> None:
    centre = a_home()
    actor = staff_of(centre)
    known = an_organisation("Ассоциация «Вместе»", region=a_region())
    parties = [PartyGiven(known, "", "", ""), PARTIES[0]]
    an_agreement(actor, centre, is_public=True)
    write_agreement(
        centre,
        agreement_given(number="17-А", subject="Совместные проекты", is_public=True),
        parties,
        actor=actor,
        now=NOON,
    )

    assert found("q=обмена") == ["4"]
    assert found("q=ассоциации") == ["17-А"]
    assert found("q=17") == ["17-А"]
    assert found("q=палаты") == ["4", "17-А"]
    assert found("region=XA-SVB") == ["17-А"]
    assert found("q=лунёв") == []


@pytest.mark.parametrize(
    ("ends_on", "renewal", "state"),
    [
        (None, "none", "in_force"),
        (TODAY, "none", "ends"),
        (TODAY + timedelta(days=90), "silent", "ends"),
        (TODAY + timedelta(days=91), "none", "in_force"),
        (TODAY - timedelta(days=1), "none", "ended"),
        (TODAY - timedelta(days=1), "silent", "in_force"),
    ],
)
def test_an_agreement_is_in_force_ends_or_has_ended(
    ends_on: date | None, renewal: str, state: str
) -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(actor, centre, ends_on=TODAY, is_public=True)
    PartnershipAgreement.objects.update(ends_on=ends_on, renewal=renewal)
    agreement.refresh_from_db()

    assert state_of(agreement, TODAY) == state
    told = {one for one in ("in_force", "ends", "ended") if found(f"state={one}")}
    assert told == ({"in_force", "ends"} if state == "ends" else {state})


def test_what_is_not_public_is_seen_by_its_own_centre_alone() -> None:
    centre, other = a_home(), a_centre("Центр области")
    actor, neighbour = staff_of(centre), staff_of(other, "theirs")
    agreement = an_agreement(actor, centre)
    with pytest.raises(PermissionDenied):
        renew_agreement(agreement, date(2030, 1, 1), actor=neighbour, now=NOON)

    assert [agreements_seen_by(one).count() for one in (None, neighbour, actor)] == [0, 0, 1]


def test_the_desk_opens_the_agreements_that_it_counts(client: Client) -> None:
    centre, other = a_home(), a_centre()
    soon = timezone.localdate() + timedelta(days=10)
    own_staff = staff_of(centre)
    own = an_agreement(own_staff, centre, number="1", ends_on=soon)
    theirs = an_agreement(
        staff_of(other, "theirs"), other, number="2", ends_on=soon, is_public=True
    )
    client.force_login(own_staff)

    desk = client.get("/desk/").content.decode()
    every = client.get("/exchange/agreements/?state=ends").context["page"].rows
    way = re.search(r'href="([^"]*/agreements/\?state=ends[^"]*)"', desk)
    assert way is not None
    page = client.get(way[1].replace("&amp;", "&"))

    assert ({one.pk for one in every}, page.context["page"].rows) == ({own.pk, theirs.pk}, [own])
    assert f'<option value="{centre.key}" selected>' in page.content.decode()


def test_an_agreement_has_two_parties_at_least_each_named_once() -> None:
    centre = a_home()
    actor = staff_of(centre)
    with pytest.raises(Refused, match=r"agreement\.few_parties"):
        write_agreement(centre, agreement_given(), PARTIES[:1], actor=actor, now=NOON)
    twice = [PARTIES[0], PartyGiven(None, "палата а", "", "")]
    with pytest.raises(Refused, match=r"agreement\.party_twice"):
        write_agreement(centre, agreement_given(), twice, actor=actor, now=NOON)
    given = agreement_given(ends_on=None, renewal="silent")
    with pytest.raises(Refused, match=r"agreement\.silent_without_end"):
        write_agreement(centre, given, PARTIES, actor=actor, now=NOON)


def test_parties_that_somebody_else_changed_are_not_written_over() -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(actor, centre)
    shown = digest_of(parties_of(agreement))
    more = [*PARTIES, PartyGiven(None, "Центр В", "", "")]
    write = {"agreement": agreement, "actor": actor, "now": NOON, "seen_parties": shown}

    write_agreement(centre, agreement_given(), more, **write)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"agreement\.parties_meanwhile"):
        write_agreement(centre, agreement_given(), PARTIES, **write)  # type: ignore[arg-type]

    assert [one.name for one in parties_of(agreement)] == ["Палата А", "Палата Б", "Центр В"]


def test_one_upload_is_one_agreement_and_a_new_file_takes_the_old_ones_place() -> None:
    centre = a_home()
    actor = staff_of(centre)
    upload = an_upload(actor)
    first = an_agreement(actor, centre, file=upload)
    again = an_agreement(actor, centre, file=upload)
    newer = an_upload(actor, b"Agreement", "agreement.txt")
    given = agreement_given(file=newer)
    changed = write_agreement(centre, given, PARTIES, agreement=first, actor=actor, now=NOON)

    assert first.pk == again.pk
    assert changed.file is not None
    assert changed.file.name == "agreement.txt"
    assert Entry.objects.filter(verb="file.removed").count() == 1


def test_the_centres_people_are_told_of_an_end_once_for_each_term() -> None:
    centre = a_home()
    actor = staff_of(centre)
    staff_of(centre, "head", "head")
    agreement = an_agreement(actor, centre, ends_on=TODAY + timedelta(days=90))

    for _day in range(2):
        for pk in to_warn_of(today=TODAY):
            warn_of_end(pk, today=TODAY, now=NOON)
    first = Notice.objects.filter(code="exchange.agreement_ends").count()
    renew_agreement(agreement, TODAY + timedelta(days=455), actor=actor, now=NOON)
    soon = to_warn_of(today=TODAY)
    next_year = to_warn_of(today=TODAY + timedelta(days=365))

    assert (first, soon, next_year) == (2, [], [agreement.pk])
    assert ending(centre, today=TODAY + timedelta(days=365)).get() == agreement


def test_a_silent_renewal_is_said_so_and_begins_the_next_term_by_itself() -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(
        actor, centre, signed_on=date(2024, 12, 1), ends_on=date(2026, 11, 30), renewal="silent"
    )
    warn_of_end(agreement.pk, today=TODAY, now=NOON)
    told = Notice.objects.get()
    early = to_go_on(today=date(2026, 11, 30))
    for pk in to_go_on(today=date(2026, 12, 1)) * 2:
        go_on_silently(pk, today=date(2026, 12, 1), now=NOON)
    agreement.refresh_from_db()

    assert (told.code, early) == ("exchange.agreement_goes_on", [])
    assert (agreement.term_from, agreement.ends_on) == (date(2026, 12, 1), date(2028, 11, 30))
    assert agreement.warned_at is None
    assert Entry.objects.filter(verb="agreement.went_on").count() == 1


def test_a_renewal_is_later_and_pressed_twice_it_is_one() -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(actor, centre)
    for _press in range(2):
        renew_agreement(agreement, date(2028, 1, 15), actor=actor, now=NOON)
    with pytest.raises(Refused, match=r"agreement\.not_later"):
        renew_agreement(agreement, date(2027, 1, 15), actor=actor, now=NOON)
    PartnershipAgreement.objects.update(ends_on=None)
    with pytest.raises(Refused, match=r"agreement\.no_term"):
        renew_agreement(agreement, date(2029, 1, 15), actor=actor, now=NOON)

    assert Entry.objects.filter(verb="agreement.renewed").count() == 1


def test_the_timeline_shows_each_reader_the_visits_that_are_theirs() -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(actor, centre, is_public=True)
    shown = an_idea(actor, centre, agreement=agreement, name="Открытая")
    an_idea(actor, centre, agreement=agreement, name="Задумка", starts_on=None, ends_on=None)
    Visit.objects.filter(pk=shown.pk).update(stage="approved")
    shelve_visit(shown, "publish", actor=actor, now=NOON)

    def kinds(reader: object) -> list[str]:
        events = events_of(agreement, reader)  # type: ignore[arg-type]  # a person or nobody
        return [f"{one.kind} {one.title}".strip() for one in events]

    assert kinds(None) == ["signed", "visit Открытая", "ends"]
    assert kinds(actor) == ["signed", "visit Открытая", "ends", "visit Задумка"]


def test_pages_of_an_agreement_from_entering_to_putting_away(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    an_organisation("Общественная палата", region=a_region())
    for region in (a_region(), a_region("XB-YAR", "Ярогорский край")):
        an_organisation("Палата", region=region)
    client.force_login(actor)
    typed = {
        "number": "4",
        "signed_on": "2024-06-17",
        "subject": "Обмен опытом",
        "renewal": "none",
        "ends_on": "2027-06-17",
        "party-0-body": "палата",
        "party-1-body": "Дума",
    }
    asked = client.post("/exchange/agreements/new/", typed)
    made = client.post("/exchange/agreements/new/", typed | {"party-0-which": "none"})
    page = made.headers["Location"]
    exact = {"party-0-body": "Общественная палата", "parties-seen": "", "is_public": "on"}
    changed = client.post(f"{page}change/", typed | exact)
    agreement = PartnershipAgreement.objects.get()
    shown = Client().get(page)
    away = client.post(f"{page}put-away/")

    assert [one.status_code for one in (asked, made, changed, shown, away)] == [
        422,
        302,
        302,
        200,
        302,
    ]
    assert "party-0-which" in asked.text
    assert [one.organisation is not None for one in parties_of(agreement)] == [True, False]
    assert "Общественная палата" in shown.text
    assert Client().get(page).status_code == 404
    assert client.get(page).status_code == 200


def test_a_file_of_the_register_holds_the_rows_that_the_page_shows(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    programme = a_programme(actor, centre)
    an_agreement(actor, centre, is_public=True, programme=programme)
    an_agreement(actor, centre, number="5", subject="Закрытое", is_public=False)
    client.force_login(actor)

    book = client.get("/exchange/agreements/export.xlsx?sort=subject")
    public = b"".join(Client().get("/exchange/agreements/export.csv"))
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()

    assert [row[0] for row in rows[1:]] == ["5", "4"]
    assert ("Обмен опытом".encode() in public, "Закрытое".encode() in public) == (True, False)
    assert client.get("/exchange/agreements/export.pdf").status_code == 404


def test_the_file_of_an_agreement_is_read_by_whoever_may_see_it(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(actor, centre, file=an_upload(actor))
    address = f"/exchange/agreements/{agreement.key}/file/"
    stranger = Client().get(address).status_code
    client.force_login(actor)
    own = client.get(address)
    PartnershipAgreement.objects.update(is_public=True)

    assert (stranger, own.status_code, Client().get(address).status_code) == (404, 200, 200)
    assert "attachment" in own.headers["Content-Disposition"]


def test_the_register_asks_as_often_for_three_as_for_one(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    an_agreement(actor, centre, is_public=True)
    from_one = queries_of(client, "/exchange/agreements/")
    for number in "56":
        an_agreement(actor, centre, is_public=True, number=number)

    assert queries_of(client, "/exchange/agreements/") == from_one


def test_what_is_put_away_is_found_under_its_own_heading(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(actor, centre, is_public=True)
    shelve_agreement(agreement, is_away=True, actor=actor, now=NOON)

    assert found("state=put_away", centre_staff=actor) == ["4"]
    assert (found("state=put_away"), found("q=обмен", centre_staff=actor)) == ([], [])


def test_a_party_that_the_register_hides_is_named_to_its_keepers_alone(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    group = an_organisation("Тайный круг", region=a_region())
    group.is_public = False
    group.save()
    parties = [PartyGiven(group, "", "", ""), PARTIES[0]]
    given = agreement_given(is_public=True)
    agreement = write_agreement(centre, given, parties, actor=actor, now=NOON)
    pages = ("/exchange/agreements/", f"/exchange/agreements/{agreement.key}/")
    file = "/exchange/agreements/export.csv"

    public = [client.get(page).text for page in pages] + [client.get(file).getvalue().decode()]
    client.force_login(actor)
    own = [client.get(page).text for page in pages] + [client.get(file).getvalue().decode()]

    assert ["Тайный круг" in text for text in public] == [False] * 3
    assert ["Тайный круг" in text for text in own] == [True] * 3
    assert found("q=тайный") == []
