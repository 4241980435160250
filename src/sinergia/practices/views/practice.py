"""A published practice, for everybody: its card and passport, what changed, the paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergia.base.tables.sent import file_response
from sinergia.packs.practices import lists
from sinergia.packs.practices.fields import ASPECTS
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, reader_of
from sinergia.people.models import Person
from sinergia.people.queries import names_of
from sinergia.practices.access import may_ask, may_see, may_write
from sinergia.practices.actions.asking import ask_for_passport
from sinergia.practices.http import published_practice
from sinergia.practices.models import Practice, PracticeRevision
from sinergia.practices.papers.passport import pdf_of
from sinergia.practices.queries import practices as queries
from sinergia.practices.queries.results import results_of
from sinergia.practices.queries.similar import similar_to
from sinergia.practices.queries.writing import Written, missing_of, read_by, read_for_changes
from sinergia.practices.words.adopted import adopted_on
from sinergia.practices.words.card import COSTS, Card, card_of
from sinergia.practices.words.catalogue import foreign_of, in_common, licence_name, place_of
from sinergia.practices.words.differences import differences
from sinergia.practices.words.fields import SECTIONS as TITLES
from sinergia.practices.words.form import read_blocks, told_in
from sinergia.practices.words.passport import paper_of, sizes_of

LANGUAGES = ("ru", "en")
FEW, EVERY = 20, 500  # published texts that are listed
# What the card on top has said already.
ON_CARD = ("title", "essence", "theme", "audiences", "beneficiaries", "maturity", *COSTS, *ASPECTS)


@require_safe
@for_everyone
def practice(request: HttpRequest, key: UUID) -> HttpResponse:
    """The card and the passport; whoever writes one that is not published is led to their page."""
    reader, found = reader_of(request), queries.any_practice(key)
    if found is None or not may_see(reader, found):
        raise Http404
    if found.stage != Practice.Stage.PUBLISHED:
        return redirect("practices:writing", key)
    return render(request, "practices/practice.html", _context(request, found))


@require_safe
@for_everyone
def changes(request: HttpRequest, key: UUID, version: UUID) -> HttpResponse:
    """What a published text changed against the one before it."""
    found, language = published_practice(key), get_language() or "ru"
    revisions = list(queries.published_revisions(found).defer("content"))
    at = next((at for at, one in enumerate(revisions) if one.key == version), None)
    if at is None:
        raise Http404
    told = read_for_changes(revisions[at])
    former = read_for_changes(revisions[at + 1]) if at + 1 < len(revisions) else None
    context = {
        "practice": found,
        "revision": revisions[at],
        "former": revisions[at + 1] if former is not None else None,
        "differences": differences(former, told, language) if former is not None else None,
    }
    return render(request, "practices/changes.html", context)


@require_safe
@for_everyone
def passport(request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    """The passport on two pages, to be handed out; people only as everybody may know them."""
    found, now = published_practice(key), timezone.now()
    revision = _last(found)
    if language not in LANGUAGES:
        raise Http404
    with override(language):
        told = read_by(revision, is_member=False)
        card = _card(told, language)
        number = queries.published_revisions(found).count()
        site = request.build_absolute_uri("/")[:-1]
        paper = paper_of(told, card, revision, number=number, language=language, site=site, now=now)
    return file_response(
        pdf_of(sizes_of(paper), at=revision.at), f"practice-{language}.pdf", is_inline=True
    )


@require_POST
@for_signed_in
def ask(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask the authors for the whole passport."""
    ask_for_passport(published_practice(key), actor=request.user, now=timezone.now())
    messages.success(request, _("The authors are told that you ask for the passport."))
    return redirect("practices:practice", key)


def _context(request: HttpRequest, found: Practice) -> dict[str, object]:
    language, reader = get_language() or "ru", reader_of(request)
    latest, asked = _last(found), request.GET.dict()
    told, adopted = _read(request, latest), adopted_on(found, reader, asked)
    is_theirs = reader is not None and may_write(reader, found)
    read = read_blocks(told, TITLES, language)
    foreign = foreign_of(found)
    return {
        "practice": found,
        "foreign": foreign,
        "place": place_of(found),
        "licence": licence_name(foreign.licence) if foreign is not None else "",
        "card": _card(told, language, is_theirs=is_theirs),
        "sections": [
            told_in(name, rest)
            for name, some in read.items()
            if (rest := [one for one in some if one.name not in ON_CARD])
        ],
        "texts": _texts(found, every=asked.get("texts") == "all"),
        "source": lists().source.told(language),
        "may_write": is_theirs,
        "hides_people": reader is None and _hides_people(latest, told),
        "adopted": adopted,
        "results": results_of(latest) if adopted.proven else [],
        **_asking(reader, found, told),
        "similar": [(like, in_common(like)) for like in similar_to(found)],
    }


def _asking(reader: Person | None, found: Practice, told: Written) -> dict[str, object]:
    """Whether one may ask for what the passport lacks, or has asked."""
    if reader is None or not missing_of(told).passport or not may_ask(reader, found):
        return {}
    return {"may_ask": True, "asked_on": queries.asked_on(found, reader)}


def _texts(found: Practice, *, every: bool) -> tuple[list[PracticeRevision], bool]:
    """The days on which it was published, the latest first, and whether there are earlier ones."""
    most = EVERY if every else FEW
    rows = list(queries.published_revisions(found).defer("content")[: most + 1])
    return rows[:most], len(rows) > most


def _card(told: Written, language: str, *, is_theirs: bool = False) -> Card:
    """is_theirs: whoever writes it reads also which consultant confirmed its level."""
    confirmed = queries.confirmed_level(told.practice)
    by = confirmed.done_by if confirmed is not None and is_theirs else None
    return card_of(told, language, confirmed=confirmed, names=names_of([by] if by else []))


def _last(found: Practice) -> PracticeRevision:
    revision = queries.published_revisions(found).first()
    if revision is None:
        raise Http404
    return revision


def _read(request: HttpRequest, revision: PracticeRevision) -> Written:
    return read_by(revision, is_member=reader_of(request) is not None)


def _hides_people(revision: PracticeRevision, told: Written) -> bool:
    """Whether whoever signs in reads of people whom a visitor does not."""
    seen = len(told.document.rows["contacts"])
    return seen < len(read_by(revision, is_member=True).document.rows["contacts"])
