"""A practice is taken home: meant, done, proven by a number, or dropped; and what grew from it.

Nobody proves their own word: whoever says that it is proven is confirmed by somebody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.adopting import may_move, state_before
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.organisations.access import acts_for
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Municipality
from sinergia.practices import access
from sinergia.practices.actions.reporting import report_anew
from sinergia.practices.actions.telling import tell_authors, tell_side
from sinergia.practices.models import Adoption, Descent, Practice, PracticeRevision
from sinergia.practices.queries.adoptions import (
    RELATED,
    ancestors_of,
    last_published,
    open_adoption,
)
from sinergia.practices.queries.catalogue import published

LONGEST = 2_000  # characters of what is done otherwise, of a result
State, Way = Adoption.State, Adoption.Way


@dataclass(frozen=True)
class Intent:
    """How a practice is to be taken home. changes: what is done otherwise, by words of `Part`.

    told_by: from whose words the centre writes.
    """

    way: str = Way.ALONE
    changes: Mapping[str, str] = field(default_factory=dict)
    municipality: Municipality | None = None
    told_by: str = ""


@dataclass(frozen=True)
class Proof:
    """What came of it: in words, as a number, and how that was measured."""

    result: str
    number: str
    measured: str


@transaction.atomic
def intend(
    practice: Practice, organisation: Organisation, given: Intent, *, actor: Person, now: datetime
) -> Adoption:
    """Mean to do a practice at home; its authors are told. What is under way already is given back.

    Raises Refused for one's own practice, one that is in the catalogue no more, and where the
    centre does not say from whose words it writes.
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not access.may_begin(actor, organisation):
        raise PermissionDenied
    there = open_adoption(practice, organisation)
    if there is not None:
        return there
    is_own = acts_for(actor, organisation)
    told_by = "" if is_own else clean_line(given.told_by)[:200]
    origin = _origin_of(practice, organisation, is_told=is_own or bool(told_by))
    adoption = Adoption.objects.create(
        practice=practice,
        origin=origin,
        organisation=organisation,
        municipality=given.municipality or organisation.municipality,
        way=given.way,
        told_by=told_by,
        changes=_changes(given.changes),
        made_by=actor.key,
        made_at=now,
    )
    record("adoption.intended", about=adoption, actor=actor, at=now, codes={"way": given.way})
    tell_authors(adoption, "practices.taken_home", actor=actor, now=now)
    return adoption


def is_meant_so(adoption: Adoption, given: Intent) -> bool:
    """Whether it is taken home as is given: in this way, there, with these changes."""
    place = given.municipality or adoption.organisation.municipality
    stands = (adoption.way, adoption.changes, adoption.municipality)
    return stands == (given.way, _changes(given.changes), place)


@transaction.atomic
def change_intent(
    adoption: Adoption,
    given: Intent,
    *,
    seen: Intent | None = None,
    actor: Person,
    now: datetime,
) -> Adoption:
    """Write anew how it is taken home: in which way, where, what is done otherwise.

    seen: what the form showed when it was opened. Raises Refused for what somebody else has
    changed since.
    """
    adoption = _led(adoption, actor)
    after = _over(adoption, given, seen)
    if (adoption.way, adoption.changes, adoption.municipality) == after:
        return adoption
    is_other_way = adoption.way != after[0]
    adoption.way, adoption.changes, adoption.municipality = after
    adoption.save(update_fields=["way", "changes", "municipality"])
    record("adoption.changed", about=adoption, actor=actor, at=now, codes={"way": adoption.way})
    if is_other_way:
        tell_authors(adoption, "practices.way_chosen", actor=actor, now=now)
    return adoption


@transaction.atomic
def run(adoption: Adoption, *, actor: Person, now: datetime) -> Adoption:
    """It has begun; whoever says so is the ground."""
    adoption = _led(adoption, actor)
    if adoption.state == State.RUNNING:
        return adoption
    if adoption.state != State.INTENDED:  # from what is proven one goes back, and says so
        raise Refused([Gap("adoption.not_from_here")])
    _stand(adoption, State.RUNNING, actor=actor, now=now)
    record("adoption.running", about=adoption, actor=actor, at=now)
    tell_authors(adoption, "practices.runs", actor=actor, now=now)
    return adoption


