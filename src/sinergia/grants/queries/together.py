"""Projects as everybody sees them: their list, one page, rows of who joined without names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sinergia.base.asking import ListFilter
from sinergia.engine.joining import Phase, phase_of, takes_people
from sinergia.engine.numbers import Unreadable, read_decimal
from sinergia.engine.project import Broken, Document
from sinergia.engine.text import fold
from sinergia.grants.models import DiaryEntry, DiaryPicture, Grant, Joiner, Role, Spending
from sinergia.grants.queries.closing import reached_of
from sinergia.grants.queries.grants import latest_plan, thawed_plan, today_of, whole_grants
from sinergia.grants.queries.joiners import HOLDS, PEOPLE, joined, people_in, places_left
from sinergia.places.models import Region

SHOWN = (Grant.Stage.PREPARING, Grant.Stage.UNDER_WAY, Grant.Stage.CLOSED, Grant.Stage.ENDED)
JOIN, LIVE, CLOSED, ALL = "", "live", "closed", "all"


@dataclass(frozen=True)
class TogetherFilter(ListFilter):
    """q: words of a project or its organisation; region: a code; part: JOIN, LIVE, CLOSED, ALL."""

    q: str = ""
    region: str = ""
    part: str = JOIN

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "TogetherFilter":
        """Read an address; values that cannot be are dropped."""
        given = cls.texts_of(query)
        given["region"] = given["region"][:20]
        given["part"] = given["part"] if given["part"] in (LIVE, CLOSED, ALL) else JOIN
        return cls(**given)


@dataclass(frozen=True)
class ShownResult:
    """A promised result beside what was reached. reached: "" as long as nobody has said.

    How it is proven is for the operator's eyes: such words may name people.
    """

    what: str
    promised: str
    reached: str

    @property
    def is_known(self) -> bool:
        """Whether it has been told what came of it."""
        return bool(self.reached)

    @property
    def share(self) -> float:
        """How much of what was promised was reached, 0 to 1; 1 where no number was promised."""
        try:
            promised, reached = read_decimal(self.promised), read_decimal(self.reached)
        except Unreadable:
            return 1.0
        if not promised or reached is None:
            return 1.0
        return float(max(min(reached / promised, Decimal(1)), Decimal(0)))


@dataclass(frozen=True)
class ShownRole:
    """A role with what is left of its places; left: none where everybody is welcome."""

    row: Role
    left: int | None
    is_open: bool


@dataclass(frozen=True)
class ShownProject:
    """A project as its page tells it. Sums in minor units; spent: by documents accepted."""

    grant: Grant
    phase: Phase
    document: Document | None
    whole_minor: int
    spent_minor: int
    results: Sequence[ShownResult]
    roles: Sequence[ShownRole]
    joined: int

    @property
    def is_reached(self) -> bool:
        """Whether anything is known yet of what came of its promises."""
        return any(one.is_known for one in self.results)


def public_projects() -> QuerySet[Grant]:
    """Projects whose pages their organisations opened to everybody."""
    rows = whole_grants().select_related("page", "organisation__region")
    return rows.filter(page__is_open=True, stage__in=SHOWN, organisation__is_public=True)


def public_project(key: UUID) -> Grant | None:
    """One of them; closed and missing look alike."""
    return public_projects().filter(key=key).first()


def asked_projects(rows: QuerySet[Grant], asked: TogetherFilter, *, today: date) -> QuerySet[Grant]:
    """Those of some projects that are asked for, in no order yet."""
    living = Q(stage__in=(Grant.Stage.PREPARING, Grant.Stage.UNDER_WAY), ends_on__gte=today)
    open_roles = Role.objects.filter(grant=OuterRef("pk"), is_open=True)
    found = {
        JOIN: living & Q(Exists(open_roles)),
        LIVE: Q(stage__in=(Grant.Stage.PREPARING, Grant.Stage.UNDER_WAY)),
        CLOSED: Q(stage__in=(Grant.Stage.CLOSED, Grant.Stage.ENDED)),
        ALL: Q(),
    }[asked.part]
    if asked.region:
        found &= Q(organisation__region__code=asked.region)
    for word in fold(asked.q).split():
        named = Q(application__title_folded__contains=word)
        found &= named | Q(organisation__name_folded__contains=word)
    return rows.filter(found)


def with_joined(rows: QuerySet[Grant]) -> QuerySet[Grant]:
    """The same, each with how many people joined."""
    people = joined(Joiner.objects.filter(role__grant=OuterRef("pk"))).order_by()
    counted = people.values("role__grant").annotate(number=PEOPLE).values("number")
    return rows.annotate(people=Coalesce(Subquery(counted), 0))


def regions_with_projects() -> QuerySet[Region]:
    """Regions in which there are projects to be seen."""
    found = public_projects().order_by().values("organisation__region")
    return Region.objects.filter(pk__in=found).order_by("name_ru")


def shown_project(grant: Grant) -> ShownProject | None:
    """What the page of a project tells; none where there is nothing to tell."""
    phase = phase_of(grant.stage, ends_on=grant.ends_on, today=today_of(grant))
    if phase is None:
        return None
    document = _document(grant)
    return ShownProject(
        grant=grant,
        phase=phase,
        document=document,
        whole_minor=max(document.total_minor if document else 0, grant.sum_minor),
        spent_minor=_spent(grant),
        results=_results(grant, document),
        roles=roles_of(grant, is_taking=takes_people(phase)),
        joined=people_in(joined(Joiner.objects.filter(role__grant=grant))),
    )


def roles_of(grant: Grant, *, is_taking: bool = True) -> list[ShownRole]:
    """Its roles as they were written; one query for all places."""
    holding = Joiner.objects.filter(HOLDS, role__grant=grant).order_by().values_list("role")
    held = dict(holding.annotate(number=Count("pk")))
    return [
        ShownRole(
            one,
            None if one.places is None else max(one.places - held.get(one.pk, 0), 0),
            one.is_open and is_taking,
        )
        for one in grant.roles.order_by("pk")
    ]


def role_in(grant: Grant, key: UUID) -> ShownRole | None:
    """One of its roles."""
    row = grant.roles.filter(key=key).first()
    return ShownRole(row, places_left(row), row.is_open) if row is not None else None


def shown_diary(grant: Grant) -> QuerySet[DiaryEntry]:
    """What everybody reads of its diary, the last day first, each with its open pictures."""
    pictures = DiaryPicture.objects.filter(removed_at=None, agreed_at__isnull=False)
    return _with_pictures(grant.diary.filter(published_at__isnull=False, removed_at=None), pictures)


def whole_diary(grant: Grant) -> QuerySet[DiaryEntry]:
    """The diary as the project's own people see it, with what was taken out."""
    return _with_pictures(grant.diary.all(), DiaryPicture.objects.all())


