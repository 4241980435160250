"""A section of a practice: written whole by its button, or field by field as one types."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.drafts.actions import parse_move
from sinergia.base.drafts.http import OPENED, Sent, Writing, versions_of
from sinergia.base.drafts.words import clock
from sinergia.engine.practice import PRACTICE
from sinergia.packs.practices import SECTIONS
from sinergia.people.http import SignedInRequest, for_signed_in, for_writers
from sinergia.people.words import theirs_of
from sinergia.practices.actions.history import take_out_row
from sinergia.practices.actions.rows import move_row
from sinergia.practices.actions.saving import save_fields
from sinergia.practices.forms.checking import AnswerForm
from sinergia.practices.http import practice_of
from sinergia.practices.models import Practice, Remark
from sinergia.practices.queries.practices import open_remarks
from sinergia.practices.queries.writing import missing_of, written
from sinergia.practices.words import explain
from sinergia.practices.words.form import Shown, blocks_of
from sinergia.practices.words.outline import next_section, outline_of


@require_http_methods(["GET", "POST"])
@for_writers
def section(request: SignedInRequest, key: UUID, name: str) -> HttpResponse:
    """The fields of a section; without a script they are saved by its button, all at once."""
    practice = practice_of(request, key)
    if name not in SECTIONS:
        raise Http404
    if request.method == "GET":
        return section_page(request, practice, name, more=request.GET.get("add", ""))
    return _sent(request, practice, name)


@require_POST
@for_signed_in
def save(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Save one text; answer by its new version, or by what somebody else saved meanwhile."""
    return _writing(request, practice_of(request, key)).saved(request.POST)


@require_POST
@for_signed_in
def take_out(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a row out; what stood in it is kept in the history."""
    return _writing(request, practice_of(request, key)).taken_out(request.POST)


@require_POST
@for_signed_in
def move(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put a row one place up or down; answer by the order in which they stand then."""
    return _writing(request, practice_of(request, key)).moved(request.POST)


def _writing(request: SignedInRequest, practice: Practice) -> Writing:
    who, now = request.user, timezone.now()
    return Writing(
        PRACTICE,
        save=partial(save_fields, practice, actor=who, now=now),
        take_out=partial(take_out_row, practice, actor=who, now=now),
        move=partial(move_row, practice, actor=who, now=now),
        explain=explain,
        theirs=theirs_of,
    )


def _sent(request: SignedInRequest, practice: Practice, name: str) -> HttpResponse:
    """What becomes of a section that was sent whole."""
    sent = _writing(request, practice).sent(request.POST)
    if not sent.is_saved:
        return section_page(request, practice, name, sent)
    return _go_on(request, practice, name)


def _go_on(request: SignedInRequest, practice: Practice, name: str) -> HttpResponse:
    """After a whole section is saved: the same page, where it has more to fill in, or the next."""
    here = reverse("practices:section", args=[practice.key, name])
    if "remove" in request.POST:
        messages.success(request, _("The row is taken out. The history keeps what stood in it."))
        return redirect(here)
    if asked := parse_move(PRACTICE, request.POST.get("move", "")):
        return redirect(f"{here}#r-{asked[0].field}-{asked[0].row}")
    messages.success(request, _("Saved at %(time)s.") % {"time": clock(timezone.now())})
    more, after = request.POST.get("add", ""), next_section(name)
    if more in SECTIONS[name]:
        return redirect(f"{here}?add={more}#b-{more}")
    if request.POST.get("go") == "next" and after:
        return redirect("practices:section", practice.key, after)
    return redirect("practices:writing", practice.key)


def section_page(
    request: SignedInRequest,
    practice: Practice,
    name: str,
    sent: Sent = OPENED,
    more: str = "",
    answered: AnswerForm | None = None,
) -> HttpResponse:
    """The fields of a section and what was asked of it. answered: an answer that was not taken."""
    told, language = written(practice), get_language() or "ru"
    missing, remarks = missing_of(told), list(open_remarks(practice))
    shown = Shown(language, missing, sent.kept, sent.theirs, more, is_form=True)
    context = {
        "practice": practice,
        "name": name,
        "outline": outline_of(told, missing, remarks=remarks, here=name),
        "blocks": blocks_of(told, name, shown),
        "answers": _answers([one for one in remarks if one.section == name], answered),
        "is_unanswered": answered is not None,
        "after": next_section(name),
        "versions": versions_of(told.fields, sent.seen),
        "refused": sent.said,
        "conflicts": len(shown.theirs),
    }
    status = 422 if answered is not None else sent.status
    return render(request, "practices/section.html", context, status=status)


def _answers(remarks: Sequence[Remark], answered: AnswerForm | None) -> list[AnswerForm]:
    """A form for each remark; what was typed into one of them stays in it."""
    if answered is None:
        return [AnswerForm(one) for one in remarks]
    others = [AnswerForm(one) for one in remarks if one != answered.remark]
    answered.remark.refresh_from_db()
    return [answered, *others]
