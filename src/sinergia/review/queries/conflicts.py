"""Conflicts of a contest as they are listed, and who is to be told of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.applications.models import Submission
from sinergia.applications.queries.submissions import OVER
from sinergia.base.asking import LONGEST_WORDS, ListFilter
from sinergia.base.errands.models import Errand
from sinergia.base.errands.queries import OPEN
from sinergia.calls.models import Contest
from sinergia.engine.text import clean_line, fold
from sinergia.review.models import Conflict, Examination, Expert, Objection, Sheet


@dataclass(frozen=True)
class ConflictFilter(ListFilter):
    """What a reader asked to see; junk means nothing. q: words of the title or its number."""

    q: str = ""
    stage: str = ""
    source: str = ""
    kind: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ConflictFilter":
        """Read an address."""
        known = {
            "stage": Conflict.Stage.values,
            "source": Conflict.Source.values,
            "kind": Conflict.Kind.values,
        }
        given = {name: query.get(name, "") for name in known}
        kept = {name: text if text in known[name] else "" for name, text in given.items()}
        return cls(q=clean_line(query.get("q", ""))[:LONGEST_WORDS], **kept)


def conflicts_of(contest: Contest, hidden: Collection[int]) -> QuerySet[Conflict]:
    """Every conflict of a contest but those of what whoever looks does not see.

    hidden: primary keys of submissions.
    """
    rows = Conflict.objects.filter(expert__contest=contest)
    rows = rows.exclude(submission__in=hidden)
    return rows.select_related("expert__contest", "submission__organisation")


def conflicts_asked(
    contest: Contest, asked: ConflictFilter, hidden: Collection[int]
) -> QuerySet[Conflict]:
    """Those that a filter asks for, in no order yet."""
    named = {name: text for name, text in asked.values.items() if name != "q"}
    found = Q()
    for word in fold(asked.q).split():
        title = Q(submission__title_folded__contains=word)
        owner = Q(submission__organisation__name_folded__contains=word)
        code = Q(expert__code__contains=word.upper())
        found &= title | owner | code | Q(submission__shown_number__contains=word)
    return conflicts_of(contest, hidden).filter(found, **named)


def objections_waiting(contest: Contest, hidden: Collection[int]) -> QuerySet[Objection]:
    """What applicants said and nobody has looked at yet, the oldest first."""
    return _objections(contest, hidden).filter(settled_at=None)


def objections_of(submission: Submission) -> QuerySet[Objection]:
    """What an applicant said of this application, earlier versions of it too: the oldest first."""
    return Objection.objects.filter(submission__in=_versions(submission)).order_by("pk")


def now_in_force(submission: Submission) -> Submission:
    """The version of an application that counts: returned and submitted again it is another row."""
    return _versions(submission).exclude(stage__in=OVER).order_by("-pk").first() or submission


def carried_to(submissions: Sequence[Submission]) -> list[Conflict]:
    """What was declared against earlier versions of these applications, as theirs; not kept yet."""
    there = {(one.project_id, one.contest_id): one for one in submissions}
    rows = Conflict.objects.filter(
        submission__project__in={project for project, _contest in there},
        submission__stage__in=OVER,
        kind=Conflict.Kind.DECLARED,
        stage=Conflict.Stage.STANDS,
    ).select_related("submission")
    carried = {}
    for row in rows.order_by("pk"):
        read = there.get((row.submission.project_id, row.submission.contest_id))
        if read is not None:
            carried[row.expert_id, read.pk] = Conflict(
                expert_id=row.expert_id, submission=read, source=row.source, kind=row.kind,
                stage=row.stage, evidence=row.evidence, raised_by=row.raised_by,
            )  # fmt: skip
    return list(carried.values())


def objection_of(contest: Contest, key: UUID, hidden: Collection[int]) -> Objection | None:
    """What an applicant said, by its key, settled or not."""
    return _objections(contest, hidden).filter(key=key).first()


def submissions_under(contest: Contest) -> QuerySet[Submission]:
    """Applications against which a conflict can be entered: admitted ones."""
    rows = Submission.objects.filter(contest=contest, stage=Submission.Stage.ADMITTED)
    return rows.select_related("organisation").order_by("number")


def experts_there(contest: Contest) -> QuerySet[Expert]:
    """Experts who read, or may yet, and who left signed sheets that count."""
    there = Q(stage__in=(Expert.Stage.INVITED, Expert.Stage.ACCEPTED))
    signed = Sheet.objects.filter(expert=OuterRef("pk"), stage=Sheet.Stage.SIGNED)
    there |= Q(Exists(signed), stage=Expert.Stage.LEFT)
    return Expert.objects.filter(there, contest=contest).order_by("name", "pk")


def application_by(contest: Contest, number: str) -> Submission | None:
    """An admitted application by its number, or by the code that experts know."""
    told = clean_line(number)
    rows = submissions_under(contest)
    coded = Examination.objects.filter(contest=contest, code=told.upper()).values("submission")
    named = Q(shown_number=told) | Q(pk__in=coded)
    return rows.filter(named).first()


def comparing_word(contest: Contest) -> str:
    """By which the errand of comparing is promised once."""
    return f"conflicts:{contest.pk}"


def is_comparing(contest: Contest) -> bool:
    """Whether experts are being compared with the applications now."""
    return Errand.objects.filter(OPEN, once=comparing_word(contest)).exists()


def _objections(contest: Contest, hidden: Collection[int]) -> QuerySet[Objection]:
    rows = Objection.objects.filter(submission__contest=contest)
    rows = rows.exclude(submission__in=hidden)
    return rows.select_related("submission__organisation").order_by("pk")


def _versions(submission: Submission) -> QuerySet[Submission]:
    return Submission.objects.filter(project=submission.project_id, contest=submission.contest_id)
