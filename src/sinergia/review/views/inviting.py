"""Inviting experts, one or a list; a row of the list; its link made again, or withdrawn."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.sent import file_response
from sinergia.base.tables.words import explain_unreadable
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.queries.bodies import meant_by
from sinergia.organisations.forms.opened import is_kept
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.identifiers import numbers_of
from sinergia.organisations.queries.teams import centres
from sinergia.review.actions import experts as actions
from sinergia.review.actions.experts import Sent
from sinergia.review.forms.experts import (
    DaysForm,
    ExpertForm,
    Find,
    InviteForm,
    InviteListForm,
    Pairs,
    initial_of,
)
from sinergia.review.http import run_contest
from sinergia.review.models import Expert, Statement
from sinergia.review.papers.experts import statement_docx
from sinergia.review.queries.commission import member_names
from sinergia.review.queries.expert_list import alike_among, named_alike
from sinergia.review.queries.experts import experts_of
from sinergia.review.queries.invitations import open_links
from sinergia.review.queries.statements import statements_of, wording_of
from sinergia.review.reading.experts import filed_lines, pasted_lines, read_list
from sinergia.review.words import explain
from sinergia.review.words.experts import (
    directions_said,
    invited_to,
    languages_said,
    letter_to,
    signed_said,
)


@require_http_methods(["GET", "POST"])
@for_staff
def invite(request: StaffRequest, key: UUID) -> HttpResponse:
    """Put somebody on the list and make their link."""
    contest, now = run_contest(request, key), timezone.now()
    form = InviteForm(*_beside(contest), request.POST or None)
    act = partial(actions.invite_expert, contest, actor=request.user, now=now, letter=letter_to)
    made: list[Sent] = []
    if is_done(form, lambda: made.append(act(form.invited(), ends_at=form.ends_at(now))), explain):
        return links_shown(request, contest, made)
    return _form_page(request, "review/experts/invite.html", form, contest)


@require_http_methods(["GET", "POST"])
@for_staff
def invite_list(request: StaffRequest, key: UUID) -> HttpResponse:
    """Invite everybody on a list, or nobody where a row cannot be read."""
    contest, now = run_contest(request, key), timezone.now()
    form = InviteListForm(request.POST or None, request.FILES or None)
    act = partial(actions.invite_experts, contest, actor=request.user, now=now, letter=letter_to)
    made: list[Sent] = []
    if is_done(form, lambda: made.extend(act(_rows(form), ends_at=form.ends_at(now))), explain):
        return links_shown(request, contest, made)
    return _form_page(request, "review/experts/invite_list.html", form, contest)


@require_http_methods(["GET", "POST"])
@for_staff
def expert(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """What is known of an expert, what they signed; the centre may write it anew."""
    contest, now = run_contest(request, key), timezone.now()
    found = _expert(contest, row)
    form = ExpertForm(*_beside(contest), request.POST or None, initial=_initial(found))
    if found.stage in actions.ANSWERED:
        del form.fields["email"]
    change = partial(actions.change_expert, found, actor=request.user, now=now)
    if is_kept(form, lambda seen: change(form.invited(), seen=seen), explain):
        messages.success(request, _("Saved."))
        return redirect("experts:expert", key, row)
    return _form_page(request, "review/experts/expert.html", form, contest, **_known(found))


@require_POST
@for_staff
def again(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Make a new link, and have it sent."""
    contest, now = run_contest(request, key), timezone.now()
    found, form = _expert(contest, row), DaysForm(request.POST)
    act = partial(actions.invite_again, found, actor=request.user, now=now, letter=letter_to)
    made: list[Sent] = []
    if is_done(form, lambda: made.append(act(ends_at=form.ends_at(now))), explain):
        return links_shown(request, contest, made)
    for told in [one for some in form.errors.values() for one in some]:
        messages.error(request, str(told))
    return redirect("experts:expert", key, row)


