"""Nobody decides about an application of their own, nor about one from which they are recused."""

from sinergia.applications.access import has_interest
from sinergia.applications.models import Submission
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.review.queries.commission import hidden_examinations


def need_apart(actor: Person, submission: Submission) -> None:
    """Raise Refused for who is of the organisation, and for who is recused in the commission."""
    hidden = hidden_examinations(actor, submission.contest).filter(submission=submission)
    if has_interest(actor, submission.organisation) or hidden.exists():
        raise Refused([Gap("course.own")])
