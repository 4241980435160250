import re
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.models import Notice
from sinergia.organisations.actions import claims as actions
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.actions.register import Newcomer
from sinergia.organisations.models import Centre, Claim, Identifier, Membership, Organisation
from sinergia.organisations.queries.roles import within
from sinergia.people.models import Person
from tests.afterwards import told
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_administrator,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]
OGRN, INN = "1027700132195", "7707083893"
GIVEN = {"role": "leader", "post": "Директор", "ground": "Избрана собранием 3 марта"}


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def steps() -> Organisation:
    return an_organisation("Полтора шага")


@pytest.fixture
def anna() -> Person:
    return a_person("anna")


def test_a_request_opens_nothing_until_somebody_confirms_it(
    steps: Organisation, larisa: Person, anna: Person
) -> None:
    claim = actions.raise_claim(steps, GIVEN, actor=anna, now=NOON)
    again = actions.raise_claim(steps, GIVEN, actor=anna, now=NOON)  # pressed twice

    assert again == claim
    assert not within(anna).exists()
    assert told(larisa) == ["register.claim_waits"]

    actions.confirm_claim(claim.key, actor=larisa, now=NOON)
    actions.confirm_claim(claim.key, actor=larisa, now=NOON)  # pressed twice

    place = Membership.objects.get()
    assert (place.person, place.role, place.post, place.since) == (
        anna, "leader", "Директор", NOON,
    )  # fmt: skip
    assert list(within(anna)) == [steps]
    assert told(anna) == ["register.claim_confirmed"]
    verbs = Entry.objects.filter(verb__startswith="claim.") | Entry.objects.filter(
        verb__startswith="membership."
    )
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "claim.raised", "claim.settled", "membership.given",
    ]  # fmt: skip


def test_a_refusal_says_why_and_whoever_asked_reads_it(
    steps: Organisation, larisa: Person, anna: Person, client: Client
) -> None:
    claim = actions.raise_claim(steps, GIVEN, actor=anna, now=NOON)
    with pytest.raises(Refused) as refused:
        actions.refuse_claim(claim.key, "", actor=larisa, now=NOON)
    assert refused.value.gaps == [Gap("claim_reason_missing", "reason")]

    actions.refuse_claim(claim.key, "Нет приказа", actor=larisa, now=NOON)
    actions.refuse_claim(claim.key, "Нет приказа", actor=larisa, now=NOON)

    client.force_login(anna)
    assert "Нет приказа" in client.get("/organisations/mine/").content.decode()
    assert told(anna) == ["register.claim_refused"]
    assert not Membership.objects.exists()
    with pytest.raises(Refused) as confirmed:
        actions.confirm_claim(claim.key, actor=larisa, now=NOON)
    with pytest.raises(Refused) as refused:
        actions.refuse_claim(claim.key, "Другими словами", actor=larisa, now=NOON)
    assert confirmed.value.gaps == refused.value.gaps == [Gap("claim_settled")]


def test_a_refusal_that_comes_too_late_says_so_and_keeps_what_was_typed(
    steps: Organisation, larisa: Person, anna: Person, client: Client
) -> None:
    claim = actions.raise_claim(steps, GIVEN, actor=anna, now=NOON)
    actions.confirm_claim(claim.key, actor=larisa, now=NOON)
    client.force_login(larisa)
    client.cookies["django_language"] = "en"
    page, typed = f"/claims/{claim.key}/refuse/", "Нет приказа о назначении"

    late, empty = (client.post(page, {"reason": reason}) for reason in (typed, ""))

    told = "Somebody has answered this request otherwise meanwhile."
    assert (late.status_code, late.text.count(told), late.text.count(typed)) == (422, 1, 1)
    assert (empty.status_code, empty.text.count(told)) == (422, 1)
    claim.refresh_from_db()
    assert (claim.result, claim.reason) == ("confirmed", "")


