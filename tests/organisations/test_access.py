"""Who may do what in the register: verb × role × whose thing, cell by cell."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Model

from sinergia.organisations import access
from sinergia.organisations.models import Centre, Claim, Organisation, Question
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange import NOON, a_person, a_region, an_organisation
from tests.house.matrix import a_world

pytestmark = [pytest.mark.both_in_full, pytest.mark.django_db]

# Whose organisation: `own` that of leader and editor; `other` that of the outsider, in the same
# region and served by the same centre; `far` in the region of the neighbour's centre; `wild` in a
# region that nobody serves. Only those named may.
ORGANISATION: dict[str, dict[str, str]] = {
    "may_look_inside": {
        "own": "leader editor consultant head",
        "other": "outsider consultant head",
        "far": "neighbour",
        "wild": "administrator",
    },
    "may_edit": {
        "own": "leader editor consultant head",
        "other": "outsider consultant head",
        "far": "neighbour",
        "wild": "administrator",
    },
    "may_speak_for": {"own": "leader", "other": "outsider", "far": "", "wild": ""},
    "may_lead_team": {
        "own": "leader consultant head",
        "other": "outsider consultant head",
        "far": "neighbour",
        "wild": "",
    },
    "may_see_former_people": {
        "own": "consultant head",
        "other": "consultant head",
        "far": "neighbour",
        "wild": "",
    },
    "may_serve": {
        "own": "consultant head",
        "other": "consultant head",
        "far": "neighbour",
        "wild": "",
    },
    "may_keep": {
        "own": "consultant head",
        "other": "consultant head",
        "far": "neighbour",
        "wild": "administrator",
    },
}
# A request to act for each of them, young and a week old; `own` and `other` have a leader.
CLAIM: dict[str, dict[str, str]] = {
    "young": {
        "own": "leader",
        "other": "outsider",
        "far": "neighbour",
        "wild": "administrator",
    },
    "old": {
        "own": "leader consultant head",
        "other": "outsider consultant head",
        "far": "neighbour",
        "wild": "administrator",
    },
}
CENTRE: dict[str, dict[str, str]] = {
    "works_at": {"ours": "consultant head", "theirs": "neighbour"},
    "may_lead": {"ours": "head administrator", "theirs": "administrator"},
    "may_load_for": {
        "ours": "consultant head administrator",
        "theirs": "neighbour administrator",
    },
}
REGION: dict[str, dict[str, str]] = {
    "may_name_official": {
        "ours": "head administrator",
        "theirs": "administrator",
        "wild": "administrator",
    },
    "may_map_fields": {
        "ours": "consultant head administrator",
        "theirs": "neighbour administrator",
        "wild": "administrator",
    },
    "may_write_for_group": {"ours": "consultant head", "theirs": "neighbour", "wild": ""},
    "may_place": {
        "ours": "consultant head administrator",
        "theirs": "neighbour administrator",
        "wild": "administrator",
    },
}
# Two organisations, each of a region; "" of none.
TWO: dict[str, str] = {
    "ours ours": "consultant head",
    "theirs theirs": "neighbour",
    "ours theirs": "administrator",
    "theirs ours": "administrator",
    "wild wild": "administrator",
    "wild ours": "administrator",
    "ours -": "administrator",
    "- -": "administrator",
}
# Of a file that ours or theirs loaded, or administrators (""), about a row of a region or of none.
QUESTION: dict[str, dict[str, str]] = {
    "may_settle": {
        "ours/": "consultant head",
        "ours/theirs": "consultant head neighbour",
        "/ours": "consultant head administrator",
        "/wild": "administrator",
        "/": "administrator",
    },
}
# Of a file that says that an organisation (own, far, wild) is elsewhere, which centre loaded it.
MOVE: dict[str, dict[str, str]] = {
    "may_settle": {
        "own theirs": "consultant head neighbour administrator",
        "own ours": "consultant head administrator",
        "far ours": "consultant head neighbour administrator",
        "wild ours": "consultant head administrator",
        "wild -": "administrator",
    },
    "may_let_go": {
        "own theirs": "consultant head administrator",
        "own ours": "consultant head administrator",
        "far ours": "neighbour administrator",
        "wild ours": "consultant head administrator",
        "wild -": "administrator",
    },
}
# Of a file that ours loaded, or administrators (""), and the region in which its row is written.
ANSWER: dict[str, str] = {
    "ours/ ours": "consultant head",
    "ours/ theirs": "neighbour",
    "ours/ wild": "",
    "ours/ -": "",
    "/ ours": "consultant head administrator",
    "/ theirs": "neighbour administrator",
    "/ wild": "administrator",
    "/ -": "administrator",
}
NOTHING: dict[str, str] = {
    "may_make_centres": "administrator",
}


@pytest.fixture
def people() -> dict[str, Person]:
    world = a_world()
    an_organisation("Дальние", region=Region.objects.get(code="XB-YAR"))
    an_organisation("Ничьи", region=a_region("XC-NIK", "Ничейный край"))
    return world.people


def organisation(whose: str) -> Organisation:
    names = {"own": "Полтора шага", "other": "Чужие", "far": "Дальние", "wild": "Ничьи"}
    return Organisation.objects.get(name=names[whose])


def region(whose: str) -> Region:
    codes = {"ours": "XA-SVB", "theirs": "XB-YAR", "wild": "XC-NIK"}
    return Region.objects.get(code=codes[whose])


def centre(whose: str) -> Centre:
    return Centre.objects.get(regions__region=region(whose))


def question(whose: str) -> Question:
    """Of a file that centre or administrators loaded, about a row of the region."""
    of_centre, of_region = whose.split("/")
    return Question(
        centre=centre(of_centre) if of_centre else None,
        region=region(of_region) if of_region else None,
    )


def move(whose: str) -> Question:
    """The organisation is said to have left its region, by a file of a centre or of nobody's."""
    asked, loaded = whose.split()
    about = organisation(asked)
    return Question(
        code=access.MOVE,
        organisation=about,
        region=about.region,
        centre=None if loaded == "-" else centre(loaded),
    )


