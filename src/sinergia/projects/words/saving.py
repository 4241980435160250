"""What a save comes to, for the page that sent it."""

from collections.abc import Sequence
from datetime import datetime

from django.template.defaultfilters import date as shown_date
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.projects.actions.saving import Saved
from sinergia.projects.queries.people import names_of
from sinergia.projects.words.form import Theirs


def theirs_of(done: Sequence[Saved]) -> dict[str, Theirs]:
    """What others have saved meanwhile, by path."""
    against = [one.field for one in done if one.is_conflict]
    names = names_of(field.by for field in against)
    return {
        field.path: Theirs(
            field.value, names.get(field.by, _("somebody whose account is erased")), clock(field.at)
        )
        for field in against
    }


def clock(moment: datetime) -> str:
    """A moment as pages of drafts say it: the hour of today, the day of an earlier one."""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return shown_date(local, "H:i" if is_today else "j E, H:i")
