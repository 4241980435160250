import re
from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.errands.periodic import promise_periodic, set_turns
from sinergia.base.journal.models import Entry
from sinergia.base.search.models import Indexed
from sinergia.base.search.queries import search
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations import models as register
from sinergia.organisations.actions.doubles import ask_again, find_doubles, raise_pair, tell_apart
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.actions.splitting import Parting, split_organisation
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_person,
    a_region,
    a_theme,
    an_administrator,
    an_application,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


def refusal_of(act: Callable[[], object]) -> list[Gap]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.gaps


def test_blanks_are_filled_and_what_is_known_stays(larisa: Person) -> None:
    kept, gone = an_organisation("Полтора шага"), an_organisation("АНО «Полтора шага»")
    town = a_municipality()
    Organisation.objects.filter(pk=kept.pk).update(address="ул. Садовая, 1")
    Organisation.objects.filter(pk=gone.pk).update(
        address="ул. Лесная, 2", municipality=town, registered_on=date(2014, 6, 17)
    )

    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    kept.refresh_from_db()
    assert (kept.address, kept.municipality, kept.registered_on) == (
        "ул. Садовая, 1", town, date(2014, 6, 17),
    )  # fmt: skip
    undo_merge(merge.key, actor=larisa, now=NOON)
    kept.refresh_from_db()
    assert (kept.address, kept.municipality, kept.registered_on) == ("ул. Садовая, 1", None, None)


def test_what_was_written_since_is_not_undone(larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    Organisation.objects.filter(pk=gone.pk).update(address="ул. Лесная, 2")
    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)
    Organisation.objects.filter(pk=kept.pk).update(address="ул. Новая, 3")
    later = an_application(organisation=kept)

    undo_merge(merge.key, actor=larisa, now=NOON)

    kept.refresh_from_db()
    later.refresh_from_db()
    assert (kept.address, later.organisation) == ("ул. Новая, 3", kept)


def test_the_old_address_leads_on_and_the_old_name_is_found(larisa: Person) -> None:
    kept, gone = an_organisation("Полтора шага"), an_organisation("Каштанка")
    index_organisation(gone)

    merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    answer = Client().get(f"/organisations/{gone.key}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/organisations/{kept.key}/")
    found = search("organisation", "каштанка", among=Organisation.objects.all(), limit=5)
    assert (found.ids, Indexed.objects.count()) == ([kept.pk], 1)


def test_two_people_merge_the_same_pair_once(larisa: Person) -> None:
    olga = a_consultant("olga", centre=register.Centre.objects.get())
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")

    first = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)
    second = merge_organisations(kept.key, gone.key, actor=olga, now=NOON)

    assert second == first
    assert [entry.verb for entry in Entry.objects.all()] == ["organisation.merged"]
    turned = refusal_of(lambda: merge_organisations(gone.key, kept.key, actor=olga, now=NOON))
    assert turned == [Gap("merge_already_gone")]
    assert Organisation.objects.filter(pk=kept.pk).exists()


def test_an_organisation_is_not_merged_into_itself(larisa: Person) -> None:
    one = an_organisation()

    assert refusal_of(lambda: merge_organisations(one.key, one.key, actor=larisa, now=NOON)) == [
        Gap("merge_of_one")
    ]


