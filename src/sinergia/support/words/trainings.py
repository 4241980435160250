"""Trainings in words: gaps, steps, tabs, who somebody is on the list."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.base.ui.said import sentence
from sinergia.engine.refusal import Gap
from sinergia.engine.training import MAY_BE_CANCELLED, Facts, Step, step_gaps, steps_from
from sinergia.support.access.trainings import own_token
from sinergia.support.models import Enrolment, Training


@dataclass(frozen=True)
class StepSaid:
    """A step as its page says it. follows: what happens when it is taken.

    is_main: what is to be done next.
    """

    name: str
    title: str
    button: str
    follows: tuple[str, ...]
    url: str
    is_main: bool = False


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language; of the register, theirs."""
    return sentence(gap, "support", "register")


def in_zone_of(training: Training) -> AbstractContextManager[None]:
    """Read and show moments by the clock of the centre that holds it."""
    return timezone.override(ZoneInfo(training.centre.time_zone))


def steps_said(training: Training, *, certified: int, now: datetime) -> list[StepSaid]:
    """What may be done with a training as it stands."""
    facts = Facts(training.stage, training.starts_at, certified)
    may = [one for one in steps_from(training.stage) if not step_gaps(one, facts, now=now)]
    main = ("open", "hold")
    return [replace(step_said(training, one), is_main=one in main) for one in may]


def step_said(training: Training, step: Step) -> StepSaid:
    """A step in words."""
    titles = {
        "open": _("Open enrolment"),
        "close": _("Close enrolment"),
        "reopen": _("Open enrolment again"),
        "hold": _("Mark as held"),
        "take_back": _("It is not over yet"),
    }
    follows = {
        "open": (
            _("Everybody sees the training; by its link one enrols without an account."),
            _("On the day before, those who have a place are reminded."),
        ),
        "close": (_("Nobody enrols by the link any more; you may still write people down."),),
        "reopen": (_("By the link one enrols again, as long as the training has not begun."),),
        "hold": (
            _("The training and those who were there count in the report of the centre."),
            _("Certificates may be given; the list of who was there may still be mended."),
        ),
        "take_back": (_("The training does not count in the report until it is held."),),
    }
    url = reverse("trainings:step", args=[training.key, step])
    return StepSaid(step, titles[step], titles[step], follows[step], url)


def may_be_cancelled(training: Training) -> bool:
    """Whether it can still be called off."""
    return training.stage in MAY_BE_CANCELLED


def tabs_of(training: Training, current: str) -> list[tuple[str, str, bool]]:
    """Pages of a training for the centre."""
    named = [
        ("manage", pgettext("training", "Overview")),
        ("people", pgettext("training", "People")),
        ("door", _("Code at the door")),
    ]
    return [
        (label, reverse(f"trainings:{name}", args=[training.key]), name == current)
        for name, label in named
    ]


def rooms_of(current: str) -> list[tuple[str, str, bool]]:
    """Lists of trainings, for whoever works at a centre."""
    named = [("list", _("For everybody")), ("ours", _("Of our centre"))]
    return [(label, reverse(f"trainings:{name}"), name == current) for name, label in named]


def crumbs_of(training: Training) -> list[tuple[str, str]]:
    """The way to a page of the centre about a training."""
    return [
        (_("Trainings"), reverse("trainings:list")),
        (_("Of our centre"), reverse("trainings:ours")),
        (training.name, reverse("trainings:manage", args=[training.key])),
    ]


def places_said(left: int | None) -> str:
    """How many places are left, as everybody is told."""
    if left is None:
        return _("There is room for everybody.")
    if not left:
        return _("All places are taken: who enrols now is put on the waiting list.")
    words = ngettext("%(left)s place is left.", "%(left)s places are left.", left)
    return words % {"left": left}


def own_link(row: Enrolment) -> str:
    """The address of one's own enrolment, whole."""
    return settings.SITE_URL + reverse("trainings:own", args=[row.key, own_token(row.key)])


def initial_of(training: Training) -> dict[str, object]:
    """What stands in the form of a training."""
    names = ("name", "about", "trainers", "starts_at", "ends_at", "hours", "where", "link")
    told: dict[str, object] = {name: getattr(training, name) for name in names}
    told["places"] = training.places
    for name in ("topic", "source"):
        one = getattr(training, name)
        told[name] = str(one.key) if one is not None else ""
    return told
