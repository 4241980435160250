"""Each kind of question asks for what it needs before it is put on the agenda."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.people.models import Person
from sinergia.review.actions.items import ItemGiven, put_item, remove_item
from sinergia.review.actions.sittings import SittingGiven, open_sitting, write_sitting
from sinergia.review.models import Item, Sheet, Sitting
from sinergia.review.queries.decision import proposals_of
from sinergia.review.queries.sittings import lines_of
from tests.afterwards import codes_in
from tests.arrange import NOON, a_person
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.commission import (
    a_commission,
    a_member,
    a_sitting,
    an_item,
    members,
    opened,
    votes,
)
from tests.review.deciding import a_rated, adopted

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def put(sitting: Sitting, actor: Person, given: ItemGiven) -> list[str]:
    try:
        put_item(sitting, given, actor=actor, now=NOON)
    except Refused as refusal:
        return [gap.code for gap in refusal.gaps]
    return []


def test_a_move_needs_an_application_and_a_written_reason(
    contest: Contest, operator: Person
) -> None:
    sitting = a_sitting(a_commission(contest, operator), operator)

    assert put(sitting, operator, ItemGiven("move", "Сдвиг", " ", moved="won")) == [
        "item.no_reason",
        "item.no_application",
    ]


def test_an_assessment_is_held_for_unfounded_by_its_signed_sheet(
    contest: Contest, operator: Person
) -> None:
    sitting = a_sitting(a_commission(contest, operator), operator)
    one, expert = an_examination(contest=contest), an_expert(contest=contest)
    sheet = a_sheet(expert, one)
    given = ItemGiven("unfounded", "Оценка", "Без обоснования", one, sheet=str(sheet.key))

    assert put(sitting, operator, given) == ["item.no_sheet"]
    Sheet.objects.update(stage="signed", signed_at=NOON, rating="50")
    assert put(sitting, operator, given) == []
    assert Item.objects.get().proposal == {"sheet": str(sheet.key), "expert": expert.code}


@pytest.mark.parametrize("final", ["100.5", "-1", "70.123"])
def test_a_final_rating_is_one_that_the_rules_know(
    contest: Contest, operator: Person, final: str
) -> None:
    sitting = a_sitting(a_commission(contest, operator), operator)
    given = ItemGiven("rating", "Итог", "Спорно", an_examination(contest=contest), final=final)

    assert put(sitting, operator, given) == ["ruling.rating"]


def test_a_session_is_set_with_its_own_number_and_a_term(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    a_sitting(commission, operator)

    def refused(given: SittingGiven) -> list[str]:
        with pytest.raises(Refused) as refusal:
            write_sitting(commission, given, actor=operator, now=NOON)
        return codes_in(refusal)

    remote = Sitting.Form.CORRESPONDENCE
    assert refused(SittingGiven("1", remote, NOON)) == ["sitting.number_taken", "sitting.no_end"]
    assert refused(SittingGiven("2", remote, NOON, NOON)) == ["sitting.ends_early"]


def test_an_empty_agenda_is_not_opened_and_a_stranger_opens_nothing(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    sitting = a_sitting(commission, operator)

    with pytest.raises(Refused) as refusal:
        open_sitting(sitting, actor=operator, now=NOON)
    with pytest.raises(PermissionDenied):
        open_sitting(sitting, actor=a_person("stranger"), now=NOON)

    assert codes_in(refusal) == ["sitting.no_items", "sitting.no_members"]


def test_a_session_is_offered_to_be_opened_once_there_is_something_to_vote_on(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator)
    sitting = a_sitting(commission, operator)
    client.force_login(operator)
    page = f"/calls/{contest.call.key}/commission/sittings/{sitting.key}/"

    empty = client.get(page).content.decode()
    an_item(sitting, operator)
    ready = client.get(page).content.decode()

    assert [f"{page}step/open/" in one for one in (empty, ready)] == [False, True]


def test_an_empty_choice_of_an_application_is_said_at_its_field(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting = a_sitting(a_commission(contest, operator), operator)
    client.force_login(operator)
    page = f"/calls/{contest.call.key}/commission/sittings/{sitting.key}/items/new/less/"

    assert client.get(page).status_code == 200
    empty = client.get(f"{page}?of=")

    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["of"])


def test_a_session_is_not_opened_before_its_hour(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting = a_sitting(a_commission(contest, operator), operator)
    a_member(sitting.commission, operator)
    an_item(sitting, operator)
    soon, now = timezone.now() + timedelta(hours=2), timezone.now()
    Sitting.objects.filter(pk=sitting.pk).update(begins_at=soon)
    client.force_login(operator)
    here = f"/calls/{contest.call.key}/commission/sittings/{sitting.key}/"

    with pytest.raises(Refused) as refusal:
        open_sitting(sitting, actor=operator, now=now)
    page = client.get(f"{here}step/open/", headers={"accept-language": "en"}).content.decode()

    assert codes_in(refusal) == ["sitting.too_early"]
    assert ("change the hour first" in page, f"{here}change/" in page) == (True, True)
    assert "Open the session</button>" not in page
    Sitting.objects.filter(pk=sitting.pk).update(begins_at=now + timedelta(minutes=59))
    assert client.post(f"{here}step/open/").status_code == 302
    sitting.refresh_from_db()
    assert sitting.stage == "open"


def test_what_has_votes_stays_on_the_agenda(contest: Contest, operator: Person) -> None:
    commission = a_commission(contest, operator)
    chair, second = members(commission, operator, 2)
    sitting = a_sitting(commission, operator)
    item, other = an_item(sitting, operator), an_item(sitting, operator, question="Ещё")
    opened(sitting, operator, chair, second)
    votes(item, chair)
    with pytest.raises(Refused) as refusal:
        remove_item(item, actor=operator, now=NOON)
    remove_item(other, actor=operator, now=NOON)

    assert codes_in(refusal) == ["item.has_votes"]
    assert list(Item.objects.all()) == [item]


def test_what_was_adopted_about_an_application_is_taken_back_by_a_vote(
    contest: Contest, operator: Person
) -> None:
    sitting = a_sitting(a_commission(contest, operator), operator)
    one = a_rated("Двор", "90", contest=contest)
    back = ItemGiven("move", "Как по правилам", "Передумали", one, moved="rules")
    whole = ItemGiven("less", "Целиком", "Передумали", one)
    assert put(sitting, operator, back) == ["item.not_moved"]
    assert put(sitting, operator, whole) == ["cut.nothing"]
    minor = lines_of(one)[0].minor
    adopted(sitting, "move", one, moved="lost")
    cuts = [{"line": "a", "what": "", "minor": 1_000_00}]
    adopted(sitting, "less", one, offered_minor=minor - 1_000_00, cuts=cuts)
    assert proposals_of(contest)[one.pk].moved == "lost"

    for given in (back, whole):
        item = put_item(sitting, given, actor=operator, now=NOON)
        later = NOON + timedelta(hours=1)
        Item.objects.filter(pk=item.pk).update(decision="adopted", decided_at=later)

    told = proposals_of(contest)[one.pk]
    assert (told.moved, told.reason, told.offered_minor, list(told.cuts)) == ("", "", minor, [])


def test_the_pages_of_the_decision_offer_to_take_back(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting = a_sitting(a_commission(contest, operator), operator)
    one = a_rated("Двор", "90", contest=contest)
    adopted(sitting, "move", one, moved="lost")
    client.force_login(operator)
    said = {"moved": "rules", "reason": "Передумали", "sitting": str(sitting.key)}

    answer = client.post(f"/calls/{contest.call.key}/decision/{one.key}/move/", said)

    assert answer.status_code == 302
    item = Item.objects.get(decision="")
    assert item.proposal == {"moved": "rules"}
    page = client.get(
        f"/calls/{contest.call.key}/commission/sittings/{sitting.key}/items/{item.key}/",
        headers={"accept-language": "en"},
    )
    assert "as the rules have it" in page.content.decode()