def waiting_pictures(grant: Grant) -> QuerySet[DiaryPicture]:
    """Pictures at which a second person is to look, the first first."""
    rows = DiaryPicture.objects.filter(entry__grant=grant, entry__removed_at=None)
    return rows.filter(removed_at=None, agreed_at=None).select_related("file").order_by("pk")


def entry_in(grant: Grant, key: UUID) -> DiaryEntry | None:
    """One entry of a project."""
    return whole_diary(grant).select_related("grant").filter(key=key).first()


def picture_in(grant: Grant, key: UUID) -> DiaryPicture | None:
    """One picture of a project, closed or open."""
    rows = DiaryPicture.objects.filter(entry__grant=grant).select_related("file", "entry__grant")
    return rows.filter(key=key).first()


def is_shown(picture: DiaryPicture) -> bool:
    """Whether everybody may see a picture, as far as it and its entry go."""
    entry = picture.entry
    is_open = entry.published_at is not None and entry.removed_at is None
    return is_open and picture.removed_at is None and picture.agreed_at is not None


def recognisable_in(grant: Grant) -> QuerySet[Joiner]:
    """Who may be said to be recognised in pictures: those who joined and have a name."""
    rows = joined(Joiner.objects.filter(role__grant=grant)).exclude(name="")
    return rows.select_related("role").order_by("name_folded", "pk")


def joined_rows(region: str = "") -> QuerySet[Joiner]:
    """Who joined projects that everybody sees, without a name. region: a code, "" for all.

    A row for each role of theirs: `people_in` says of how many people they are.
    """
    shown = public_projects().order_by()
    shown = shown.filter(organisation__region__code=region) if region else shown
    rows = joined(Joiner.objects.filter(role__grant__in=shown.values("pk")))
    rows = rows.defer("name", "name_folded", "email", "age", "certificate")
    return rows.select_related(
        "role__grant__application", "role__grant__organisation", "municipality"
    )


def _with_pictures(
    rows: QuerySet[DiaryEntry], pictures: QuerySet[DiaryPicture]
) -> QuerySet[DiaryEntry]:
    shown = pictures.select_related("file").order_by("pk")
    told = Prefetch("pictures", queryset=shown, to_attr="shown")
    return rows.prefetch_related(told)


def _document(grant: Grant) -> Document | None:
    try:
        return thawed_plan(latest_plan(grant), grant).document
    except Broken:
        return None


def _spent(grant: Grant) -> int:
    rows = Spending.objects.filter(grant=grant, removed_at=None, verdict=Spending.Verdict.TAKEN)
    return rows.aggregate(minor=Sum("sum_minor"))["minor"] or 0


def _results(grant: Grant, document: Document | None) -> list[ShownResult]:
    """Promised results with what was reached: by accepted reports, of a closed one as it stood."""
    if grant.stage != Grant.Stage.CLOSED:
        told = reached_of(grant) if document is not None else []
        return [ShownResult(one.what, one.promised, one.reached) for one in told]
    return _closed_results(grant, document)


def _closed_results(grant: Grant, document: Document | None) -> list[ShownResult]:
    """Of the plan; of a closing without a plan those of the closing."""
    reached = {one.row: one for one in grant.results.order_by("pk")}
    promised = list(document.rows["results"]) if document is not None else []
    told = []
    for row in promised:
        found = reached.pop(row.id, None)
        told.append(
            ShownResult(
                row.texts.get("what", ""),
                row.texts.get("number", ""),
                found.reached if found is not None else "",
            )
        )
    return told + [ShownResult(one.what, one.promised, one.reached) for one in reached.values()]
