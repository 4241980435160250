"""The end of a grant: its account and evaluation, the letter, opened anew, made a practice of."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.adapters.store import StoreUnavailable
from sinergia.base.files.http import accept
from sinergia.base.files.models import DOCUMENT, Upload
from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import is_done
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants import access
from sinergia.grants.actions import closing as actions
from sinergia.grants.forms.changes import (
    AccountForm,
    ClosingForm,
    EndForm,
    LetterForm,
    ReopenForm,
)
from sinergia.grants.http import decided_grant, kept_grant, seen_grant
from sinergia.grants.models import Closing, Grant, GrantPaper
from sinergia.grants.papers.account import FinalAccount, account_docx
from sinergia.grants.papers.letter import Letter, letter_docx, letter_pdf
from sinergia.grants.queries import closing as queries
from sinergia.grants.queries.grants import grants_rules, latest_plan, thawed_plan, today_of
from sinergia.grants.queries.money import money_of
from sinergia.grants.views.grant import form_page, frame
from sinergia.grants.words import explain
from sinergia.grants.words.closing import account_said, facts_for_practice
from sinergia.grants.words.money import lines_said
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person

PAPER = GrantPaper.Kind
LANGUAGE = "language"  # of a paper, beside what was typed into it


@require_http_methods(["GET", "POST"])
@for_signed_in
def closing(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The final account, what stands in the way, results; who runs it closes it here."""
    found = seen_grant(request, key)
    if request.method == "POST":
        found = decided_grant(request, key)
    form = _form(request, found)

    def act() -> None:
        given = actions.Evaluated(form.cleaned_data.get("grade", ""), form.cleaned_data["words"])
        actions.close_grant(found, given, actor=request.user, now=timezone.now())

    if is_done(form, act, explain):
        messages.success(request, _("The grant is closed. Its organisation is told."))
        return redirect("grants:closing", key)
    context = frame(request, found, "closing") | _told(request, found) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "grants/closing/closing.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_signed_in
def end(request: SignedInRequest, key: UUID) -> HttpResponse:
    """End a grant that cannot be closed: it is terminated, or nobody reports any more."""
    found, now = decided_grant(request, key), timezone.now()
    form = EndForm(request.POST or None, initial={"on": today_of(found, now)})
    act = partial(actions.end_grant, found, actor=request.user, now=now)
    if is_done(form, lambda: act(form.cleaned_data["why"], form.cleaned_data["on"]), explain):
        messages.success(request, _("The grant is ended. Its organisation is told."))
        return redirect("grants:closing", key)
    intro = _("No money goes out and no report is written any more. What came back is still noted.")
    said = (_("End the grant before its time"), _("End the grant"))
    return form_page(request, found, form, said, intro=intro)