def number_of(whose: str) -> int | None:
    return None if whose == "-" else region(whose).pk


THINGS: list[tuple[dict[str, dict[str, str]], Callable[[str], Model]]] = [
    (ORGANISATION, organisation),
    (CENTRE, centre),
    (REGION, region),
    (QUESTION, question),
]
CELLS = [(verb, whose) for table, _ in THINGS for verb in table for whose in table[verb]]


def who_may(people: dict[str, Person], verb: str, *things: Model, **more: object) -> set[str]:
    may = getattr(access, verb)
    return {role for role, person in people.items() if may(person, *things, **more)}


@pytest.mark.parametrize(("verb", "whose"), CELLS)
def test_each_verb_is_for_the_roles_of_its_cell(
    verb: str, whose: str, people: dict[str, Person]
) -> None:
    ((table, thing),) = [pair for pair in THINGS if verb in pair[0]]

    assert who_may(people, verb, thing(whose)) == set(table[verb][whose].split())


@pytest.mark.parametrize("whose", TWO)
def test_who_makes_one_of_two(whose: str, people: dict[str, Person]) -> None:
    regions = [number_of(one) for one in whose.split()]

    told = {role for role, person in people.items() if access.may_merge(person, *regions)}

    assert told == set(TWO[whose].split())


@pytest.mark.parametrize(
    ("verb", "whose"), [(verb, whose) for verb in MOVE for whose in MOVE[verb]]
)
def test_who_lets_an_organisation_go(verb: str, whose: str, people: dict[str, Person]) -> None:
    assert who_may(people, verb, move(whose)) == set(MOVE[verb][whose].split())


def who_writes(people: dict[str, Person], whose: str) -> set[str]:
    asked, where = whose.split()
    return who_may(people, "may_write_for", question(asked), region_id=number_of(where))


@pytest.mark.parametrize("whose", ANSWER)
def test_who_writes_what_a_row_says(whose: str, people: dict[str, Person]) -> None:
    assert who_writes(people, whose) == set(ANSWER[whose].split())


@pytest.mark.parametrize("age", CLAIM)
@pytest.mark.parametrize("whose", CLAIM["old"])
def test_who_answers_a_request(age: str, whose: str, people: dict[str, Person]) -> None:
    claim = Claim.objects.create(
        organisation=organisation(whose), person=a_person("asks"), role="editor", raised_at=NOON
    )
    now = NOON + (access.LEADERS_ALONE if age == "old" else timedelta(hours=1))

    told = who_may(people, "may_settle_claim", claim, now=now)

    assert told == set(CLAIM[age][whose].split())


@pytest.mark.parametrize("verb", NOTHING)
def test_verbs_about_the_installation(verb: str, people: dict[str, Person]) -> None:
    assert who_may(people, verb) == set(NOTHING[verb].split())


def test_nobody_answers_their_own_request(people: dict[str, Person]) -> None:
    head = people["head"]
    own = Claim.objects.create(
        organisation=organisation("other"), person=head, role="leader", raised_at=NOON
    )
    later = NOON + timedelta(days=30)

    told = who_may(people, "may_settle_claim", own, now=later)

    assert told == {"outsider", "consultant"}


def test_where_the_centre_has_nobody_else_administrators_answer(
    people: dict[str, Person],
) -> None:
    own = Claim.objects.create(
        organisation=organisation("far"), person=people["neighbour"], role="leader", raised_at=NOON
    )

    told = who_may(people, "may_settle_claim", own, now=NOON)

    assert told == {"administrator"}


def test_a_closed_account_may_nothing(people: dict[str, Person]) -> None:
    for person in people.values():
        person.is_active = False
        person.save(update_fields=["is_active"])
    claim = Claim.objects.create(
        organisation=organisation("own"), person=a_person("asks"), role="editor", raised_at=NOON
    )

    told = [
        *(
            who_may(people, verb, thing(whose))
            for table, thing in THINGS
            for verb in table
            for whose in table[verb]
        ),
        *(who_may(people, verb) for verb in NOTHING),
        *(who_may(people, verb, move(whose)) for verb in MOVE for whose in MOVE[verb]),
        {one for one in people if access.may_merge(people[one], region("ours").pk)},
        who_may(people, "may_settle_claim", claim, now=NOON + timedelta(days=9)),
        *(who_writes(people, whose) for whose in ANSWER),
    ]

    assert set().union(*told) == set()


def test_every_verb_of_access_is_in_a_table() -> None:
    verbs = {
        name
        for name, one in vars(access).items()
        if name.startswith("may_") and getattr(one, "__module__", "") == access.__name__
    }

    known = {verb for table, _ in THINGS for verb in table} | {*NOTHING, *MOVE}
    known |= {"may_settle_claim", "may_merge", "may_write_for"}
    known -= {"works_at"}
    assert verbs == known
