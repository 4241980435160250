"""Score sheets as whoever runs a review sees them: the list, one sheet, what is done with it."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import count_up_to, ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.models import Contest
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.packs.rules.schema import Rules
from sinergia.review.access import OPEN
from sinergia.review.actions import course as actions
from sinergia.review.actions.ruling import hold_unfounded
from sinergia.review.forms.course import ReplaceForm, WhyForm, WordsForm, sheets_form
from sinergia.review.http import hidden_here, run_contest, run_under_rules
from sinergia.review.models import Sheet
from sinergia.review.papers import course as papers
from sinergia.review.queries import listing
from sinergia.review.queries.calling import able_to_read
from sinergia.review.queries.commission import hidden_examinations
from sinergia.review.queries.experts import experts_of
from sinergia.review.queries.listing import SheetFilter
from sinergia.review.queries.moving import unfounded_of
from sinergia.review.words import course as words
from sinergia.review.words import explain
from sinergia.review.words.written import chips_said, written_said

COLUMNS = (
    Column("application", "examination_id", gettext_lazy("Application")),
    Column("expert", "expert_id", gettext_lazy("Expert")),
    Column("signed", "signed_at", gettext_lazy("Signed"), is_descending=True),
    Column("rating", "rating", gettext_lazy("Rating"), is_descending=True, kind="num"),
)


@require_GET
@for_staff
def sheets(request: StaffRequest, key: UUID) -> HttpResponse:
    """The sheets of a contest."""
    contest = run_contest(request, key)
    with in_zone_of(contest):
        return render(request, "review/course/sheets.html", _listed(request, contest))


@require_GET
@for_staff
def sheets_file(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """Exactly the sheets that the address asks for, in its order, as a file."""
    contest = run_contest(request, key)
    if form not in TABLES:
        raise Http404
    asked = SheetFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    found = listing.sheets_asked(contest, asked).exclude(
        examination__in=hidden_here(request, contest)
    )
    rows = ordered(listing.whole_sheets(found), sorting.order)
    lines = papers.sheets_lines(rows.iterator(chunk_size=500))
    with in_zone_of(contest):
        return table_response(
            f"sheets.{form}", papers.sheets_head(), lines, sheet=_("Score sheets")
        )


@require_GET
@for_staff
def sheet(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """One sheet: what was signed, and what can be done with it."""
    contest, rules = run_under_rules(request, key)
    found = _found(listing.whole_sheets(_seen(request, contest)), row)
    with in_zone_of(contest):
        return render(request, "review/course/sheet.html", _shown(contest, rules, found))


@require_http_methods(["GET", "POST"])
@for_staff
def replace(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Another expert for what is not signed; the best one proposed first."""
    contest, rules = run_under_rules(request, key)
    found = _found(_seen(request, contest), row)
    able = able_to_read(found.examination, rules, now=timezone.now())
    form = ReplaceForm(words.offered_said(able), request.POST or None)

    def act() -> None:
        chosen = {str(one.expert.key): one.expert for one in able}[form.cleaned_data["expert"]]
        why, now = form.cleaned_data["why"], timezone.now()
        actions.replace_expert(found, chosen, why=why, actor=request.user, now=now)

    button = _("Give it to another expert")
    return _acted(request, found, form, act, (_("Another expert"), button, "replace"))


@require_http_methods(["GET", "POST"])
@for_staff
def give_back(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """A signed sheet back to its expert, with what is to be made clear."""
    contest, rules = run_under_rules(request, key)
    found, form = _found(_seen(request, contest), row), WordsForm(request.POST or None)

    def act() -> None:
        said = form.cleaned_data["words"]
        actions.return_sheet(found, rules, words=said, actor=request.user, now=timezone.now())

    title = _("Return the sheet for clarification")
    return _acted(request, found, form, act, (title, _("Return the sheet"), "return"))


@require_http_methods(["GET", "POST"])
@for_staff
def unfounded(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """A signed sheet held for unfounded, with the reason."""
    contest = run_contest(request, key)
    found, form = _found(_seen(request, contest), row), WhyForm(request.POST or None)

    def act() -> None:
        why = form.cleaned_data["why"]
        hold_unfounded(found, why=why, actor=request.user, now=timezone.now())

    title = _("Hold the sheet for unfounded")
    return _acted(request, found, form, act, (title, _("Hold for unfounded"), "unfounded"))


def _acted(
    request: StaffRequest,
    found: Sheet,
    form: forms.Form,
    act: Callable[[], None],
    said: tuple[str, str, str],
) -> HttpResponse:
    """The page of an act on a sheet, or on to the sheet where it is done. said: title, button."""
    contest = found.expert.contest
    if is_done(form, act, explain):
        messages.success(request, _("Done."))
        return redirect("course:sheet", contest.call.key, found.key)
    title, button, kind = said
    context = {"contest": contest, "sheet": found, "form": form, "heading": title}
    context |= {"button": button, "kind": kind}
    status = 422 if form.is_bound else 200
    return render(request, "review/course/act.html", context, status=status)


def _seen(request: StaffRequest, contest: Contest) -> QuerySet[Sheet]:
    """Sheets of a contest but those of what whoever asks is recused from."""
    return listing.sheets_seen(contest, hidden_examinations(request.user, contest))


def _found(rows: QuerySet[Sheet], key: UUID) -> Sheet:
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _listed(request: StaffRequest, contest: Contest) -> dict[str, object]:
    asked = SheetFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    sort = _sort(sorting)
    rows = listing.sheets_asked(contest, asked).only("key")
    rows = rows.exclude(examination__in=hidden_here(request, contest))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=sorting.order, after=after, before=before)
    experts = list(experts_of(contest))
    chips = chips_said(asked)
    return {
        "contest": contest,
        "asked": asked,
        "tabs": words.tabs_said(contest, "sheets"),
        "page": page,
        "total": count_up_to(rows),
        "rows": [(one, words.rating_said(one.rating)) for one in listing.shown(page.rows)],
        "form": sheets_form(asked, experts),
        "chips": [
            (said, "?" + asked.with_(**{name: ""}).to_query(sort=sort)) for name, said in chips
        ],
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=sort),
    }


def _sort(sorting: Sorting) -> str:
    return "" if sorting == sorting_of(COLUMNS, "") else sorting.query


def _shown(contest: Contest, rules: Rules, found: Sheet) -> dict[str, object]:
    """Only what was signed is shown: a draft is its expert's own."""
    is_told = found.stage in (Sheet.Stage.SIGNED, Sheet.Stage.RETURNED, Sheet.Stage.SET_ASIDE)
    is_told = is_told and found.signed_at is not None
    scores = listing.scores_of(found) if is_told else {}
    texts = listing.signed_texts_of(found) if is_told else {}
    held = getattr(found, "held", [])
    most = rules.review.unfounded_most
    return {
        "contest": contest,
        "sheet": found,
        "rating": words.rating_said(found.rating, decimals=rules.scoring.decimals),
        "scores": written_said(rules, found, scores, texts, get_language() or "ru"),
        "texts": texts,
        "is_told": is_told,
        "is_open": found.stage in OPEN,
        "held": held[0] if held else None,
        "most": most,
        "unfounded": unfounded_of(found.expert) if most is not None else 0,
    }
