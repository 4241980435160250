"""Makers of what is reviewed: an admitted application, its expert, their sheet."""

from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Submission
from sinergia.calls.models import Contest, ContestRules
from sinergia.engine.text import fold
from sinergia.organisations.models import Membership, Organisation
from sinergia.packs.rules.frozen import thawed
from sinergia.review.access import NEEDED
from sinergia.review.models import Examination, Expert, Sheet, Statement
from tests.arrange import NOON, a_leader, a_person, a_ready_project, an_organisation
from tests.arrange_rules import rewrite_rules


def a_submission(
    title: str = "Тёплый двор",
    *,
    contest: Contest,
    organisation: Organisation | None = None,
    stage: str = "admitted",
) -> Submission:
    """An application to a contest, handed in at NOON by its rules, and admitted."""
    owner = organisation or an_organisation(f"«{title}»")
    member = Membership.objects.filter(organisation=owner, until=None).first()
    actor = member.person if member else a_leader(f"leader-{owner.pk}", organisation=owner)
    project = a_ready_project(organisation=owner, contest=contest)
    made = submit(project, actor=actor, now=NOON)
    Submission.objects.filter(pk=made.pk).update(stage=stage, title=title, title_folded=fold(title))
    made.refresh_from_db()
    return made


def an_examination(
    title: str = "Тёплый двор", *, contest: Contest, organisation: Organisation | None = None
) -> Examination:
    """An application under review."""
    submission = a_submission(title, contest=contest, organisation=organisation)
    number = Examination.objects.filter(contest=contest).count() + 1
    return Examination.objects.create(
        contest=contest,
        submission=submission,
        code=f"A-{number:03d}",
        category=submission.frozen.category,
        due=2,
    )


def an_expert(name: str = "Бартенева Н. Л.", *, contest: Contest, is_ready: bool = True) -> Expert:
    """An expert of a contest who has accepted; is_ready: and has signed both statements."""
    number = Expert.objects.filter(contest=contest).count() + 1
    person = a_person(f"expert-{contest.pk}-{number}")
    made = Expert.objects.create(
        contest=contest,
        person=person,
        code=f"E-{number:02d}",
        name=name,
        email=person.email,
        stage=Expert.Stage.ACCEPTED,
        invited_at=NOON,
        answered_at=NOON,
    )
    if is_ready:
        Statement.objects.bulk_create(
            Statement(expert=made, kind=kind, version=1, words="…", signed_at=NOON)
            for kind in NEEDED
        )
    return made


def a_sheet(expert: Expert, examination: Examination, *, stage: str = "given") -> Sheet:
    """A reading that was given to an expert, who has confirmed it if they have signed."""
    return Sheet.objects.create(
        expert=expert,
        examination=examination,
        stage=stage,
        given_at=NOON,
        confirmed_at=NOON if expert.statements.exists() else None,
        affinity=50,
    )


def blind(*fields: str) -> None:
    """Let the rules under which everything was handed in hide these fields."""
    for row in ContestRules.objects.all():
        rules = thawed(bytes(row.content))
        review = rules.review.model_copy(update={"blind": fields})
        rewrite_rules(row, rules.model_copy(update={"review": review}))
