"""The public card of an application that was handed in here: what its rules make public."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergia.applications.models import Application
from sinergia.applications.queries.submissions import submission_behind, written_frozen
from sinergia.applications.queries.taking_over import filed_in
from sinergia.base.drafts.words import Block
from sinergia.engine.project import Broken
from sinergia.engine.readiness import Readiness
from sinergia.engine.shown import money_shown
from sinergia.packs.rules.fields import SUMS
from sinergia.projects.words.form import Shown, blocks_named


@dataclass(frozen=True)
class Card:
    """Fields and sums as they were handed in; neither where the kept bytes were changed."""

    blocks: Sequence[Block] = ()
    sums: Sequence[tuple[str, str]] = ()
    is_broken: bool = False


def card_of(application: Application, language: str) -> Card | None:
    """What everybody may see of it, by the rules it was checked by; none of a fund's own rows."""
    submission = submission_behind(application)
    if submission is None:
        return None
    try:
        told = written_frozen(submission)
    except Broken:
        return Card(is_broken=True)
    public = told.rules.registration.public_fields
    if filed_in(told.values):  # it was handed in elsewhere, and its list says less
        public = tuple(one for one in public if one in told.values)
    named = {"asked": _("Sum asked"), "total": _("Total cost")}
    costs = {"asked": told.document.asked_minor, "total": told.document.total_minor}
    sums = [
        (named[one], money_shown(costs[one], told.rules.currency, language))
        for one in SUMS
        if one in public
    ]
    return Card(blocks_named(told, public, Shown(language, Readiness([], []))), sums)
