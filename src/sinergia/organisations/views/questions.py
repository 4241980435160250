"""Pages on which a person settles what a load did not dare to write."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.engine.refusal import Refused
from sinergia.organisations.actions.loads.rows import row_from
from sinergia.organisations.actions.questions import Settled, settle_alike, settle_question
from sinergia.organisations.forms.questions import OwnerForm, RegionForm, TwoValuesForm
from sinergia.organisations.http import acting_centre, for_loaders
from sinergia.organisations.models import Question
from sinergia.organisations.queries import questions as queries
from sinergia.organisations.queries.questions import KINDS, Alike, QuestionFilter
from sinergia.organisations.words import explain
from sinergia.organisations.words.loads import texts_said
from sinergia.organisations.words.questions import (
    Shown,
    answers_alike,
    group_said,
    kinds_shown,
    proposed_said,
    questions_shown,
)
from sinergia.people.http import SignedInRequest
from sinergia.places.queries import regions, regions_in


@require_GET
@for_loaders
def questions(request: SignedInRequest) -> HttpResponse:
    """What waits, by kinds; below, what may be answered in one go, and what moved away."""
    asked, who = QuestionFilter.from_query(request.GET.dict()), request.user
    waiting = queries.open_questions(who, asked)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(waiting, order=Order("raised_at"), after=after, before=before)
    context = {
        "page": page,
        "total": count_up_to(waiting),
        "query": _encoded(asked.to_query()),
        "rows": _shown(request, page.rows),
        "groups": [(group, group_said(group)) for group in queries.alike(who, asked)[:10]],
        "moved": queries.moved_away(who)[:10],
        "is_narrowed": bool(asked.to_query()),
    }
    return render(request, "register/questions/list.html", context | _kinds(request, asked))


@require_http_methods(["GET", "POST"])
@for_loaders
def question(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One question: the row as it was read, and the answers to choose from."""
    found: Question = get_object_or_404(queries.questions_for(request.user), key=key)
    (shown,) = _shown(request, [found])
    form = _form(request, shown)
    if form.is_valid() and _settle(request, found, form):
        following = _following(request, found)
        return redirect("register:question", following.key) if following else _back()
    context = {
        "shown": shown,
        "question": found,
        "form": form,
        "texts": texts_said(row_from(bytes(found.content))),
    }
    status = 422 if form.is_bound else 200
    return render(request, "register/questions/detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_loaders
def alike(request: SignedInRequest) -> HttpResponse:
    """Ask once more, then answer many questions in one go."""
    given = request.POST if request.method == "POST" else request.GET
    group = _group(request, given)
    if group is None:
        messages.error(request, _("There is nothing to answer any more."))
        return _back()
    answers, result = answers_alike(group), request.POST.get("result", "")
    if result in dict(answers):
        done = settle_alike(group, result, actor=request.user, now=timezone.now())
        tell = messages.warning if done.refused else messages.success
        tell(request, _told(done))
        return _back()
    rows = _shown(request, list(queries.questions_alike(request.user, group)[:8]))
    context = {"group": group, "words": group_said(group), "answers": answers, "rows": rows}
    context["apart"] = queries.namesakes_apart(request.user, group)
    return render(request, "register/questions/alike.html", context)


def _shown(request: SignedInRequest, rows: Sequence[Question]) -> list[Shown]:
    """Questions in words, each with whose answer it waits for."""
    return questions_shown(rows, queries.centres_asked(request.user, rows))


def _kinds(request: SignedInRequest, asked: QuestionFilter) -> dict[str, object]:
    """The navigation by kinds, each with how many wait."""
    addresses = {kind: _address(asked, kind=kind) for kind in ("", *KINDS)}
    counts = queries.counted_kinds(request.user, asked)
    return {"kinds": kinds_shown(counts, addresses, asked.kind)}


def _form(request: SignedInRequest, shown: Shown) -> TwoValuesForm | OwnerForm | RegionForm:
    given, found = (request.POST,) if request.method == "POST" else (), shown.question
    if found.field:
        return TwoValuesForm(shown.ours, shown.theirs, *given, may_take=not shown.waits)
    if found.code == "region_unknown":
        centre = acting_centre(request)
        there = regions() if centre is None else regions_in(centre.regions.values("region"))
        return RegionForm(list(there), *given)
    texts = row_from(bytes(found.content)).texts
    proposed = proposed_said(queries.proposed_for(found, texts, reader=request.user))
    seen = queries.organisations_seen(request.user)
    return OwnerForm(proposed, *given, seen=seen, may_enter=found.code != "ids_disagree")


def _settle(
    request: SignedInRequest, found: Question, form: TwoValuesForm | OwnerForm | RegionForm
) -> bool:
    """Do as the form says; False where a rule says no, which the form then tells."""
    answer = form.answer_given()
    try:
        settled = settle_question(found.key, answer, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path or None, explain(gap.code))
        return False
    if answer.is_that_of(settled):
        messages.success(request, _("Settled."))
    else:
        told = _("It was settled otherwise meanwhile: %s. Your answer wrote nothing.")
        messages.warning(request, told % settled.get_result_display())
    return True


def _following(request: SignedInRequest, settled: Question) -> Question | None:
    """The next question of the same kind."""
    kind = next(kind for kind, codes in KINDS.items() if settled.code in codes)
    waiting = queries.open_questions(request.user, QuestionFilter(kind=kind))
    return waiting.order_by("raised_at", "pk").first()


def _group(request: SignedInRequest, given: QueryDict) -> Alike | None:
    """The group that an address names, as it stands now."""
    wanted = tuple(given.get(name, "") for name in ("code", "source", "field", "load"))
    asked = QuestionFilter.from_query({"load": given.get("load", "")})
    there = queries.alike(request.user, asked)
    return next(
        (one for one in there if (one.code, one.source, one.field, one.load) == wanted), None
    )


def _told(done: Settled) -> str:
    words = [
        ngettext("%s question is settled.", "%s questions are settled.", done.done) % done.done
    ]
    if done.refused:
        refused = ngettext(
            "%s cannot be answered so and waits: answer it by itself to read why.",
            "%s cannot be answered so and wait: answer one by itself to read why.",
            done.refused,
        )
        words.append(refused % done.refused)
    if done.is_more:
        words.append(_("The rest is being settled; look again in a minute."))
    return " ".join(words)


def _address(asked: QuestionFilter, *, kind: str) -> str:
    query = _encoded(asked.to_query(kind=kind))
    return reverse("register:questions") + (f"?{query}" if query else "")


def _encoded(query: dict[str, str]) -> str:
    given = QueryDict(mutable=True)
    given.update(query)
    return given.urlencode()


def _back() -> HttpResponse:
    return redirect("register:questions")
