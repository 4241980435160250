"""What was handed in to contests that are held here, as it is found and read."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from sinergia.applications.models import Application, Submission
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_kept
from sinergia.engine.project import Broken, Thawed, read_document, thaw
from sinergia.engine.readiness import Readiness, readiness_of
from sinergia.engine.refusal import Gap
from sinergia.organisations.models import Organisation
from sinergia.packs.rules.fields import SECTIONS
from sinergia.people.models import Person
from sinergia.projects.models import DraftField, Project
from sinergia.projects.queries.correcting import Correction
from sinergia.projects.queries.projects import projects_of
from sinergia.projects.queries.writing import Written, facts_of

OF_ONE_TEXT = ("cell.", "topic.")  # hindrances that no other text brings about
OVER = (Submission.Stage.WITHDRAWN, Submission.Stage.REPLACED)
LEAVING = (  # stages from which those who applied may withdraw it as long as the intake lasts
    Submission.Stage.SUBMITTED,
    Submission.Stage.RETURNED,
    Submission.Stage.REGISTERED,
    Submission.Stage.ADMITTED,
)


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


def is_taken_in(contest: Contest, now: datetime) -> bool:
    """Whether a contest takes applications in here now; the last moment is in time."""
    if contest.intake != Contest.Intake.HERE or contest.stage != Contest.Stage.OPEN:
        return False
    opens_at, closes_at = contest.opens_at, contest.closes_at
    return opens_at is not None and closes_at is not None and opens_at <= now <= closes_at


def latest_of(project: Project, contest: Contest) -> Submission | None:
    """The last time a project was handed in to a contest, withdrawn or not."""
    rows = Submission.objects.filter(project=project, contest=contest)
    return rows.order_by("-version").first()


def by_receipt(number: str, code: str) -> Submission | None:
    """The latest version of what has this number, for whoever has its code, too."""
    asked = {"shown_number": number.strip(), "frozen__code": code.strip().upper()}
    rows = Submission.objects.filter(**asked)
    rows = rows.select_related("contest__call__fund", "organisation", "frozen__rules")
    return rows.order_by("-version").first()


def filed_by(organisation: Organisation, contest: Contest, *, but: Project) -> Mapping[str, int]:
    """How many other projects of an organisation are handed in to a contest, by direction."""
    rows = Submission.objects.filter(organisation=organisation, contest=contest)
    others = rows.exclude(stage__in=OVER).exclude(project=but)
    return Counter(others.values_list("direction", flat=True))


def is_one_of_several(submission: Submission) -> bool:
    """Whether more applications of its organisation are admitted than it may win with."""
    if stage_told(submission) != Submission.Stage.ADMITTED:
        return False
    wins = rules_kept(submission.frozen.rules).applicant.wins
    if wins is None:
        return False
    rows = Submission.objects.filter(
        contest=submission.contest_id, organisation=submission.organisation_id
    )
    waiting = {"decisions__taken_back_at": None, "decisions__done_at": None}
    untold = rows.filter(decisions__isnull=False, **waiting).values("pk")
    return rows.filter(stage=Submission.Stage.ADMITTED).exclude(pk__in=untold).count() > wins


def readiness_to_submit(
    told: Written, *, now: datetime, opened: Correction | None = None
) -> Readiness:
    """What hinders handing a project in, by all that is known. opened: what may be mended of it."""
    facts, contest = facts_of(told.project, now=now), told.project.contest
    if opened is not None and opened.until is not None and now <= opened.until:
        facts = replace(facts, now=None)  # it has a term of its own
    if contest is not None and facts.applicant is not None:
        filed = filed_by(told.project.organisation, contest, but=told.project)
        facts = replace(facts, applicant=replace(facts.applicant, filed=filed))
    found = readiness_of(told.document, told.rules, facts)
    if opened is None:
        return found
    return replace(found, blocking=[gap for gap in found.blocking if not _has_stood(gap, opened)])


def _has_stood(gap: Gap, opened: Correction) -> bool:
    """Whether it was taken in as it is, and may not be mended now: another one is refused there."""
    return gap.code.startswith(OF_ONE_TEXT) and section_of(gap.path) in opened.closed


def section_of(path: str) -> str:
    """The section of the form where a text stands; none of it for who applies."""
    field = path.removeprefix("files/").partition("/")[0]
    return next((name for name, fields in SECTIONS.items() if field in fields), "")


def read_frozen(submission: Submission) -> Thawed:
    """What was handed in. Raises Broken where it is not what its digest says."""
    return thaw(bytes(submission.frozen.content), digest=submission.frozen.digest)


def handed_in_rows() -> Iterator[Submission]:
    """Everything that was ever handed in, one by one."""
    return Submission.objects.select_related("frozen").order_by("pk").iterator(chunk_size=50)


def is_whole(submission: Submission) -> bool:
    """Whether the kept bytes still have the digest of the receipt, and its rules their own."""
    try:
        read_frozen(submission)
        rules_kept(submission.frozen.rules)
    except Broken:
        return False
    return True


def written_frozen(submission: Submission) -> Written:
    """What was handed in, as pages of a project show it. Raises Broken."""
    told = read_frozen(submission)
    rules = rules_kept(submission.frozen.rules)
    fields = {
        path: DraftField(path=path, value=text, version=0) for path, text in told.values.items()
    }
    document = read_document(told.values, currency=rules.currency)
    return Written(submission.project, fields, rules, document, is_frozen=True)
