"""Topics and sources of money of a centre, set by its head."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.ui.acting import form_page, is_done
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.support.access.help import may_set_help
from sinergia.support.actions import dictionaries as actions
from sinergia.support.forms.dictionaries import (
    ChangeTopicForm,
    PromisedForm,
    SourceForm,
    TopicForm,
    source_initial,
)
from sinergia.support.models import MoneySource, Topic
from sinergia.support.queries import dictionaries as queries
from sinergia.support.views.reaching import acted, topics_for
from sinergia.support.words import explain


@require_GET
@for_staff
def dictionaries(request: StaffRequest) -> HttpResponse:
    """What is chosen among when a consultation is written down."""
    topics_for(request)
    context = {
        "topics": list(queries.topics_of(request.centre)),
        "sources": [(one, list(one.promised.all())) for one in queries.sources_of(request.centre)],
        "may_set": may_set_help(request.user, request.centre),
    }
    return render(request, "support/help/dictionaries.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def new_topic(request: StaffRequest) -> HttpResponse:
    """Add a topic."""
    _leading(request)
    form = TopicForm(request.POST or None)
    if is_done(form, partial(_add_topic, request, form), explain):
        messages.success(request, _("Added."))
        return redirect("help:dictionaries")
    return form_page(request, "support/help/dictionary_form.html", form, title=_("A topic"))


@require_http_methods(["GET", "POST"])
@for_staff
def topic(request: StaffRequest, key: UUID) -> HttpResponse:
    """Rename a topic, offer it no more."""
    _leading(request)
    row = queries.topic_by(request.centre, key)
    if row is None:
        raise Http404
    initial = {"name_ru": row.name_ru, "name_en": row.name_en, "is_retired": row.is_retired}
    form = ChangeTopicForm(request.POST or None, initial=initial)
    if is_done(form, partial(_change_topic, request, form, row), explain):
        messages.success(request, _("Saved."))
        return redirect("help:dictionaries")
    return form_page(request, "support/help/dictionary_form.html", form, title=row.name)


@require_http_methods(["GET", "POST"])
@for_staff
def new_source(request: StaffRequest) -> HttpResponse:
    """Add a source of money."""
    _leading(request)
    form = SourceForm(request.POST or None)
    if is_done(form, partial(_add_source, request, form), explain):
        messages.success(request, _("Added. Write down what its act asks of the centre."))
        return redirect("help:dictionaries")
    title = _("A source of money")
    return form_page(request, "support/help/dictionary_form.html", form, title=title)


@require_http_methods(["GET", "POST"])
@for_staff
def source(request: StaffRequest, key: UUID) -> HttpResponse:
    """Correct a source of money."""
    row = _source(request, key)
    form = SourceForm(request.POST or None, initial=source_initial(row))
    if is_done(form, partial(_change_source, request, form, row), explain):
        messages.success(request, _("Saved."))
        return redirect("help:dictionaries")
    return form_page(request, "support/help/dictionary_form.html", form, title=row.name)


@require_http_methods(["GET", "POST"])
@for_staff
def remove_source(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask once more, then remove a source from which nothing was paid."""
    row = _source(request, key)
    if request.method == "GET":
        return render(request, "support/help/remove_source.html", {"row": row})
    act = partial(actions.remove_source, row)
    return acted(request, act, _("Removed."), reverse("help:dictionaries"))


@require_http_methods(["GET", "POST"])
@for_staff
def new_promised(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write down what the act of a source asks."""
    row, form = _source(request, key), PromisedForm(request.POST or None)
    if is_done(form, partial(_promise, request, form, row), explain):
        messages.success(request, _("Added."))
        return redirect("help:dictionaries")
    context = {"title": _("What was promised"), "lead": row.name}
    return form_page(request, "support/help/dictionary_form.html", form, **context)


@require_http_methods(["GET", "POST"])
@for_staff
def remove_promised(request: StaffRequest, key: UUID, promised: UUID) -> HttpResponse:
    """Ask once more, then take out what was promised."""
    row = _source(request, key)
    held = next((one for one in row.promised.all() if one.key == promised), None)
    if held is None:
        raise Http404
    if request.method == "GET":
        context = {"row": row, "held": held}
        return render(request, "support/help/remove_source.html", context)
    act = partial(actions.remove_promised, held)
    return acted(request, act, _("Removed."), reverse("help:dictionaries"))


def _leading(request: StaffRequest) -> None:
    if not may_set_help(request.user, request.centre):
        raise PermissionDenied


def _source(request: StaffRequest, key: UUID) -> MoneySource:
    found = queries.source_by(request.centre, key)
    if found is None:
        raise Http404
    _leading(request)
    return found


def _add_topic(request: StaffRequest, form: TopicForm) -> None:
    said, now = form.cleaned_data, timezone.now()
    named = (said["name_ru"], said["name_en"])
    actions.add_topic(request.centre, *named, actor=request.user, now=now)


def _change_topic(request: StaffRequest, form: ChangeTopicForm, row: Topic) -> None:
    now = timezone.now()
    actions.change_topic(row, **form.cleaned_data, actor=request.user, now=now)


def _add_source(request: StaffRequest, form: SourceForm) -> None:
    actions.add_source(request.centre, form.given(), actor=request.user, now=timezone.now())


def _change_source(request: StaffRequest, form: SourceForm, row: MoneySource) -> None:
    actions.change_source(row, form.given(), actor=request.user, now=timezone.now())


def _promise(request: StaffRequest, form: PromisedForm, row: MoneySource) -> None:
    actions.add_promised(row, form.given(), actor=request.user, now=timezone.now())
