"""An application as its expert reads it: without what the rules hide, files by neutral names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, QuerySet

from sinergia.applications.queries.handed_in import HandedIn, files_of
from sinergia.applications.queries.submissions import written_frozen
from sinergia.calls.models import ContestRules
from sinergia.calls.queries.contests import rules_in_force, rules_kept
from sinergia.engine.blind import is_applicant_hidden, neutral_name, shown_rules, shown_texts
from sinergia.engine.project import Thawed, read_document, thaw
from sinergia.engine.sheet import Subject
from sinergia.packs.rules.judging import scored_by
from sinergia.packs.rules.schema import Rules
from sinergia.people.models import Person
from sinergia.projects.queries.writing import Written
from sinergia.review.models import Expert, Score, Sheet, SignedSheet
from sinergia.review.queries.sheets import CONTENT, sheets_read_by

Stage = Sheet.Stage


@dataclass(frozen=True)
class ShownFile:
    """A file of an application; name: by which an expert knows it."""

    name: str
    handed_in: HandedIn

    @property
    def key(self) -> UUID:
        """By which it is asked for."""
        return self.handed_in.key

    @property
    def is_kept(self) -> bool:
        """Whether what is kept is what was handed in."""
        return self.handed_in.is_kept


@dataclass(frozen=True)
class Reading:
    """told: the frozen document without what is hidden. applicant: "" where that is hidden."""

    told: Written
    files: list[ShownFile]
    applicant: str


def reading_of(sheet: Sheet) -> Reading:
    """What an expert may see of an application. Raises Broken."""
    submission = sheet.examination.submission
    whole = written_frozen(submission)
    values = shown_texts(whole.values, whole.rules.review.blind)
    told = Written(
        whole.project,
        {path: whole.fields[path] for path in values},
        shown_rules(whole.rules),
        read_document(values, currency=whole.rules.currency),
        is_frozen=True,
    )
    is_hidden = is_applicant_hidden(whole.rules)
    files = files_of(submission, values)
    return Reading(
        told,
        _neutral(files, sheet.examination.code) if is_hidden else _named(files),
        "" if is_hidden else values.get("applicant/name", submission.organisation.name),
    )


def subject_of(sheet: Sheet) -> Subject:
    """What the engine knows of the application: scored by the rules in force, as all are; a query.

    What is hidden is what the rules say by which it was handed in.
    """
    examination = sheet.examination
    submission = examination.submission
    kept = rules_kept(submission.frozen.rules)
    rules = scored_by(kept, rules_in_force(sheet.expert.contest))
    return Subject(rules, examination.category, submission.asked_minor)


def queue_of(expert: Expert, person: Person) -> QuerySet[Sheet]:
    """What an expert has to read, without what no list shows, in no order yet."""
    rows = sheets_read_by(person).filter(expert=expert)
    return rows.defer(CONTENT, "examination__submission__frozen__rules__content")


def stages_of(expert: Expert, person: Person) -> Mapping[str, int]:
    """How many of them there are in each stage."""
    rows = sheets_read_by(person).filter(expert=expert).order_by()
    return Counter(dict(rows.values_list("stage").annotate(n=Count("*"))))


def next_of(expert: Expert, person: Person) -> Sheet | None:
    """The first that is not begun."""
    return queue_of(expert, person).filter(stage=Stage.GIVEN).order_by("pk").first()


def rules_for(sheets: Iterable[Sheet]) -> dict[int, Rules]:
    """The rules of several sheets by their sheet, read once each."""
    by_sheet = {one.pk: one.examination.submission.frozen.rules_id for one in sheets}
    rows = ContestRules.objects.in_bulk(set(by_sheet.values()))
    return {pk: rules_kept(rows[row]) for pk, row in by_sheet.items()}


def own_scores(sheet: Sheet, person: Person) -> dict[str, list[tuple[str, Decimal]]]:
    """By criterion: what the same expert gave in the other sheets that they have signed."""
    signed = sheets_read_by(person).filter(expert=sheet.expert_id, stage=Stage.SIGNED)
    rows = Score.objects.filter(sheet__in=signed.exclude(pk=sheet.pk).order_by().values("pk"))
    found: dict[str, list[tuple[str, Decimal]]] = {}
    told = rows.order_by("sheet__examination__pk")
    for criterion, code, score in told.values_list(
        "criterion", "sheet__examination__code", "score"
    ):
        found.setdefault(criterion, []).append((code, score))
    return found


def signature_of(sheet: Sheet) -> SignedSheet | None:
    """As it was signed the last time."""
    return sheet.signatures.order_by("-version").first()


def read_signed(signature: SignedSheet) -> Thawed:
    """What was signed. Raises Broken where it is not what its digest says."""
    return thaw(bytes(signature.content), digest=signature.digest)


def _named(files: Iterable[HandedIn]) -> list[ShownFile]:
    return [ShownFile(one.name, one) for one in files]


def _neutral(files: Iterable[HandedIn], code: str) -> list[ShownFile]:
    counted: Counter[str] = Counter()
    shown = []
    for one in files:
        counted[one.field] += 1
        name = neutral_name(code, one.field, counted[one.field], one.name)
        shown.append(ShownFile(name, one))
    return shown
