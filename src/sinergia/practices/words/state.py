"""In which state a practice is, in words, with the kind of their badge."""

from django.utils.translation import gettext as _

from sinergia.practices.models import Practice

KINDS = {
    Practice.Stage.DRAFT: "neutral",
    Practice.Stage.CHECKING: "info",
    Practice.Stage.PUBLISHED: "ok",
    Practice.Stage.WITHDRAWN: "warn",
}


def state_of(practice: Practice) -> tuple[str, str]:
    """The words and the kind. practice: as `practices_of` gives it."""
    label = str(Practice.Stage(practice.stage).label)
    is_waiting = getattr(practice, "is_waiting", False)
    if is_waiting and practice.stage != Practice.Stage.CHECKING:
        label = _("%(stage)s; a newer text is with the consultant") % {"stage": label}
    return label, KINDS[Practice.Stage(practice.stage)]
