"""Who prepares a press note, and from when on anybody may read it."""

from sinergia.calls.models import Contest
from sinergia.grants.access import may_run
from sinergia.grants.models import Grant, ProjectPage
from sinergia.organisations.access import works_at
from sinergia.people.models import Person
from sinergia.review.access import run_by
from sinergia.review.queries.commission import hidden_examinations


def may_write(person: Person, thing: Contest | Grant | ProjectPage) -> bool:
    """Whoever runs the contest or the grant; nobody who is recused from a part of the decision."""
    if isinstance(thing, Grant | ProjectPage):
        return may_run(person, thing if isinstance(thing, Grant) else thing.grant)
    runs = works_at(person, thing.centre) and Contest.objects.filter(run_by(person), pk=thing.pk)
    return bool(runs) and not hidden_examinations(person, thing).exists()


def is_open(thing: Contest | Grant | ProjectPage, *, is_told: bool) -> bool:
    """Whether it may be told to everybody. is_told: whether the contest's result is published."""
    if isinstance(thing, Grant):
        return thing.stage == Grant.Stage.CLOSED and thing.organisation.is_public
    if isinstance(thing, ProjectPage):
        return thing.is_open and thing.grant.organisation.is_public
    return is_told and not thing.is_training