@require_http_methods(["GET", "POST"])
@for_signed_in
def reopen(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Open a grant again that was closed by mistake."""
    found, form = decided_grant(request, key), ReopenForm(request.POST or None)
    act = partial(actions.reopen_grant, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: act(form.cleaned_data["why"]), explain):
        messages.success(request, _("The grant is open again."))
        return redirect("grants:closing", key)
    intro = _(
        "The account and the evaluation are given anew. The reason is told to the organisation."
        " A report that is wrong is opened again on the page of its check."
    )
    said = (_("Open the grant again"), _("Open again"))
    return form_page(request, found, form, said, intro=intro)


@require_http_methods(["GET", "POST"])
@for_signed_in
def letter(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Make the letter on the closing."""
    found = decided_grant(request, key)
    told = _letter(found, **_typed(found))
    form = LetterForm(request.POST or None, initial=_typed(found))
    if is_done(form, lambda: _keep(request, _letter(found, **form.cleaned_data)), explain):
        messages.success(request, _("The letter is made: download it, look, and sign it."))
        return redirect("grants:closing", key)
    said = (_("Letter on the closing of a grant"), _("Make the letter"))
    return form_page(request, told.grant, form, said)


@require_GET
@for_signed_in
def letter_file(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The letter that was made, as PDF: the same words in the same language."""
    found = seen_grant(request, key)
    last = queries.paper_of(found, PAPER.LETTER)
    if last is None:
        raise Http404
    language = last.fields.get(LANGUAGE) or get_language() or "ru"
    with override(language):
        told = _letter(found, **_typed(found))
        content = letter_pdf(told, language=language, now=last.made_at)
    return file_response(content, "letter.pdf")


@require_http_methods(["GET", "POST"])
@for_signed_in
def account(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Make the final account as a paper to be signed."""
    found = decided_grant(request, key)
    closed = queries.closing_of(found)
    if closed is None:
        raise Http404
    form = AccountForm(request.POST or None)
    if is_done(form, lambda: _keep_account(request, found, closed, form.cleaned_data), explain):
        messages.success(request, _("The account is made: download it, look, and sign it."))
        return redirect("grants:closing", key)
    return form_page(request, found, form, (_("Final account of a grant"), _("Make the account")))


@require_POST
@for_signed_in
def practice(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Begin a practice with the facts of a closed grant, and go to its card."""
    found = kept_grant(request, key)
    texts, now = _facts(found), timezone.now()
    try:
        made = actions.make_practice_of(found, texts, actor=request.user, now=now)
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("grants:closing", key)
    messages.success(request, _("The practice is begun with the facts of the grant: read them."))
    return redirect("practices:section", made.key, "card")


def _form(request: SignedInRequest, found: Grant) -> ClosingForm:
    return ClosingForm(grants_rules(found).grades, get_language() or "ru", request.POST or None)


def _told(request: SignedInRequest, found: Grant) -> dict[str, object]:
    decides = access.may_decide(request.user, found)
    is_open = found.stage == Grant.Stage.UNDER_WAY
    grade, account = queries.grade_of(found), queries.account_of_grant(found)
    results = list(queries.results_of(found))
    return {
        "account": account_said(account),
        "gaps": [explain(gap) for gap in queries.gaps_of_closing(found, account)]
        if is_open
        else [],
        "closed": queries.closing_of(found),
        "grade": grade,
        "grade_said": grade.name.told(get_language() or "ru") if grade is not None else "",
        "reached": _reached(found) if is_open else [],
        "results": results if not is_open else [],
        "practices": list(dict.fromkeys(one.practice for one in results if one.practice)),
        "paper": queries.paper_of(found, PAPER.ACCOUNT),
        "letter": queries.paper_of(found, PAPER.LETTER),
        "is_letter_former": queries.has_former_letter(found),
        "decides": decides,
        "keeps": access.may_keep(request.user, found),
    }


def _reached(found: Grant) -> list[queries.Reached]:
    try:
        return queries.reached_of(found)
    except Broken:
        return []


def _letter(found: Grant, **given: object) -> Letter:
    closed = queries.closing_of(found)
    if closed is None:
        raise Http404
    grade = queries.grade_of(found)
    said = grade.name.told(get_language() or "ru") if grade is not None else ""
    results = list(queries.results_of(found))
    return Letter(found, closed, results, said, **given)  # type: ignore[arg-type]  # of its form


def _typed(found: Grant) -> dict[str, object]:
    """What was typed into the letter that was made last."""
    last = queries.paper_of(found, PAPER.LETTER)
    if last is None:
        return {}
    return {"number": last.number, "on": last.on, "signer": last.fields.get("signer", "")}


def _facts(found: Grant) -> dict[str, str]:
    """What a practice begins with; there is none of a grant that is not closed."""
    closed = queries.closing_of(found)
    if closed is None:
        raise Http404
    plan, results = thawed_plan(latest_plan(found), found), list(queries.results_of(found))
    return facts_for_practice(found, plan, results, spent_minor=closed.spent_minor)


def _keep(request: SignedInRequest, told: Letter) -> None:
    """Make the letter and keep it. Raises Refused where the store is not there."""
    language, now, who = get_language() or "ru", timezone.now(), request.user
    content = letter_docx(told, language=language, now=now)
    kept = _stored("letter.docx", content, who, now)
    fields = {"signer": told.signer, LANGUAGE: language}
    keep = partial(actions.keep_letter, told.grant, kept, fields, number=told.number, on=told.on)
    keep(actor=who, now=now)


def _keep_account(
    request: SignedInRequest, found: Grant, closed: Closing, typed: Mapping[str, Any]
) -> None:
    """The same of the final account, by lines of the plan that holds."""
    language, now, who = get_language() or "ru", timezone.now(), request.user
    plan = thawed_plan(latest_plan(found), found)
    lines = lines_said(money_of(found, plan), plan)
    content = account_docx(FinalAccount(found, closed, lines, **typed), language=language, now=now)
    kept = _stored("account.docx", content, who, now)
    fields = {"signer": typed["signer"], "head": typed["head"]}
    keep = partial(actions.keep_account, found, kept, fields, number=typed["number"])
    keep(on=typed["on"], actor=who, now=now)


def _stored(name: str, content: bytes, who: Person, now: datetime) -> Upload:
    try:
        upload = begin_upload(DOCUMENT, name=name, size=len(content), actor=who, now=now)
        return accept(fill_upload(upload, [content]), now=now)
    except StoreUnavailable as fault:
        raise Refused([Gap("file.store_down")]) from fault