def test_two_numbers_of_one_register_refuse_the_merge_with_a_list(larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    for one, ogrn, inn in (
        (kept, "1027700132195", "7707083893"),
        (gone, "1037739010891", "7728168971"),
    ):
        register.Identifier.objects.create(organisation=one, scheme="RU-OGRN", value=ogrn)
        register.Identifier.objects.create(organisation=one, scheme="RU-INN", value=inn)

    gaps = refusal_of(lambda: merge_organisations(kept.key, gone.key, actor=larisa, now=NOON))

    assert gaps == [Gap("merge_clashes", "organisations.identifier", {"number": 2})]
    assert Organisation.objects.filter(pk=gone.pk).exists()
    assert register.Merge.objects.count() == 0


def test_a_number_that_only_one_of_them_has_moves(larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    register.Identifier.objects.create(organisation=kept, scheme="RU-INN", value="7707083893")
    ogrn = register.Identifier.objects.create(
        organisation=gone, scheme="RU-OGRN", value="1027700132195"
    )

    merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    ogrn.refresh_from_db()
    assert ogrn.organisation == kept


def test_what_both_have_is_kept_once_and_undo_brings_the_other_back(larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    theme, tamara = a_theme(), a_leader("tamara", organisation=kept)
    register.OrganisationTheme.objects.create(organisation=kept, theme=theme)
    register.OrganisationTheme.objects.create(organisation=gone, theme=theme)
    theirs = register.Membership.objects.create(
        organisation=gone, person=tamara, role="editor", since=NOON
    )

    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    assert register.OrganisationTheme.objects.get().organisation == kept
    assert register.Membership.objects.get(person=tamara).role == "leader"
    undo_merge(merge.key, actor=larisa, now=NOON)
    assert register.OrganisationTheme.objects.count() == 2
    theirs.refresh_from_db()
    assert (theirs.organisation, theirs.role) == (gone, "editor")


@pytest.mark.parametrize(("role", "until"), [("editor", None), ("leader", NOON)])
def test_nobody_loses_a_place_or_the_lead_by_a_merge(
    role: str, until: datetime | None, larisa: Person
) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    tamara = a_leader("tamara", organisation=gone)
    register.Membership.objects.create(
        organisation=kept, person=tamara, role=role, since=NOON, until=until
    )

    gaps = refusal_of(lambda: merge_organisations(kept.key, gone.key, actor=larisa, now=NOON))

    assert gaps == [Gap("merge_clashes", "organisations.membership", {"number": 1})]


def test_counts_are_those_of_the_rows(larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    for one in (kept, gone, gone):
        an_application(organisation=one)
    Organisation.objects.filter(pk=kept.pk).update(applications_count=1, won_count=1)
    Organisation.objects.filter(pk=gone.pk).update(applications_count=2, won_count=2)

    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    kept.refresh_from_db()
    assert (kept.applications_count, kept.won_count) == (3, 3)
    assert [(one.name, one.arguments) for one in Errand.objects.all()] == [
        ("applications.recount", {"key": str(kept.key)})
    ]
    undo_merge(merge.key, actor=larisa, now=NOON)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.applications_count, gone.applications_count) == (1, 2)


def test_an_earlier_merge_is_taken_back_after_the_later_one(larisa: Person) -> None:
    one, two, three = (an_organisation(name) for name in ("Первая", "Вторая", "Третья"))
    first = merge_organisations(two.key, three.key, actor=larisa, now=NOON)
    second = merge_organisations(one.key, two.key, actor=larisa, now=NOON)
    assert Client().get(f"/organisations/{three.key}/")["Location"] == f"/organisations/{one.key}/"

    assert refusal_of(lambda: undo_merge(first.key, actor=larisa, now=NOON)) == [
        Gap("merge_moved_on")
    ]

    undo_merge(second.key, actor=larisa, now=NOON)
    undo_merge(first.key, actor=larisa, now=NOON)
    undo_merge(first.key, actor=larisa, now=NOON)  # pressed twice
    assert Organisation.objects.filter(key__in=[one.key, two.key, three.key]).count() == 3
    again = merge_organisations(two.key, three.key, actor=larisa, now=NOON)
    assert again != first


def test_of_three_that_are_one_any_may_be_taken_back(larisa: Person) -> None:
    one, two, three = (an_organisation("Полтора шага") for _ in range(3))
    assert find_doubles(since=None, now=NOON) == 3
    first = merge_organisations(one.key, two.key, actor=larisa, now=NOON)
    merge_organisations(one.key, three.key, actor=larisa, now=NOON)

    undo_merge(first.key, actor=larisa, now=NOON)

    assert Organisation.objects.filter(pk=two.pk).exists()
    assert [{pair.first_id, pair.second_id} for pair in register.Pair.objects.all()] == [
        {one.pk, two.pk}
    ]


@pytest.mark.parametrize("who", ["stranger", "neighbour", "administrator", "leader"])
def test_others_cannot_merge(who: str, larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    actors: dict[str, Callable[[], Person]] = {
        "stranger": lambda: a_person("stranger"),
        "neighbour": lambda: a_consultant("n", centre=a_centre("Б", region=a_region("XB-YAR"))),
        "administrator": lambda: an_administrator("admin"),
        "leader": lambda: a_leader("leader", organisation=kept),
    }
    actor = actors[who]()

    with pytest.raises(PermissionDenied):
        merge_organisations(kept.key, gone.key, actor=actor, now=NOON)
    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)
    with pytest.raises(PermissionDenied):
        undo_merge(merge.key, actor=actor, now=NOON)


def test_one_of_two_regions_is_not_enough(larisa: Person) -> None:
    here, there = an_organisation("Здесь"), an_organisation("Там", region=a_region("XB-YAR"))

    with pytest.raises(PermissionDenied):
        merge_organisations(here.key, there.key, actor=larisa, now=NOON)


def test_what_no_one_centre_serves_is_merged_and_taken_back_by_administrators(
    larisa: Person,
) -> None:
    nina = a_consultant("nina", centre=a_centre("Б", region=a_region("XB-YAR")))
    olga = an_administrator("olga")
    here, there = an_organisation("Здесь"), an_organisation("Там", region=a_region("XB-YAR"))

    merge = merge_organisations(here.key, there.key, actor=olga, now=NOON)

    assert merge.gone_region == there.region
    for actor in (larisa, nina):
        with pytest.raises(PermissionDenied):
            undo_merge(merge.key, actor=actor, now=NOON)
    undo_merge(merge.key, actor=olga, now=NOON)
    assert Organisation.objects.get(key=there.key).region == there.region


def test_doubles_are_found_once_and_what_was_told_apart_is_not_asked_again(larisa: Person) -> None:
    an_organisation("Полтора шага"), an_organisation("АНО «Полтора шага»")
    an_organisation("Другое дело")

    assert find_doubles(since=None, now=NOON) == 1
    assert find_doubles(since=None, now=NOON) == 0

    pair = register.Pair.objects.get()
    assert pair.reasons == "name region"
    tell_apart(pair.key, actor=larisa, now=NOON)
    assert find_doubles(since=None, now=NOON) == 0
    ask_again(pair.key, actor=larisa, now=NOON)
    pair.refresh_from_db()
    assert (pair.settled_at, pair.verdict) == (None, "")


def test_what_was_entered_by_hand_is_found_by_the_next_look_of_a_day() -> None:
    an_organisation("Полтора шага"), an_organisation("АНО «Полтора шага»")

    set_turns(now=NOON)
    promise_periodic(now=NOON)
    run_due_errands(now=NOON)

    assert register.Pair.objects.count() == 1


def test_a_suspicion_that_has_passed_is_taken_away(larisa: Person) -> None:
    one = an_organisation("Полтора шага")
    other = an_organisation("Полтора шага")
    find_doubles(since=None, now=NOON)
    Organisation.objects.filter(pk=other.pk).update(name="Иное", name_folded="иное")
    raise_pair(one.pk, larisa_centre().organisation_id, reason="numbers", now=NOON)

    find_doubles(since=None, now=NOON)

    assert [pair.reasons for pair in register.Pair.objects.all()] == ["numbers"]


def larisa_centre() -> register.Centre:
    return register.Centre.objects.get()


def test_a_split_takes_what_was_chosen_and_a_merge_takes_it_back(larisa: Person) -> None:
    old = an_organisation("Две в одной")
    mine, theirs = an_application(organisation=old), an_application(organisation=old)
    inn = register.Identifier.objects.create(organisation=old, scheme="RU-INN", value="7707083893")
    chosen = {
        "applications.application": [str(theirs.key)],
        "organisations.identifier": ["RU-INN"],
    }

    new = split_organisation(old.key, Parting("Вторая", chosen), actor=larisa, now=NOON)

    for row in (mine, theirs, inn):
        row.refresh_from_db()
    assert (mine.organisation, theirs.organisation, inn.organisation) == (old, new, new)
    assert (new.name, new.region) == ("Вторая", old.region)
    assert list(register.Change.objects.order_by("pk").values_list("field", "after")) == [
        ("split_into", "Вторая"),
        ("split_from", "Две в одной"),
    ]
    merge_organisations(old.key, new.key, actor=larisa, now=NOON)
    theirs.refresh_from_db()
    assert theirs.organisation == old


def test_the_page_of_a_split_says_at_once_what_is_missing_and_calls_nothing_optional(
    larisa: Person, client: Client
) -> None:
    old = an_application(organisation=an_organisation("Две в одной")).organisation
    assert old is not None
    client.force_login(larisa)
    client.cookies["django_language"] = "en"

    asked = client.get(f"/organisations/{old.key}/split/").text
    empty = client.post(f"/organisations/{old.key}/split/", {"name": ""})

    name = re.findall(r'<input[^>]*name="name"[^>]*>', asked)[0]
    assert ("(optional)" in asked, " required" in name) == (False, True)
    told = "Give the other organisation a name.", "Choose at least one thing"
    assert (empty.status_code, [one in empty.text for one in told]) == (422, [True, True])
    assert 'href="#id_name"' in empty.text


def test_a_split_without_a_name_or_a_row_is_refused(larisa: Person) -> None:
    old = an_organisation()

    gaps = refusal_of(lambda: split_organisation(old.key, Parting(" ", {}), actor=larisa, now=NOON))
    assert gaps == [Gap("split_name_missing", "name"), Gap("split_nothing_chosen")]
    strange = Parting("Вторая", {"applications.application": [str(uuid4())]})
    gaps = refusal_of(lambda: split_organisation(old.key, strange, actor=larisa, now=NOON))
    assert gaps == [Gap("split_row_gone", "applications.application")]
    assert not Organisation.objects.filter(name="Вторая").exists()
