"""The page of a practice that was taken home."""

from collections.abc import Sequence
from uuid import uuid4

from sinergia.people.models import Person
from sinergia.practices.access import may_confirm_adoption, may_lead_adoption
from sinergia.practices.models import Adoption
from sinergia.practices.queries import adoptions as queries
from sinergia.practices.queries.feeds import report_of
from sinergia.practices.queries.results import results_of
from sinergia.practices.words.adopted import KINDS
from sinergia.practices.words.feeds import fault_of
from sinergia.projects.queries.adopting import may_join, projects_doing
from sinergia.projects.words.adopting import STEPS

EARLIER = 50  # projects, practices offered to be joined


def page_about(adoption: Adoption, person: Person) -> dict[str, object]:
    """Everything that its page shows somebody who may see it."""
    leads = may_lead_adoption(person, adoption)
    report = report_of(adoption) if adoption.practice.organisation_id is None else None
    return {
        "report": report,
        "report_fault": fault_of(report) if report is not None else "",
        "adoption": adoption,
        "kind": KINDS[adoption.state],
        "awaits": adoption.said_by is not None and adoption.state == Adoption.State.RUNNING,
        "leads": leads,
        "steps": [(name, STEPS[name][0]) for name in steps_for(adoption, person)],
        "changes": changes_said(adoption),
        "authors_results": results_of(adoption.origin),
        "letters": queries.letters_of(adoption),
        "projects": projects_doing(adoption, person),
        "joinable": list(may_join(adoption, person)[:EARLIER]) if leads else [],
        "grown": list(queries.grown_from(adoption, person)),
        "growable": list(queries.may_have_grown(adoption)[:EARLIER]) if leads else [],
        "new_key": uuid4(),
    }


def steps_for(adoption: Adoption, person: Person) -> Sequence[str]:
    """The steps that somebody may take now, the usual one first."""
    state, said = adoption.state, adoption.said_by is not None
    steps: list[str] = []
    if may_lead_adoption(person, adoption):
        steps += {
            "intended": ["run", "drop"],
            "running": ["prove", "drop", "back"],
            "proven": ["back", "drop"],
            "dropped": ["back"],
        }[state]
    if state == "running" and said and may_confirm_adoption(person, adoption):
        steps.insert(0, "confirm")
    return steps


def changes_said(adoption: Adoption) -> list[tuple[str, str]]:
    """What is done otherwise, in the order of the form."""
    return [
        (str(part.label), adoption.changes[part.value])
        for part in Adoption.Part
        if adoption.changes.get(part.value)
    ]
