"""Notes as they were kept, and the things that they are of."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, QuerySet

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import public_contests
from sinergia.engine.press import Kept
from sinergia.grants.models import Grant, ProjectPage
from sinergia.grants.queries.grants import whole_grants
from sinergia.grants.queries.together import SHOWN
from sinergia.insights.press.models import NotePublished, NoteVersion
from sinergia.places.models import Region
from sinergia.review.queries.decision import is_decided, is_told

KINDS = ("contest", "project", "grant")
LANGUAGES = ("ru", "en")
LONGEST_NUMBER = 6
MOST = 20  # notes on a page
Thing = Contest | Grant | ProjectPage


def thing_of(kind: str, key: UUID) -> Thing | None:
    """A contest whose decision is written, by the key of its call; a grant that is closed.

    A project with a page, by the key of its grant: what is told once it is announced.
    """
    if kind == "project":
        grant = whole_grants().filter(key=key, stage__in=SHOWN, page__isnull=False).first()
        return grant.page if grant is not None else None
    if kind == "grant":
        return whole_grants().filter(key=key, stage=Grant.Stage.CLOSED).first()
    contest = public_contests().filter(call__key=key).first()
    return contest if contest is not None and is_decided(contest) else None


def is_public(thing: Thing) -> bool:
    """Whether the embargo is over: a closed grant has none, a project is told by its own page."""
    if isinstance(thing, ProjectPage):
        return thing.is_open
    return isinstance(thing, Grant) or is_told(thing)


def grant_of(thing: Grant | ProjectPage) -> Grant:
    """The grant of a project."""
    return thing if isinstance(thing, Grant) else thing.grant


def versions_of(thing: Thing, language: str) -> QuerySet[NoteVersion]:
    """Every version, the latest first."""
    rows = NoteVersion.objects.filter(language=language, **{column_of(thing): thing})
    return rows.order_by("-number")


def column_of(thing: Thing) -> str:
    """In which column of a note its thing stands."""
    if isinstance(thing, ProjectPage):
        return "page"
    return "grant" if isinstance(thing, Grant) else "contest"


def numbered(thing: Thing, language: str, number: str) -> NoteVersion | None:
    """One version, by its number as an address names it."""
    if not (number.isascii() and number.isdigit()) or len(number) > LONGEST_NUMBER:
        return None
    return versions_of(thing, language).filter(number=number).first()


def published(thing: Thing, language: str) -> NotePublished | None:
    """What everybody reads."""
    rows = NotePublished.objects.filter(version__in=versions_of(thing, language).order_by())
    return rows.select_related("version").first()


def told_in(region: Region) -> list[tuple[str, UUID, str, str]]:
    """Notes that everybody may read, of contests and closed grants of a region, the latest first.

    Each as its kind, key, language and what it is of.
    """
    begun = Q(version__page__is_open=True, version__page__grant__stage__in=SHOWN)
    rows = NotePublished.objects.filter(
        Q(begun, version__page__grant__application__region=region)
        | Q(version__contest__call__fund__region=region)
        | Q(version__contest__centre__regions__region=region)
        | Q(version__grant__application__region=region, version__grant__stage=Grant.Stage.CLOSED)
    )
    of = ["version__contest__call"]
    for grant in ("version__grant", "version__page__grant"):
        of += [f"{grant}__application", f"{grant}__organisation"]
    found = rows.select_related(*of).distinct().order_by("-pk")[:MOST]
    return [told for row in found for told in _told(row)]


def _told(row: NotePublished) -> Iterator[tuple[str, UUID, str, str]]:
    version = row.version
    if version.contest is not None:
        call = version.contest.call
        yield "contest", call.key, version.language, call.name
    elif (told := version.grant or version.page) is not None:
        grant, kind = grant_of(told), "grant" if version.grant is not None else "project"
        if grant.organisation.is_public:
            yield kind, grant.key, version.language, grant.application.title


def sentences_of(version: NoteVersion | None) -> list[Kept] | None:
    """What a version holds, in order; none where nothing is kept yet."""
    if version is None:
        return None
    return [Kept(one.code, one.text, one.fact) for one in version.sentences.order_by("place")]