@transaction.atomic
def say_proven(
    adoption: Adoption,
    given: Proof,
    *,
    seen: Mapping[str, object] | None = None,
    actor: Person,
    now: datetime,
) -> Adoption:
    """Say what came of it; until somebody else confirms, it runs.

    seen: what the form showed when it was opened. Raises Refused without a number or how it was
    measured, and for what somebody else has changed since.
    """
    adoption = _led(adoption, actor)
    _refuse_move(adoption, State.PROVEN)
    written = {name: str(text) for name, text in touched(adoption, vars(given), seen).items()}
    told = (
        clean(written["result"]).strip(),
        clean_line(written["number"]),
        clean_line(written["measured"]),
    )
    _refuse_proof(*told)
    if (adoption.result, adoption.number, adoption.measured) == told and adoption.said_by:
        return adoption
    adoption.result, adoption.number, adoption.measured = told
    adoption.said_by = actor.key
    adoption.save(update_fields=["result", "number", "measured", "said_by"])
    record("adoption.said_proven", about=adoption, actor=actor, at=now)
    tell_authors(adoption, "practices.to_confirm", actor=actor, now=now, and_centres=True)
    return adoption


@transaction.atomic
def confirm_proven(
    adoption: Adoption, *, seen: str | None = None, actor: Person, now: datetime
) -> Adoption:
    """Confirm what was said to be proven. Raises PermissionDenied for whoever said it.

    seen: digest of what was read; none where nothing was. Raises Refused where it says something
    else by now.
    """
    adoption = _locked(adoption)
    if not access.may_confirm_adoption(actor, adoption):
        raise PermissionDenied
    if adoption.state == State.PROVEN:
        return adoption
    if adoption.said_by is None:
        raise Refused([Gap("adoption.nothing_said")])
    if seen is not None and seen != adoption.digest:
        raise Refused([Gap("adoption.said_anew")])
    _stand(adoption, State.PROVEN, actor=actor, now=now)
    record("adoption.proven", about=adoption, actor=actor, at=now)
    tell_side(adoption, adoption.organisation, "practices.proven", actor=actor, now=now)
    return adoption


@transaction.atomic
def drop(adoption: Adoption, why: str, *, actor: Person, now: datetime) -> Adoption:
    """It did not go, and why."""
    adoption = _led(adoption, actor)
    if adoption.state == State.DROPPED:
        return adoption
    adoption.why_not = clean_line(why)
    gaps = [] if adoption.why_not else [Gap("adoption.no_reason", "why")]
    if len(adoption.why_not) > 300:
        gaps.append(Gap("adoption.too_long", "why", {"most": 300}))
    if gaps:
        raise Refused(gaps)
    _stand(adoption, State.DROPPED, actor=actor, now=now)
    record("adoption.dropped", about=adoption, actor=actor, at=now)
    tell_authors(adoption, "practices.dropped", actor=actor, now=now)
    return adoption


@transaction.atomic
def go_back(adoption: Adoption, *, actor: Person, now: datetime) -> Adoption:
    """Take the last step back; what was written stays, and is confirmed anew where it has to be.

    The authors are told; of what was proven, whoever may have confirmed it, too.

    Raises Refused where the practice was taken home once more meanwhile.
    """
    adoption = _led(adoption, actor)
    before = state_before(adoption.state)
    if not before:
        return adoption
    if adoption.state == State.DROPPED and open_adoption(adoption.practice, adoption.organisation):
        raise Refused([Gap("adoption.twice")])
    was_proven = adoption.state == State.PROVEN
    adoption.said_by = None
    _stand(adoption, before, actor=actor, now=now)
    record("adoption.back", about=adoption, actor=actor, at=now, codes={"to": before})
    code = "practices.stepped_back"
    tell_authors(adoption, code, actor=actor, now=now, and_centres=was_proven)
    return adoption


