"""A practice as it is written: how far it has come, what is missing, where it is on its way."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.queries import names_of
from sinergia.practices.access import may_check, may_put_back
from sinergia.practices.actions import sending, withdrawing
from sinergia.practices.forms.checking import AnswerForm, WithdrawForm
from sinergia.practices.http import practice_of
from sinergia.practices.models import Check, Practice
from sinergia.practices.queries import practices as queries
from sinergia.practices.queries.writing import Written, missing_of, written, written_at
from sinergia.practices.views.section import section_page
from sinergia.practices.words import explain
from sinergia.practices.words.fields import SECTIONS as TITLES
from sinergia.practices.words.form import Shown, sections_of
from sinergia.practices.words.outline import findings_of, outline_of
from sinergia.practices.words.state import state_of


@require_GET
@for_signed_in
def writing(request: SignedInRequest, key: UUID) -> HttpResponse:
    """How far a practice has come: its sections, what is missing, what the consultant asked."""
    return _page(request, practice_of(request, key))


@require_GET
@for_signed_in
def whole(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A practice on one page as it is written now, to be read and printed."""
    told, language = written(practice_of(request, key)), get_language() or "ru"
    shown = Shown(language)
    sections = [(TITLES[name], blocks) for name, blocks in sections_of(told, shown).items()]
    context = {"practice": told.practice, "sections": sections}
    return render(request, "practices/whole.html", context)


@require_POST
@for_signed_in
def send(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Give a practice to the consultant."""
    practice = practice_of(request, key)
    said = _("The practice is with the consultant. You can go on writing: they read what was sent.")
    return _done(request, practice, sending.send_practice, said)


@require_POST
@for_signed_in
def unsend(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a practice back from the consultant."""
    practice = practice_of(request, key)
    return _done(request, practice, sending.take_sending_back, _("The practice is with you again."))


@require_POST
@for_signed_in
def answer(request: SignedInRequest, key: UUID, remark: UUID) -> HttpResponse:
    """Say what became of a remark."""
    practice, now = practice_of(request, key), timezone.now()
    found = queries.remark_in(practice, remark)
    if found is None:
        raise Http404
    form = AnswerForm(found, request.POST)

    def act() -> None:
        sending.answer_remark(found, form.cleaned_data["answer"], actor=request.user, now=now)

    if is_done(form, act, explain):
        return redirect("practices:section", key, found.section)
    return section_page(request, practice, found.section, answered=form)


@require_http_methods(["GET", "POST"])
@for_signed_in
def withdraw(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a practice out of the catalogue, with a reason."""
    practice, form = practice_of(request, key), WithdrawForm(request.POST or None)
    actor, now = request.user, timezone.now()

    def act() -> None:
        withdrawing.withdraw_practice(practice, form.cleaned_data["why"], actor=actor, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("The practice is out of the catalogue."))
        return redirect("practices:writing", key)
    context, status = {"practice": practice, "form": form}, 422 if form.is_bound else 200
    return render(request, "practices/withdraw.html", context, status=status)


@require_POST
@for_signed_in
def put_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put a practice back into the catalogue as it was."""
    practice = practice_of(request, key)
    said = _("The practice is in the catalogue again.")
    return _done(request, practice, withdrawing.put_back_practice, said)


def _done(
    request: SignedInRequest, practice: Practice, act: Callable[..., object], said: str
) -> HttpResponse:
    """Act and say so; what a rule has against it is told on the practice's own page."""
    try:
        act(practice, actor=request.user, now=timezone.now())
    except Refused as refusal:
        told = written(practice)
        return _page(request, practice, refused=findings_of(refusal.gaps, told), status=422)
    messages.success(request, said)
    return redirect("practices:writing", practice.key)


def _page(
    request: SignedInRequest, practice: Practice, *, refused: object = (), status: int = 200
) -> HttpResponse:
    told, remarks = written(practice), list(queries.open_remarks(practice))
    missing, last = missing_of(told), queries.last_check(practice)
    context = {
        "practice": practice,
        "state": state_of(practice),
        "outline": outline_of(told, missing, remarks=remarks),
        "card": findings_of(missing.card, told),
        "passport": findings_of(missing.passport, told),
        "advice": findings_of(missing.advice, told),
        "asks": practice.asks.count(),
        "refused": refused,
        "remarks": [(one, TITLES.get(one.section, "")) for one in remarks],
        "returned": _returned(last),
        "may_check": may_check(request.user, practice),
        **_on_its_way(request, told, last),
    }
    return render(request, "practices/writing.html", context, status=status)


def _on_its_way(request: SignedInRequest, told: Written, last: Check | None) -> dict[str, object]:
    """Whether it lies with the consultant, is published, or was taken out, and what may be done."""
    practice, values = told.practice, told.values
    check = last if last is not None and last.outcome == Check.Outcome.WAITING else None
    withdrawal = queries.withdrawal_of(practice)
    published = queries.published_revisions(practice).first()
    is_by_centre = withdrawal is not None and withdrawal.is_by_centre
    return {
        "check": check,
        "is_changed": check is not None and written_at(check.sent).values != values,
        "published": published,
        "is_newer": published is not None and written_at(published).values != values,
        "withdrawal": withdrawal,
        "may_put_back": withdrawal is not None
        and may_put_back(request.user, practice, is_by_centre=is_by_centre),
    }


def _returned(check: Check | None) -> tuple[Check, str] | None:
    """What the consultant said last, and who it was, while it is the last word."""
    if check is None or check.outcome != Check.Outcome.RETURNED or check.done_by is None:
        return None
    return check, names_of([check.done_by]).get(check.done_by, "")