def test_an_answered_request_is_no_longer_news_to_those_who_were_asked(
    steps: Organisation, larisa: Person, anna: Person
) -> None:
    head = a_consultant("head", centre=a_centre_of(larisa), role="head")
    claims = [
        actions.raise_claim(steps, GIVEN, actor=person, now=NOON)
        for person in (anna, a_person("boris"), a_person("vera"))
    ]
    week = NOON + timedelta(days=7)
    actions.escalate_claim(claims[0].key, now=week)

    actions.confirm_claim(claims[0].key, actor=larisa, now=week)
    actions.withdraw_claim(claims[1].key, actor=claims[1].person, now=week)

    unseen = Notice.objects.filter(is_unseen=True).order_by("pk")
    assert [(one.person, one.code, one.about_key) for one in unseen] == [
        (larisa, "register.claim_waits", str(claims[2].key)),
        (head, "register.claim_waits", str(claims[2].key)),
        (anna, "register.claim_confirmed", str(claims[0].key)),
    ]


def test_its_leaders_answer_first_and_after_three_days_the_centre_may(
    steps: Organisation, larisa: Person, anna: Person
) -> None:
    tamara = a_leader("tamara", organisation=steps)

    claim = actions.raise_claim(steps, GIVEN | {"role": "editor"}, actor=anna, now=NOON)

    assert (told(tamara), told(larisa)) == (["register.claim_waits"], [])
    last = NOON + timedelta(days=3) - timedelta.resolution
    with pytest.raises(PermissionDenied):
        actions.confirm_claim(claim.key, actor=larisa, now=last)
    actions.confirm_claim(claim.key, actor=larisa, now=NOON + timedelta(days=3))
    assert Membership.objects.get(person=anna).role == "editor"


def test_after_seven_days_the_head_of_the_centre_is_asked_once(
    steps: Organisation, larisa: Person, anna: Person
) -> None:
    head = a_consultant("head", centre=a_centre_of(larisa), role="head")
    week_ago = timezone.now() - timedelta(days=7)
    claim = actions.raise_claim(steps, GIVEN, actor=anna, now=week_ago)

    assert actions.escalate_claim(claim.key, now=almost(week_ago)).escalated_at is None
    run_due_errands(now=timezone.now())
    run_due_errands(now=timezone.now())
    actions.escalate_claim(claim.key, now=timezone.now())

    claim.refresh_from_db()
    assert claim.escalated_at is not None
    assert told(head) == ["register.claim_waits", "register.claim_escalated"]
    assert told(larisa) == ["register.claim_waits"]


def test_nobody_is_asked_about_their_own_request(steps: Organisation, larisa: Person) -> None:
    olga, other = an_administrator("olga"), an_administrator("other")
    claim = actions.raise_claim(steps, GIVEN, actor=olga, now=NOON)
    actions.escalate_claim(claim.key, now=NOON + timedelta(days=7))
    assert (told(olga), told(other)) == ([], [])  # its centre has somebody who may answer
    assert told(larisa) == ["register.claim_waits", "register.claim_escalated"]


def test_an_answered_request_is_not_escalated(
    steps: Organisation, larisa: Person, anna: Person
) -> None:
    week_ago = timezone.now() - timedelta(days=8)
    claim = actions.raise_claim(steps, GIVEN, actor=anna, now=week_ago)
    actions.withdraw_claim(claim.key, actor=anna, now=week_ago)
    actions.withdraw_claim(claim.key, actor=anna, now=week_ago)

    run_due_errands(now=timezone.now())

    claim.refresh_from_db()
    assert (claim.escalated_at, claim.result) == (None, "withdrawn")
    with pytest.raises(PermissionDenied):
        actions.withdraw_claim(claim.key, actor=larisa, now=NOON)


