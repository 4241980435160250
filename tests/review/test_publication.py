"""Until its moment nothing of a decision is seen outside; then everybody sees it at once."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from sinergia.applications.models import Application, Submission
from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest, Outcome
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.review import tasks
from sinergia.review.actions import publishing
from sinergia.review.actions.deciding import decide_contest
from sinergia.review.actions.publishing import (
    Planned,
    hold_publication,
    plan_publication,
    publish_due,
    publish_now,
    set_publication,
)
from sinergia.review.models import Award, Examination, Publication, ResultLetter, Sitting
from sinergia.review.words.results import letters_said
from tests.afterwards import codes_of, run_errands
from tests.arrange import NOON, a_leader, a_person, a_region, an_official, sign_in_twice
from tests.review.deciding import a_rated, decided, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = NOON + timedelta(days=3)


@pytest.fixture
def rich(contest: Contest) -> Contest:
    """A contest with 100 000 for all, of which one application wins."""
    contest.budget_minor = 100_000_00
    contest.save()
    a_rated("Победитель", "91.25", contest=contest)
    a_rated("Запасной", "80", contest=contest)
    a_rated("Прочий", "20", contest=contest)
    return contest


def outside(contest: Contest) -> list[str]:
    """Addresses at which a decision could be seen too early."""
    first = Application.objects.get(title="Победитель")
    owner, call, key = first.organisation, contest.call.key, first.submission.key
    assert owner is not None
    return [
        f"/calls/{call}/", f"/calls/{call}/results/", f"/calls/{call}/results/export.csv",
        f"/calls/{call}/results/export.xlsx", f"/calls/{call}/results/verify/",
        f"/calls/{call}/results/archive.zip", f"/organisations/{owner.key}/",
        f"/regions/{a_region().code}/", "/regions/", "/applications/",
        "/applications/export.csv", f"/applications/{first.key}/", "/search/?q=Победитель",
        f"/submissions/{key}/", f"/submissions/{key}/decline/", "/notices/", "/desk/",
        "/organisations/?has=won", f"/calls/{call}/came-in/", f"/calls/{call}/decision/",
    ]  # fmt: skip


def test_before_its_moment_nothing_is_seen_outside(
    rich: Contest, operator: Person, client: Client
) -> None:
    Contest.objects.update(stage="closed")
    owner, addresses = Application.objects.get(title="Победитель").organisation, outside(rich)
    assert owner is not None
    leader = a_leader("winner", organisation=owner)
    readers = [None, leader, a_person("person"), an_official("official")]

    def seen() -> list[tuple[int, bytes]]:
        told = []
        for reader in readers:
            client.logout()
            if reader is not None:
                sign_in_twice(client, reader)
            for address in addresses:
                page = client.get(address)
                content = b"".join(page) if page.streaming else page.content
                told.append((page.status_code, _without_chance(content)))
        return told

    before = seen()
    decided(rich, operator)
    plan_publication(rich, Planned(LATER, "Поздравляем"), actor=operator, now=NOON)
    set_publication(rich, actor=operator, now=NOON)
    after = seen()

    different = [
        addresses[place % len(addresses)]
        for place, (one, other) in enumerate(zip(before, after, strict=True))
        if one != other
    ]
    assert different == []
    assert not any(b"91" in content and b"rating" in content for _status, content in after)
    assert set(Application.objects.values_list("outcome", flat=True)) == {Outcome.PENDING}


def _without_chance(content: bytes) -> bytes:
    """A page without what differs from one asking to the next: tokens, the minute."""
    lines = [line for line in content.splitlines() if b"csrf" not in line]
    return b"\n".join(lines) if not content.startswith(b"PK") else b""


def test_its_moment_flips_one_row_and_errands_write_the_rest(
    rich: Contest, operator: Person, client: Client
) -> None:
    decided(rich, operator)
    moment = timezone.now() + timedelta(seconds=30)
    plan_publication(rich, Planned(moment), actor=operator, now=timezone.now())
    set_publication(rich, actor=operator, now=timezone.now())
    assert publish_due(rich, now=moment - timedelta(microseconds=1)) is None

    assert publish_due(rich, now=moment) is not None

    assert Publication.objects.get().stage == "published"
    assert set(Application.objects.values_list("outcome", flat=True)) == {Outcome.PENDING}
    run_errands()
    told = Application.objects.order_by("pk").values_list("outcome", "awarded_minor", "decided_on")
    assert list(told) == [
        (Outcome.WON, 90_000_00, NOON.date()),
        (Outcome.LOST, 0, NOON.date()),
        (Outcome.LOST, 0, NOON.date()),
    ]
    counts = Organisation.objects.exclude(applications_count=0).order_by("pk")
    assert list(counts.values_list("won_count", flat=True)) == [1, 0, 0]
    assert client.get(f"/calls/{rich.call.key}/results/").status_code == 200


def test_publishing_twice_or_by_two_at_once_tells_it_once(rich: Contest, operator: Person) -> None:
    decided(rich, operator)

    for _press in range(3):
        publish_now(rich, actor=operator, now=NOON)
        publish_due(rich, now=LATER)
    run_errands()
    letters = ResultLetter.objects.count()
    for name in ("write_outcomes", "queue_letters"):
        getattr(tasks, name)(str(Publication.objects.get().key))

    assert Entry.objects.filter(verb="results.published").count() == 1
    assert Entry.objects.filter(verb="applications.outcomes_written").count() == 1
    assert ResultLetter.objects.count() == letters == 3


def test_killed_in_the_middle_it_goes_on_where_it_stood(
    rich: Contest, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "STEP", 1)
    monkeypatch.setattr(tasks, "LETTERS", 1)
    published(rich, operator)
    real, calls = letters_said, []

    def dies_once(*given: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return real(*given)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr(tasks, "letters_said", dies_once)
    run_errands()

    assert ResultLetter.objects.count() == 3
    assert Application.objects.filter(outcome=Outcome.PENDING).count() == 0
    assert len(calls) == 5  # three, the one that died, and the last that finds nobody


def test_held_back_or_put_off_it_does_not_go_out(rich: Contest, operator: Person) -> None:
    decided(rich, operator)
    plan_publication(rich, Planned(LATER), actor=operator, now=NOON)
    set_publication(rich, actor=operator, now=NOON)
    hold_publication(rich, actor=operator, now=NOON)
    assert publish_due(rich, now=LATER) is None

    set_publication(rich, actor=operator, now=NOON)
    much_later = LATER + timedelta(days=1)
    plan_publication(rich, Planned(much_later), actor=operator, now=NOON)

    assert publish_due(rich, now=LATER) is None
    assert publish_due(rich, now=much_later) is not None
    assert codes_of(lambda: hold_publication(rich, actor=operator, now=much_later)) == [
        "publication.done"
    ]


def test_it_needs_a_decision_a_moment_and_somebody_who_runs_the_contest(
    rich: Contest, operator: Person
) -> None:
    assert codes_of(lambda: set_publication(rich, actor=operator, now=NOON)) == [
        "publication.not_decided",
        "publication.no_moment",
    ]
    assert codes_of(lambda: publish_now(rich, actor=operator, now=NOON)) == [
        "publication.not_decided"
    ]
    with pytest.raises(PermissionDenied):
        publish_now(rich, actor=a_person("stranger"), now=NOON)


@pytest.mark.parametrize("what", ["half", "admitted", "withdrawn", "rated"])
def test_a_decision_that_is_half_written_or_old_is_not_published(
    rich: Contest, operator: Person, client: Client, what: str
) -> None:
    sitting = decided(rich, operator)
    plan_publication(rich, Planned(LATER), actor=operator, now=NOON)
    last = Award.objects.order_by("-at")[0].examination
    if what == "half":
        last.award.delete()
    elif what == "admitted":
        a_rated("Опоздавший", "70", contest=rich)
    elif what == "withdrawn":
        Submission.objects.filter(pk=last.submission_id).update(
            stage="withdrawn", withdrawn_at=NOON
        )
    else:
        Examination.objects.filter(pk=last.pk).update(final=75)

    for act in (set_publication, publish_now):
        told = codes_of(partial(act, rich, actor=operator, now=NOON))
        assert told == ["publication.unwritten"]
    sign_in_twice(client, operator)
    address = f"/calls/{rich.call.key}/publication/step/now/"
    page = client.post(address, headers={"accept-language": "en"}, follow=True)
    assert "leaves out 1 application" in page.content.decode()
    decide_contest(rich, sitting, actor=operator, now=NOON)
    set_publication(rich, actor=operator, now=NOON)

    assert Publication.objects.get().stage == "set"


def test_what_was_decided_in_a_session_that_is_not_closed_is_not_published(
    rich: Contest, operator: Person
) -> None:
    sitting = decided(rich, operator)
    Sitting.objects.update(stage="open", digest="", closed_at=None)
    plan_publication(rich, Planned(LATER), actor=operator, now=NOON)

    for act in (set_publication, publish_now):
        told = codes_of(partial(act, rich, actor=operator, now=NOON))
        assert told == ["publication.session_open"]
    sitting.save()
    assert publish_now(rich, actor=operator, now=NOON).stage == "published"


def test_a_moment_that_has_passed_is_refused_unless_it_stood_there(
    rich: Contest, operator: Person
) -> None:
    decided(rich, operator)
    plan_publication(rich, Planned(LATER), actor=operator, now=NOON)
    early = partial(plan_publication, rich, Planned(NOON), actor=operator, now=LATER)
    assert codes_of(early) == ["publication.past"]

    after = LATER + timedelta(days=1)
    plan_publication(rich, Planned(LATER, intro="Итоги"), actor=operator, now=after)

    assert Publication.objects.get().intro == "Итоги"


def test_a_decision_that_is_another_at_its_moment_is_held_back_and_told(
    rich: Contest, operator: Person
) -> None:
    sitting = decided(rich, operator)
    plan_publication(rich, Planned(LATER), actor=operator, now=NOON)
    set_publication(rich, actor=operator, now=NOON)
    gone = Award.objects.order_by("-at")[0].examination.submission
    Submission.objects.filter(pk=gone.pk).update(stage="withdrawn", withdrawn_at=NOON)

    run_due_errands(now=LATER)

    assert Publication.objects.get().stage == "prepared"
    assert Notice.objects.get(code="review.not_published").person == operator
    decide_contest(rich, sitting, actor=operator, now=LATER)
    publish_now(rich, actor=operator, now=LATER)
    assert Publication.objects.get().stage == "published"


def test_a_decision_whose_session_is_open_at_its_moment_is_held_back_for_that(
    rich: Contest, operator: Person
) -> None:
    decided(rich, operator)
    plan_publication(rich, Planned(LATER), actor=operator, now=NOON)
    set_publication(rich, actor=operator, now=NOON)
    Sitting.objects.update(stage="open", digest="", closed_at=None)

    run_due_errands(now=LATER)

    with override("en"):
        said = said_by(Notice.objects.get(code="review.not_published")).text
    assert said.startswith("The session by whose minutes the decision is written is still open.")


def test_the_page_plans_by_the_contests_clock_and_publishes(
    rich: Contest, operator: Person, client: Client
) -> None:
    decided(rich, operator)
    sign_in_twice(client, operator)
    address = f"/calls/{rich.call.key}/publication/"

    client.post(address, {"publish_at": "2030-01-20T10:00", "next_ru": "Подпишите соглашение"})
    row = Publication.objects.get()
    assert row.publish_at is not None
    assert row.publish_at.isoformat() == "2030-01-20T07:00:00+00:00"
    client.post(f"{address}step/set/")
    assert Publication.objects.get().stage == "set"
    asked = client.get(f"{address}step/now/").content.decode()
    assert Publication.objects.get().stage == "set"
    assert f'href="/calls/{rich.call.key}/publication/letters/?state=told"' in asked
    client.post(f"{address}step/now/")

    assert Publication.objects.get().stage == "published"
    assert client.get(address).status_code == 200
    assert client.post(f"{address}step/else/").status_code == 404
    assert client.get(f"{address}step/hold/").status_code == 404
    assert client.post(address, {"publish_at": ""}).status_code == 422


def test_an_older_page_takes_no_moment_away_that_a_colleague_has_set(
    rich: Contest, operator: Person, client: Client
) -> None:
    decided(rich, operator)
    sign_in_twice(client, operator)
    address = f"/calls/{rich.call.key}/publication/"
    page = client.get(address).content.decode()
    typed = {"publish_at": "", "intro": "Поздравляем"}
    typed |= {f"initial-{name}": "" for name in ("publish_at", "intro", "next_ru", "next_en")}
    assert all(f'name="{name}"' in page for name in typed)
    plan_publication(rich, Planned(LATER, next_ru="Ждите"), actor=operator, now=NOON)
    set_publication(rich, actor=operator, now=NOON)

    saved = client.post(address, typed)
    refused = client.post(address, typed | {"next_ru": "Подпишите"})

    row = Publication.objects.get()
    assert (saved.status_code, refused.status_code) == (302, 422)
    assert (row.stage, row.publish_at) == ("set", LATER)
    assert (row.intro, row.next_ru) == ("Поздравляем", "Ждите")
    assert "кто-то" in refused.content.decode()
    assert "Подпишите" in refused.content.decode()
