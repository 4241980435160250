"""A practice is taken home: told, helped with, proven by another's word, never in a circle."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions import adopting
from sinergia.practices.actions.adopting import Intent, Proof
from sinergia.practices.actions.letters import write_letter
from sinergia.practices.models import Adoption, Practice
from sinergia.practices.queries.adoptions import (
    adoptions_of,
    shown_of,
    tally_of,
    to_be_confirmed_by,
)
from sinergia.practices.queries.catalogue import compared
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_administrator,
    an_organisation,
    sign_in_twice,
)
from tests.practices.arrange import published, write

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PROOF = Proof("Семьи занимаются дома", "12 семей", "Анкета до и после")


@dataclass(frozen=True)
class Sides:
    """Authors in one region, adopters in another, each with a centre and its consultant."""

    practice: Practice
    adopters: Organisation
    author: Person
    adopter: Person
    authors_centre: Person
    adopters_centre: Person

    def intend(self, **given: object) -> Adoption:
        intent = Intent(**given)  # type: ignore[arg-type]
        return adopting.intend(self.practice, self.adopters, intent, actor=self.adopter, now=NOON)


@pytest.fixture
def sides() -> Sides:
    here, there = a_region(), a_region("XB-YAR", "Ярогорский край")
    authors = an_organisation("Полтора шага", region=here)
    adopters = an_organisation("Завтра у реки", region=there)
    return Sides(
        published(organisation=authors),
        adopters,
        a_leader("author", organisation=authors),
        a_leader("adopter", organisation=adopters),
        a_consultant("authors-centre", centre=a_centre(region=here)),
        a_consultant("adopters-centre", centre=a_centre("Центр края", region=there)),
    )


def codes_told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("code", flat=True))


def gaps_of(raised: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [gap.code for gap in raised.value.gaps]


def test_a_practice_is_taken_home_once_with_the_text_that_was_published(sides: Sides) -> None:
    taken = sides.practice.revisions.latest("pk")
    changes = {"scale": " Дважды в неделю ", "budget": "", "junk": "?"}

    made = sides.intend(way="mentor", changes=changes)
    write(sides.practice, {"title": "Иначе"})
    again = sides.intend(way="alone")

    assert again == made
    assert (made.origin, made.state, made.way) == (taken, "intended", "mentor")
    assert made.changes == {"scale": "Дважды в неделю"}
    assert codes_told(sides.author) == ["practices.taken_home"]
    assert [one.verb for one in Entry.objects.all()] == ["adoption.intended"]


def test_nobody_takes_home_what_is_their_own_or_is_gone(sides: Sides) -> None:
    authors = sides.practice.organisation
    assert authors is not None
    with pytest.raises(Refused) as own:
        adopting.intend(sides.practice, authors, Intent(), actor=sides.author, now=NOON)
    sides.practice.removed_at = NOON
    sides.practice.save()
    with pytest.raises(Refused) as gone:
        sides.intend()

    assert (gaps_of(own), gaps_of(gone)) == (["adoption.own"], ["adoption.gone"])
    with pytest.raises(PermissionDenied):
        adopting.intend(sides.practice, sides.adopters, Intent(), actor=sides.author, now=NOON)


def test_a_centre_takes_home_from_somebody_s_words_and_says_whose(sides: Sides) -> None:
    actor = sides.adopters_centre
    with pytest.raises(Refused) as silent:
        adopting.intend(sides.practice, sides.adopters, Intent(), actor=actor, now=NOON)

    made = adopting.intend(
        sides.practice, sides.adopters, Intent(told_by="Яровая"), actor=actor, now=NOON
    )

    assert (gaps_of(silent), made.told_by) == (["nobody_told"], "Яровая")


def test_administrators_keep_what_is_taken_home_where_no_centre_serves(sides: Sides) -> None:
    olga = an_administrator()
    far = an_organisation("Дальние", region=a_region("XC-ZAR", "Зареченская область"))
    adoption = adopting.intend(
        sides.practice, far, Intent(told_by="Яровая Т. И."), actor=olga, now=NOON
    )
    sides.intend()

    assert list(adoptions_of(olga)) == [adoption]
    letter = write_letter(adoption, "Когда можно приехать?", actor=olga, now=NOON)
    assert letter.of == far
    assert codes_told(sides.author)[-1] == "practices.letter"


def test_proven_needs_a_number_how_it_was_measured_and_the_word_of_somebody_else(
    sides: Sides,
) -> None:
    made = adopting.run(sides.intend(), actor=sides.adopter, now=NOON)
    with pytest.raises(Refused) as bare:
        adopting.say_proven(made, Proof("", "много", ""), actor=sides.adopter, now=NOON)
    with pytest.raises(Refused) as early:
        adopting.confirm_proven(made, actor=sides.author, now=NOON)
    said = adopting.say_proven(made, PROOF, actor=sides.adopter, now=NOON)
    colleague = a_leader("colleague", organisation=sides.adopters)
    for one in (sides.adopter, colleague, a_person("stranger")):
        with pytest.raises(PermissionDenied):
            adopting.confirm_proven(said, actor=one, now=NOON)

    later = NOON + timedelta(days=1)
    proven = adopting.confirm_proven(said, actor=sides.author, now=later)
    again = adopting.confirm_proven(said, actor=sides.authors_centre, now=later)

    assert sorted(gaps_of(bare)) == ["adoption.missing", "adoption.missing", "adoption.no_number"]
    assert gaps_of(early) == ["adoption.nothing_said"]
    assert (proven.state, proven.confirmed_by, proven.confirmed_at) == (
        "proven",
        sides.author,
        later,
    )
    assert (again.confirmed_by, again.number) == (sides.author, "12 семей")
    assert codes_told(sides.authors_centre) == ["practices.to_confirm"]
    assert codes_told(sides.adopter) == ["practices.proven"]


def test_results_wait_for_whoever_may_confirm_them_and_for_nobody_else(
    sides: Sides, client: Client
) -> None:
    made = adopting.run(sides.intend(), actor=sides.adopter, now=NOON)
    adopting.say_proven(made, PROOF, actor=sides.adopter, now=NOON)
    people = (sides.author, sides.authors_centre, sides.adopters_centre, sides.adopter)

    waiting = [to_be_confirmed_by(one).count() for one in people]
    shown = []
    for one in people:
        sign_in_twice(client, one)
        page = client.get("/adoptions/?waiting=yes").context["page"]
        shown.append(len(page.rows))
    adopting.confirm_proven(made, actor=sides.author, now=NOON)

    assert shown == waiting == [1, 1, 1, 0]
    assert [to_be_confirmed_by(one).count() for one in people] == [0, 0, 0, 0]


def test_the_consultant_who_wrote_it_from_words_does_not_confirm_it(sides: Sides) -> None:
    made = adopting.run(sides.intend(), actor=sides.adopters_centre, now=NOON)
    said = adopting.say_proven(made, PROOF, actor=sides.adopters_centre, now=NOON)

    with pytest.raises(PermissionDenied):
        adopting.confirm_proven(said, actor=sides.adopters_centre, now=NOON)


def test_a_step_back_takes_the_confirmation_away_and_keeps_what_was_written(sides: Sides) -> None:
    made = adopting.run(sides.intend(), actor=sides.adopter, now=NOON)
    said = adopting.say_proven(made, PROOF, actor=sides.adopter, now=NOON)
    adopting.confirm_proven(said, actor=sides.author, now=NOON)

    with pytest.raises(Refused) as unasked:
        adopting.run(made, actor=sides.adopter, now=NOON)
    assert gaps_of(unasked) == ["adoption.not_from_here"]
    back = adopting.go_back(made, actor=sides.adopter, now=NOON)
    assert (back.state, back.said_by, back.confirmed_by, back.number) == (
        "running", None, sides.adopter, "12 семей",
    )  # fmt: skip
    meant = adopting.go_back(made, actor=sides.adopter, now=NOON)
    assert (meant.state, meant.confirmed_by) == ("intended", None)
    assert adopting.go_back(made, actor=sides.adopter, now=NOON).state == "intended"


def test_what_did_not_go_says_why_and_may_be_taken_up_unless_it_was_begun_anew(
    sides: Sides,
) -> None:
    made = sides.intend()
    with pytest.raises(Refused) as silent:
        adopting.drop(made, " ", actor=sides.adopter, now=NOON)
    dropped = adopting.drop(made, "Нет лицензии", actor=sides.adopter, now=NOON)
    with pytest.raises(Refused) as wrong:
        adopting.run(dropped, actor=sides.adopter, now=NOON)
    other = sides.intend()

    with pytest.raises(Refused) as twice:
        adopting.go_back(dropped, actor=sides.adopter, now=NOON)

    assert (gaps_of(silent), gaps_of(wrong), gaps_of(twice)) == (
        ["adoption.no_reason"], ["adoption.not_from_here"], ["adoption.twice"],
    )  # fmt: skip
    assert (dropped.why_not, other.pk == made.pk) == ("Нет лицензии", False)


def test_letters_go_to_the_other_side_and_authors_alone_offer_help(sides: Sides) -> None:
    made = sides.intend()

    offered = write_letter(made, "Поможем", offer="mentor", actor=sides.author, now=NOON)
    again = write_letter(made, "Поможем", offer="mentor", actor=sides.author, now=NOON)
    asked = write_letter(made, "Когда?", actor=sides.adopter, now=NOON)
    later = write_letter(made, "Когда?", actor=sides.adopter, now=NOON + timedelta(days=3))
    centre = write_letter(made, "Смотрим", actor=sides.adopters_centre, now=NOON)

    assert again == offered
    assert later != asked
    assert [one.of.name for one in (offered, asked, centre)] == [
        "Полтора шага", "Завтра у реки", "Центр края",
    ]  # fmt: skip
    assert codes_told(sides.adopter) == ["practices.letter"] * 2
    assert codes_told(sides.author)[1:] == ["practices.letter"] * 3
    with pytest.raises(PermissionDenied):
        write_letter(made, "Мы", offer="mentor", actor=sides.adopter, now=NOON)
    with pytest.raises(PermissionDenied):
        write_letter(made, "Я", actor=a_person("stranger"), now=NOON)
    with pytest.raises(Refused):
        write_letter(made, " ", actor=sides.author, now=NOON)


def test_the_public_counts_what_runs_and_is_proven_and_never_what_is_meant(sides: Sides) -> None:
    made, stranger = sides.intend(), a_person("stranger")
    people = (None, stranger, sides.author, sides.adopter, sides.authors_centre)

    def told() -> tuple[list[int], int]:
        seen = [shown_of(sides.practice, one).count() for one in people]
        (card,) = compared([str(sides.practice.key)])
        taken: int = card.taken  # type: ignore[attr-defined]  # annotated
        assert tally_of(sides.practice).total == taken
        return seen, taken

    meant = told()
    adopting.run(made, actor=sides.adopter, now=NOON)
    runs = told()
    adopting.drop(made, "Нет лицензии", actor=sides.adopter, now=NOON)
    dropped = told()

    assert (meant, runs, dropped) == (
        ([0, 0, 1, 1, 1], 0), ([1, 1, 1, 1, 1], 1), ([0, 0, 1, 1, 1], 0),
    )  # fmt: skip
    assert [adoptions_of(one).count() for one in people if one] == [0, 1, 1, 1]


def a_child(parent: Practice, name: str) -> tuple[Practice, Person]:
    """A practice of others that grew from `parent`, taken home by them."""
    adopters = an_organisation(name)
    leader = a_leader(name, organisation=adopters)
    adoption = adopting.intend(parent, adopters, Intent(), actor=leader, now=NOON)
    child = published(name, organisation=adopters)
    adopting.grow_practice(child, adoption, actor=leader, now=NOON)
    return child, leader


def test_a_practice_never_grows_from_itself_or_from_what_grew_from_it(sides: Sides) -> None:
    authors = sides.practice.organisation
    assert authors is not None
    line = [sides.practice]
    for depth in range(3):
        child, _leader = a_child(line[-1], f"child-{depth}")
        line.append(child)

    for descendant in line[1:]:
        adoption = adopting.intend(descendant, authors, Intent(), actor=sides.author, now=NOON)
        with pytest.raises(Refused) as circle:
            adopting.grow_practice(sides.practice, adoption, actor=sides.author, now=NOON)
        assert gaps_of(circle) == ["descent.circle"]
    fresh = published("Новая", organisation=authors)
    grown = adopting.grow_practice(fresh, adoption, actor=sides.author, now=NOON)
    again = adopting.grow_practice(fresh, adoption, actor=sides.author, now=NOON)

    assert (grown, grown.adoption.practice) == (again, line[-1])


def test_a_practice_grew_from_one_other_and_can_be_parted(sides: Sides) -> None:
    child, leader = a_child(sides.practice, "child")
    descent = child.descent
    other = published("Другая", organisation=sides.practice.organisation)
    child_owner = child.organisation
    assert child_owner is not None
    adoption = adopting.intend(other, child_owner, Intent(), actor=leader, now=NOON)

    with pytest.raises(Refused) as twice:
        adopting.grow_practice(child, adoption, actor=leader, now=NOON)
    with pytest.raises(PermissionDenied):
        adopting.grow_practice(sides.practice, adoption, actor=leader, now=NOON)
    adopting.part_practice(descent, actor=leader, now=NOON)
    adopting.part_practice(descent, actor=leader, now=NOON)
    adopting.grow_practice(child, adoption, actor=leader, now=NOON)

    assert gaps_of(twice) == ["descent.twice"]
    assert [one.verb for one in Entry.objects.filter(verb="practice.parted")] == ["practice.parted"]


def test_a_step_back_is_told_to_the_authors_and_of_what_was_proven_to_the_centres(
    sides: Sides,
) -> None:
    made = adopting.run(sides.intend(), actor=sides.adopter, now=NOON)
    adopting.say_proven(made, PROOF, actor=sides.adopter, now=NOON)
    adopting.confirm_proven(made, actor=sides.authors_centre, now=NOON)
    Notice.objects.all().delete()

    for _step in range(3):
        adopting.go_back(made, actor=sides.adopter, now=NOON)

    back = ["practices.stepped_back"]
    assert (codes_told(sides.author), codes_told(sides.authors_centre)) == (back * 2, back)
