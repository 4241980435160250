"""What was handed in to contests that are held here, as it is found and read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest

from django.db.models import QuerySet

from sinergia.applications.models import Application, Submission
from sinergia.calls.models import Contest
from sinergia.engine.project import Broken, Thawed, read_document, thaw
from sinergia.engine.readiness import Readiness, readiness_of
from sinergia.organisations.models import Organisation
from sinergia.packs.rules.frozen import thawed as thawed_rules
from sinergia.people.models import Person
from sinergia.projects.models import DraftField, Project
from sinergia.projects.queries.projects import projects_of
from sinergia.projects.queries.writing import Written, facts_of

OVER = (Submission.Stage.WITHDRAWN, Submission.Stage.REPLACED)


def submissions_of(person: Person) -> QuerySet[Submission]:
    """What a person may see of it as one of those who write in its project."""
    rows = Submission.objects.filter(project__in=projects_of(person).values("pk"))
    return rows.select_related(
        "contest__call__fund", "organisation", "project", "frozen__rules", "application"
    )


def submission_behind(application: Application) -> Submission | None:
    """What was handed in here and registered as this application; none of a fund's own file."""
    rows = Submission.objects.filter(application=application)
    return rows.select_related("project", "frozen__rules").first()


def in_force(project: Project, contest: Contest | None = None) -> Submission | None:
    """What of a project is handed in to its contest now; none where it was withdrawn, or never."""
    rows = Submission.objects.filter(project=project, contest=contest or project.contest_id)
    return rows.exclude(stage__in=OVER).first()


def stage_told(submission: Submission) -> Submission.Stage:
    """The stage of which those who applied know: a decision counts once its letter has left."""
    waiting = submission.decisions.filter(taken_back_at=None, done_at=None)
    before = waiting.values_list("before", flat=True).first()
    return Submission.Stage(before or submission.stage)


def is_returned(submission: Submission) -> bool:
    """Whether it may be mended and submitted again."""
    return stage_told(submission) == Submission.Stage.RETURNED


def is_of_former_rules(submission: Submission) -> bool:
    """Whether the rules of its contest were corrected since it was handed in."""
    latest = submission.contest.rules.order_by("-version").values_list("pk", flat=True).first()
    return latest != submission.frozen.rules_id


def latest_of(project: Project, contest: Contest) -> Submission | None:
    """The last time a project was handed in to a contest, withdrawn or not."""
    rows = Submission.objects.filter(project=project, contest=contest)
    return rows.order_by("-version").first()


def by_receipt(number: str, code: str) -> Submission | None:
    """The latest version of what has this number, for whoever has its code, too."""
    rows = Submission.objects.filter(shown_number=number.strip())
    rows = rows.select_related("contest__call__fund", "organisation", "frozen")
    for row in rows.order_by("-version")[:20]:
        if compare_digest(row.frozen.code.encode(), code.strip().upper().encode()):
            return row
    return None


def filed_by(organisation: Organisation, contest: Contest, *, but: Project) -> Mapping[str, int]:
    """How many other projects of an organisation are handed in to a contest, by direction."""
    rows = Submission.objects.filter(organisation=organisation, contest=contest)
    others = rows.exclude(stage__in=OVER).exclude(project=but)
    return Counter(others.values_list("direction", flat=True))


def is_one_of_several(submission: Submission) -> bool:
    """Whether more applications of its organisation are admitted than it may win with."""
    if stage_told(submission) != Submission.Stage.ADMITTED:
        return False
    wins = thawed_rules(bytes(submission.frozen.rules.content)).applicant.wins
    if wins is None:
        return False
    rows = Submission.objects.filter(
        contest=submission.contest_id, organisation=submission.organisation_id
    )
    waiting = {"decisions__taken_back_at": None, "decisions__done_at": None}
    untold = rows.filter(decisions__isnull=False, **waiting).values("pk")
    return rows.filter(stage=Submission.Stage.ADMITTED).exclude(pk__in=untold).count() > wins


def readiness_to_submit(told: Written, *, now: datetime) -> Readiness:
    """What hinders handing a project in, by all that is known."""
    facts = facts_of(told.project, now=now)
    contest = told.project.contest
    if contest is None or facts.applicant is None:
        return readiness_of(told.document, told.rules, facts)
    filed = filed_by(told.project.organisation, contest, but=told.project)
    applicant = replace(facts.applicant, filed=filed)
    return readiness_of(told.document, told.rules, replace(facts, applicant=applicant))


def read_frozen(submission: Submission) -> Thawed:
    """What was handed in. Raises Broken where it is not what its digest says."""
    return thaw(bytes(submission.frozen.content), digest=submission.frozen.digest)


def is_whole(submission: Submission) -> bool:
    """Whether the kept bytes still have the digest of the receipt."""
    try:
        read_frozen(submission)
    except Broken:
        return False
    return True


def written_frozen(submission: Submission) -> Written:
    """What was handed in, as pages of a project show it. Raises Broken."""
    told = read_frozen(submission)
    rules = thawed_rules(bytes(submission.frozen.rules.content))
    fields = {
        path: DraftField(path=path, value=text, version=0) for path, text in told.values.items()
    }
    document = read_document(told.values, currency=rules.currency)
    return Written(submission.project, fields, rules, document, is_frozen=True)
