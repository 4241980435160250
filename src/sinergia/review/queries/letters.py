"""Who is told of a decision, where, and what experts wrote about their application."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from sinergia.base.letters.models import BrokenAddress
from sinergia.base.letters.queries import broken_among, folded
from sinergia.calls.models import Contest
from sinergia.engine.project import Broken, thaw
from sinergia.engine.sheet import PROMPTS
from sinergia.organisations.models import Membership, Reach
from sinergia.people.models import Person
from sinergia.review.models import Award, ResultLetter, Sheet, SignedSheet
from sinergia.review.queries.decision import awards_of

State = ResultLetter.State


@dataclass(frozen=True)
class Reader:
    """Somebody who is told. person: none where a bare mailbox is written to, or nobody is."""

    award: Award
    person: Person | None
    address: str
    language: str
    state: str

    @property
    def name(self) -> str:
        """Whom the list names."""
        return self.person.name if self.person else ""


@dataclass(frozen=True)
class Readers:
    """How many there are, by what becomes of their letters."""

    told: int = 0
    mailed: int = 0
    broken: int = 0
    nobody: int = 0

    @property
    def all(self) -> int:
        """Everybody whom a letter or a message reaches or should."""
        return self.told + self.mailed + self.broken + self.nobody


def told_of(contest: Contest) -> QuerySet[Award]:
    """Everybody who was decided about, with what a letter says, in the order of the list."""
    names = ("submission__organisation", "submission__contest__call")
    rows = awards_of(contest).select_related(*(f"examination__{name}" for name in names))
    return rows.order_by("pk")


def readers_of(awards: Sequence[Award]) -> list[Reader]:
    """Who reads what was decided: all of a team, else the first mailbox; three queries."""
    owners = {one.examination.submission.organisation_id for one in awards}
    teams: dict[int, list[Any]] = {}
    for one in _members(organisation__in=owners).order_by("-role", "since", "pk"):
        teams.setdefault(one.organisation_id, []).append(one)
    ways = _ways(organisation__in=owners - teams.keys()).order_by("-place", "-pk")
    boxes = dict(ways.values_list("organisation", "value"))
    broken = broken_among(boxes.values()) if boxes else set()
    readers = []
    for award in awards:
        owner = award.examination.submission.organisation_id
        for member in teams.get(owner, []):
            person = member.person
            state = (State.BROKEN if member.is_lost else State.TOLD).value
            readers.append(Reader(award, person, person.email, person.language, state))
        if owner not in teams:
            box = boxes.get(owner, "")
            readers.append(Reader(award, None, box, "ru", _state_of(box, broken)))
    return readers


def awaited(contest: Contest, hidden: Collection[int]) -> list[tuple[int, str, int]]:
    """Awards with how many readers would be told, state by state, before anything is sent.

    hidden: examinations that are not counted. Two queries.
    """
    owner = OuterRef("examination__submission__organisation")
    team = _members(organisation=owner).order_by().values("organisation").annotate(n=Count("pk"))
    ways = _ways(organisation=owner).order_by("place", "pk")
    rows = (
        awards_of(contest)
        .exclude(examination__in=hidden)
        .annotate(
            team=Coalesce(Subquery(team.values("n")), 0),
            lost=Coalesce(Subquery(team.filter(is_lost=True).values("n")), 0),
            box=Case(When(team=0, then=Subquery(ways.values("value")[:1]))),
        )
    )
    told: list[tuple[int, str, int]] = []
    boxes: dict[int, str] = {}
    for pk, there, gone, box in rows.values_list("pk", "team", "lost", "box"):
        told += [(pk, State.TOLD.value, there - gone), (pk, State.BROKEN.value, gone)]
        if not there:
            boxes[pk] = box or ""
    broken = broken_among(boxes.values()) if boxes else set()
    told += [(pk, _state_of(box, broken), 1) for pk, box in boxes.items()]
    return [one for one in told if one[2]]


def counted_readers(told: Sequence[tuple[int, str, int]]) -> Readers:
    """How many would be told, of what `awaited` gives."""
    counts = dict.fromkeys(State.values, 0)
    for _award, state, number in told:
        counts[state] += number
    return Readers(**counts)


def counted_letters(contest: Contest) -> Readers:
    """How many were told."""
    rows = ResultLetter.objects.filter(award__examination__contest=contest).order_by()
    return Readers(**dict(rows.values_list("state").annotate(number=Count("pk"))))


def letters_of(contest: Contest) -> QuerySet[ResultLetter]:
    """Who was told, in no order yet."""
    rows = ResultLetter.objects.filter(award__examination__contest=contest)
    return rows.select_related("person", "award__examination__submission__organisation")


def phones_of(owners: Collection[int]) -> dict[int, str]:
    """The first telephone of organisations, by their primary keys."""
    ways = Reach.objects.filter(organisation__in=owners, kind=Reach.Kind.PHONE)
    return dict(ways.order_by("-place", "-pk").values_list("organisation", "value"))


def comments_on(examinations: Sequence[int]) -> dict[int, list[Mapping[str, str]]]:
    """What experts wrote in sheets that count, without who they are, by examination."""
    rows = SignedSheet.objects.filter(
        sheet__examination__in=examinations, sheet__stage=Sheet.Stage.SIGNED
    )
    latest: dict[int, SignedSheet] = {}
    for row in rows.select_related("sheet").order_by("sheet", "version"):
        latest[row.sheet_id] = row
    told: dict[int, list[Mapping[str, str]]] = {}
    for row in sorted(latest.values(), key=lambda one: one.digest):  # not in the order of experts
        try:
            values = thaw(bytes(row.content), digest=row.digest).values
        except Broken:
            continue
        said = {path: values[path].strip() for path in PROMPTS if values.get(path, "").strip()}
        if said:
            told.setdefault(row.sheet.examination_id, []).append(said)
    return told


def _members(**which: object) -> QuerySet[Any]:
    """Who of some organisations reads letters; is_lost: their mailbox takes none."""
    broken = BrokenAddress.objects.filter(address=OuterRef("person__email"))
    rows = Membership.objects.filter(until=None, person__is_active=True, **which)
    return rows.select_related("person").annotate(is_lost=Exists(broken))


def _ways(**which: object) -> QuerySet[Reach]:
    """Mailboxes of some organisations."""
    return Reach.objects.filter(kind=Reach.Kind.EMAIL, **which)


def _state_of(box: str, broken: Set[str]) -> str:
    if not box.strip():
        return State.NOBODY
    try:
        validate_email(box)
    except ValidationError:
        return State.BROKEN
    return State.BROKEN if folded(box) in broken else State.MAILED
