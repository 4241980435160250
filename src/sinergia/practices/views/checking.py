"""What the consultant does: the list of what waits, a practice as it was sent, return, publish."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.organisations.http import KeeperRequest, for_keepers
from sinergia.people.queries import names_of
from sinergia.practices.actions import publishing
from sinergia.practices.forms.checking import PublishForm, ReturnForm
from sinergia.practices.models import Check, PracticeFile
from sinergia.practices.queries import practices as queries
from sinergia.practices.queries.writing import Written, files_of, missing_of, written_at
from sinergia.practices.words import explain
from sinergia.practices.words.differences import differences
from sinergia.practices.words.fields import SECTIONS as TITLES
from sinergia.practices.words.form import Shown, Told, is_told, sections_of, told_in
from sinergia.practices.words.outline import findings_of


@require_GET
@for_keepers
def checks(request: KeeperRequest) -> HttpResponse:
    """Practices that wait for a consultant of the centre, the longest first."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    rows = queries.checks_waiting(request.centre)
    page = page_of(rows, order=Order("sent_at"), after=after, before=before)
    names = names_of(one.sent_by for one in page.rows)
    context = {"page": page, "rows": [(one, names.get(one.sent_by, "")) for one in page.rows]}
    return render(request, "practices/checks.html", context)


@require_GET
@for_keepers
def check(request: KeeperRequest, key: UUID) -> HttpResponse:
    """A practice as it was sent, with places for remarks, and what is said when it is published."""
    return _page(request, _check(request, key))


@require_POST
@for_keepers
def send_back(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Return a practice with remarks."""
    found, now = _last(request, key), timezone.now()
    form = ReturnForm(TITLES, request.POST, sent=found.sent.key)

    def act() -> None:
        sent, said = form.cleaned_data["sent"], form.said()
        publishing.return_practice(found.practice, sent, said, actor=request.user, now=now)

    if not is_done(form, act, explain):
        return _page(request, found, back=form, status=422)
    messages.success(request, _("The practice is returned; its authors are told."))
    return redirect("practices:checks")


@require_POST
@for_keepers
def publish(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Put a practice before everybody."""
    found, now = _last(request, key), timezone.now()
    form = _publish_form(request, found, list(files_of(found.practice)), is_sent=True)

    def act() -> None:
        sent, said = form.cleaned_data["sent"], form.said()
        publishing.publish_practice(found.practice, sent, said, actor=request.user, now=now)

    if not is_done(form, act, explain):
        return _page(request, found, forth=form, status=422)
    messages.success(request, _("The practice is published; its authors are told."))
    return redirect("practices:practice", key)


def _check(request: KeeperRequest, key: UUID) -> Check:
    found = queries.checks_waiting(request.centre).filter(practice__key=key).first()
    if found is None:
        raise Http404
    return found


def _last(request: KeeperRequest, key: UUID) -> Check:
    """What was sent last, also where it waits no more: a button may be pressed twice."""
    found = queries.checks_at(request.centre).filter(practice__key=key).last()
    if found is None:
        raise Http404
    return found


def _publish_form(
    request: KeeperRequest, found: Check, files: Sequence[PracticeFile], *, is_sent: bool = False
) -> PublishForm:
    """With the files that nobody but its writers has yet, one's own left out."""
    claimed, own = written_at(found.sent).document.evidence, request.user.key
    hidden = [one for one in files if not one.file.is_public and one.file.actor_key != own]
    posted = request.POST if is_sent else None
    before = queries.confirmed_level(found.practice)
    return PublishForm(hidden, claimed, posted, sent=found.sent.key, before=before)


def _page(
    request: KeeperRequest,
    found: Check,
    *,
    back: ReturnForm | None = None,
    forth: PublishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    told, language = written_at(found.sent), get_language() or "ru"
    back = back or ReturnForm(TITLES, None, sent=found.sent.key)
    files, own = list(files_of(found.practice)), request.user.key
    missing = missing_of(told, files=Counter(one.field for one in files))
    context = {
        "check": found,
        "practice": found.practice,
        "by": names_of([found.sent_by]).get(found.sent_by, ""),
        "sections": _sections(told, back, language),
        "back": back,
        "forth": forth or _publish_form(request, found, files),
        "form": back if back.is_bound else forth,
        "passport": findings_of(missing.passport, told),
        "files": files,
        "own_files": [one for one in files if one.file.actor_key == own and not one.file.is_public],
        "changes": _changes(told, language),
        "answered": [
            (one, TITLES.get(one.section, "")) for one in queries.answered_remarks(found.practice)
        ],
    }
    return render(request, "practices/check.html", context, status=status)


def _sections(told: Written, back: ReturnForm, language: str) -> list[tuple[Told, BoundField]]:
    """Each section with what is said there and the place for a remark."""
    blocks = sections_of(told, Shown(language)).items()
    return [(told_in(name, filter(is_told, some)), back.remark(name)) for name, some in blocks]


def _changes(told: Written, language: str) -> list[object] | None:
    """What is new against what the public reads; none where it reads nothing yet."""
    last = queries.published_revisions(told.practice).first()
    return list(differences(written_at(last), told, language)) if last is not None else None