def test_where_no_centre_serves_administrators_are_asked(
    steps: Organisation, anna: Person, client: Client
) -> None:
    olga = an_administrator("olga")
    claim = actions.raise_claim(steps, GIVEN, actor=anna, now=NOON)

    client.force_login(olga)
    page = client.get("/claims/").content.decode()

    assert told(olga) == ["register.claim_waits"]
    assert str(claim.key) in page
    actions.confirm_claim(claim.key, actor=olga, now=NOON)
    assert Membership.objects.get().person == anna


def test_a_stranger_with_a_right_number_gets_what_one_without_gets(
    larisa: Person, anna: Person, client: Client
) -> None:
    led, empty = an_organisation("С людьми"), an_organisation("Без людей")
    a_leader("tamara", organisation=led)
    Identifier.objects.create(organisation=led, scheme="RU-INN", value=INN)
    Identifier.objects.create(organisation=led, scheme="RU-OGRN", value=OGRN)
    client.force_login(anna)

    answers = [client.post(f"/organisations/{one.key}/claim/", GIVEN) for one in (led, empty)]

    assert [(one.status_code, one["Location"]) for one in answers] == [
        (302, "/organisations/mine/"), (302, "/organisations/mine/"),
    ]  # fmt: skip
    told_of = client.get("/organisations/mine/").context["claims"]
    assert len({(row.kind, row.state) for row in told_of}) == 1
    pages = [
        bare(client.get(f"/organisations/{one.key}/claim/").content, one) for one in (led, empty)
    ]
    assert pages[0] == pages[1]
    invented = an_organisation("Выдуманная")
    address = f"/organisations/{invented.key}/inside/"
    Organisation.objects.filter(pk=invented.pk).delete()
    inside = client.get(f"/organisations/{led.key}/inside/")
    missing = client.get(address)
    assert (inside.status_code, bare(inside.content, led)) == (404, bare(missing.content, invented))


def test_a_newcomer_is_hidden_until_the_request_is_confirmed(
    larisa: Person, anna: Person, client: Client
) -> None:
    client.force_login(anna)
    typed = GIVEN | {"name": "АНО «Новые»", "ogrn": OGRN, "inn": INN, "region": a_region().code}

    response = client.post("/organisations/mine/new/", typed)

    organisation = Organisation.objects.get(name="АНО «Новые»")
    claim = Claim.objects.get()
    assert (response.status_code, claim.organisation) == (302, organisation)
    assert client.get(f"/organisations/{organisation.key}/").status_code == 404
    assert "АНО «Новые»" not in client.get("/organisations/?q=новые").content.decode()

    actions.confirm_claim(claim.key, actor=larisa, now=NOON)

    assert client.get(f"/organisations/{organisation.key}/").status_code == 200
    assert client.get(f"/organisations/{organisation.key}/inside/").status_code == 200
    assert recount_register() == 0


def test_a_known_number_leads_to_the_organisation_that_has_it_and_tells_nothing(
    larisa: Person, anna: Person, client: Client
) -> None:
    boris = a_person("boris")
    newcomer = Newcomer(name="Первые", ogrn=OGRN, region_id=a_region().pk, is_public=False)
    first = actions.claim_newcomer(newcomer, GIVEN, actor=anna, now=NOON)
    client.force_login(boris)
    typed = GIVEN | {"name": "Вторые", "ogrn": OGRN, "inn": INN, "region": a_region().code}

    client.post("/organisations/mine/new/", typed)

    second = Claim.objects.get(person=boris)
    assert second.organisation == first.organisation
    page = client.get("/organisations/mine/").content.decode()
    assert ("Первые" in page, OGRN in page) == (False, True)
    assert "Первые" not in client.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("ogrn", "1027700132196"),  # the check digit
        ("ogrn", "304500116000157"),  # a person's
        ("inn", "7707083894"),
        ("inn", "500100732259"),  # a person's
        ("region", ""),
        ("ground", ""),
    ],
)
def test_what_is_mistyped_stays_and_is_told_at_its_field(
    field: str, typed: str, anna: Person, client: Client
) -> None:
    client.force_login(anna)
    right = GIVEN | {"name": "Новые", "ogrn": OGRN, "inn": INN, "region": a_region().code}

    response = client.post("/organisations/mine/new/", right | {field: typed})

    assert (response.status_code, response.context["form"].errors.keys()) == (422, {field})
    assert "Новые" in response.content.decode()
    assert not Organisation.objects.exists()