@transaction.atomic
def grow_practice(
    practice: Practice, adoption: Adoption, *, actor: Person, now: datetime
) -> Descent:
    """Say that a practice of one's own grew from what was taken home.

    Raises Refused for a practice of somebody else, and for a circle: nothing grows from itself,
    or from what grew from it.
    """
    # One at a time in the whole house: of two at once each might close half of a circle.
    list(Practice.objects.select_for_update(of=("self",)).order_by("pk")[:1])
    adoption = _led(adoption, actor)
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    there = Descent.objects.filter(practice=practice).first()
    if there is not None and there.adoption_id == adoption.pk:
        return there
    if practice.organisation_id != adoption.organisation_id:
        raise PermissionDenied
    parent = adoption.practice
    if there is not None:
        raise Refused([Gap("descent.twice", "practice")])
    if practice.pk == parent.pk or practice.pk in ancestors_of(parent):
        raise Refused([Gap("descent.circle", "practice")])
    made = Descent.objects.create(practice=practice, adoption=adoption, by=actor.key, at=now)
    codes = {"adoption": str(adoption.key)}
    record("practice.grown", about=practice, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def part_practice(descent: Descent, *, actor: Person, now: datetime) -> None:
    """Say no longer that a practice grew from what was taken home; twice it is harmless."""
    _led(descent.adoption, actor)
    deleted, _tables = Descent.objects.filter(pk=descent.pk).delete()
    if deleted:
        record("practice.parted", about=descent.practice, actor=actor, at=now)


def _locked(adoption: Adoption) -> Adoption:
    rows = Adoption.objects.select_for_update(of=("self",)).select_related(*RELATED)
    return rows.get(pk=adoption.pk)


def _led(adoption: Adoption, actor: Person) -> Adoption:
    """It, locked, where whoever acts takes it home; raises PermissionDenied for anybody else."""
    adoption = _locked(adoption)
    if not access.may_lead_adoption(actor, adoption):
        raise PermissionDenied
    return adoption


def _stand(adoption: Adoption, state: str, *, actor: Person, now: datetime) -> None:
    """Write a state with its ground. A meaning to do it needs none."""
    _refuse_move(adoption, state)
    adoption.state = state
    adoption.confirmed_by, adoption.confirmed_at = actor, now
    if state == State.INTENDED:
        adoption.confirmed_by, adoption.confirmed_at = None, None
    adoption.save(
        update_fields=["state", "confirmed_by", "confirmed_at", "said_by", "why_not"],
    )
    report_anew(adoption, now=now)


def _refuse_move(adoption: Adoption, state: str) -> None:
    if not may_move(adoption.state, state):
        raise Refused([Gap("adoption.not_from_here")])


def _origin_of(
    practice: Practice, organisation: Organisation, *, is_told: bool
) -> PracticeRevision:
    """The text that is taken; raises Refused with everything that is against it."""
    origin = last_published(practice)
    gaps = []
    if practice.organisation_id == organisation.pk:
        gaps.append(Gap("adoption.own", "organisation"))
    if origin is None or not published().filter(pk=practice.pk).exists():
        gaps.append(Gap("adoption.gone"))
    if not is_told:
        gaps.append(Gap("nobody_told", "told_by"))
    if gaps or origin is None:
        raise Refused(gaps)
    return origin


def _refuse_proof(result: str, number: str, measured: str) -> None:
    told = {"result": (result, LONGEST), "number": (number, 40), "measured": (measured, 500)}
    gaps = [Gap("adoption.missing", name) for name, (text, _most) in told.items() if not text]
    if number and not any(map(str.isdecimal, number)):
        gaps.append(Gap("adoption.no_number", "number"))
    gaps += [
        Gap("adoption.too_long", name, {"most": most})
        for name, (text, most) in told.items()
        if len(text) > most
    ]
    if gaps:
        raise Refused(gaps)


def _over(
    adoption: Adoption, given: Intent, seen: Intent | None
) -> tuple[str, dict[str, str], Municipality | None]:
    """What is written over what stands there: its way, its changes, its place."""

    def flat(one: Intent | Adoption) -> dict[str, object]:
        parts = _changes(one.changes)
        told: dict[str, object] = {name: parts.get(name, "") for name in Adoption.Part.values}
        return {"way": one.way, "municipality": one.municipality, **told}

    stands = SimpleNamespace(**flat(adoption), get_way_display=adoption.get_way_display)
    told = touched(stands, flat(given), flat(seen) if seen is not None else None)
    changes = {name: str(told[name]) for name in Adoption.Part.values if told[name]}
    place = told["municipality"]
    return str(told["way"]), changes, place if isinstance(place, Municipality) else None


def _changes(given: Mapping[str, str]) -> dict[str, str]:
    """What is done otherwise, by the words there are, empty ones left out."""
    told = {name: clean(given.get(name, "")).strip() for name in Adoption.Part.values}
    gaps = [
        Gap("adoption.too_long", name, {"most": LONGEST})
        for name, text in told.items()
        if len(text) > LONGEST
    ]
    if gaps:
        raise Refused(gaps)
    return {name: text for name, text in told.items() if text}