@require_POST
@for_staff
def take_off(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    contest = run_contest(request, key)
    try:
        actions.take_off(_expert(contest, row), actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
        return redirect("experts:expert", key, row)
    messages.success(request, _("The invitation is withdrawn, and the row is off the list."))
    return redirect("experts:experts", key)


@require_GET
@for_staff
def paper(request: StaffRequest, key: UUID, row: UUID, kind: str) -> HttpResponse:
    """A statement of an expert to be printed."""
    return statement_file(_expert(run_contest(request, key), row), kind)


def statement_file(expert: Expert, kind: str) -> HttpResponse:
    """A statement as DOCX: as it was signed, or to be signed by hand."""
    if kind not in Statement.Kind.values:
        raise Http404
    language, signed = get_language() or "ru", statements_of(expert).get(kind)
    words = wording_of(kind, expert.contest, language)
    made = statement_docx(expert, kind, words, signed, language=language, now=timezone.now())
    return file_response(made, f"{expert.code.lower()}-{kind.replace('_', '-')}.docx")


def links_shown(request: StaffRequest, contest: Contest, made: list[Sent]) -> HttpResponse:
    """Show links the only time they are known."""
    told = []
    for one in made:
        path = reverse("experts:invitation", args=[one.invitation.key, one.token])
        link, what = request.build_absolute_uri(path), invited_to(one.expert)
        told.append({"expert": one.expert, "link": link, "what": what, "sent": one.invitation})
    context = {"contest": contest, "made": told, "ends_at": made[0].invitation.ends_at}
    context["letters"] = sum(bool(one.invitation.email) for one in made)
    return render(request, "review/experts/made.html", context)


def _rows(form: InviteListForm) -> list[actions.Given]:
    """What the list says. Raises Refused with a gap for each bad row."""
    file = form.cleaned_data["file"]
    try:
        lines = filed_lines(file) if file else pasted_lines(form.cleaned_data["text"])
    except Unreadable as fault:
        told = {"told": explain_unreadable(fault)}
        raise Refused([Gap("list.unreadable", "file", told)]) from fault
    read = read_list(lines)
    if read.gaps:
        raise Refused(read.gaps)
    return list(read.rows)


def _expert(contest: Contest, row: UUID) -> Expert:
    found: Expert = get_object_or_404(experts_of(contest), key=row)
    found.contest = contest
    return found


def _beside(contest: Contest) -> tuple[list[Centre], Find, Pairs, Pairs]:
    """What the forms choose from: other centres, the register, directions, languages."""
    others = centres().exclude(pk=contest.centre_id).prefetch_related(None)
    find = partial(meant_by, centre=contest.centre)
    return list(others), find, list(directions_said(contest).items()), languages_said()


def _initial(found: Expert) -> dict[str, object]:
    return initial_of(found, number_known(found))


def number_known(found: Expert) -> str:
    """OGRN or INN of the organisation of an expert."""
    if found.organisation is None:
        return ""
    numbers = {one.scheme: one.value for one in numbers_of(found.organisation)}
    return numbers.get("RU-OGRN") or numbers.get("RU-INN", "")


def _known(found: Expert) -> dict[str, object]:
    is_answered, now = found.stage in actions.ANSWERED, timezone.now()
    links = {} if is_answered else open_links([found], now=now)
    return {
        "row": found,
        "link": links.get(str(found.key)),
        "is_answered": is_answered,
        "again": DaysForm(auto_id="again_%s"),
        "alike": alike_among(experts_of(found.contest)).get(found.code, ""),
        "member": named_alike(found, member_names(found.contest)),
        "statements": signed_said(statements_of(found)) if is_answered else [],
    }


def _form_page(
    request: HttpRequest,
    template: str,
    form: ExpertForm | InviteListForm,
    contest: Contest,
    **more: object,
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "contest": contest} | more
    return render(request, template, context, status=status)