def test_a_newcomer_that_is_there_already_is_joined_and_the_request_goes_with_it(
    steps: Organisation, larisa: Person, anna: Person
) -> None:
    newcomer = Newcomer(name="Полтора шага", inn=INN, region_id=a_region().pk, is_public=False)
    claim = actions.claim_newcomer(newcomer, GIVEN, actor=anna, now=NOON)

    merge_organisations(steps.key, claim.organisation.key, actor=larisa, now=NOON)
    actions.confirm_claim(claim.key, actor=larisa, now=NOON)

    assert Membership.objects.get().organisation == steps


def test_one_person_asks_ten_times_a_day_at_most(larisa: Person, anna: Person) -> None:
    for number in range(10):
        actions.raise_claim(an_organisation(f"№ {number}"), GIVEN, actor=anna, now=NOON)
    more = an_organisation("Лишняя")

    with pytest.raises(Refused) as refused:
        actions.raise_claim(more, GIVEN, actor=anna, now=NOON)

    assert refused.value.gaps == [Gap("claim_too_many", values={"most": 10})]
    tomorrow = NOON + timedelta(days=1)
    assert actions.raise_claim(more, GIVEN, actor=anna, now=tomorrow).raised_at == tomorrow


def test_who_is_in_may_only_ask_to_rise(steps: Organisation, larisa: Person) -> None:
    lev = a_leader("lev", organisation=steps, role="editor")
    with pytest.raises(Refused) as refused:
        actions.raise_claim(steps, GIVEN | {"role": "editor"}, actor=lev, now=NOON)
    assert refused.value.gaps == [Gap("claim_in_team")]

    claim = actions.raise_claim(steps, GIVEN, actor=lev, now=NOON)
    actions.confirm_claim(claim.key, actor=larisa, now=NOON)

    assert Membership.objects.get(person=lev).role == "leader"


def test_the_list_asks_as_much_for_three_requests_as_for_one(
    larisa: Person, client: Client
) -> None:
    client.force_login(larisa)
    counts = []
    for number in (1, 2, 3):
        actions.raise_claim(
            an_organisation(f"№ {number}"), GIVEN, actor=a_person(f"p{number}"), now=NOON
        )
        counts.append(queries_of(client, "/claims/"))

    assert counts[0] == counts[2]


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ("example.org", "the mailbox is on the organisation’s site"),
        ("pages.example.org", "the mailbox is on the organisation’s site"),
        ("example.com", "the mailbox is elsewhere"),
        ("", "the organisation’s site is not known: there is nothing to compare with"),
    ],
)
def test_what_the_address_says_is_told(
    site: str, said: str, larisa: Person, client: Client
) -> None:
    own = an_organisation("Свои")
    Organisation.objects.filter(pk=own.pk).update(site=site, site_key=site)
    claim = actions.raise_claim(own, GIVEN, actor=a_person("anna"), now=NOON)
    client.force_login(larisa)
    client.cookies["django_language"] = "en"

    page = client.get(f"/claims/{claim.key}/").content.decode()

    assert said in page


def a_centre_of(person: Person) -> Centre:
    return Centre.objects.get(staff__person=person)


def bare(page: bytes, about: Organisation) -> str:
    """A page without what it is about, and without its tokens, which differ each time."""
    said = page.decode().replace(about.name, "").replace(str(about.key), "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", said)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def almost(moment: datetime) -> datetime:
    return moment + timedelta(days=7) - timedelta.resolution
