"""What reminders name, in each language of the house."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.queries.reminding import Due
from sinergia.applications.queries.submissions import readiness_to_submit
from sinergia.applications.words.confirming import ways_said
from sinergia.base.ui.templatetags.figures import moment, zone_name
from sinergia.calls.http import in_zone_of
from sinergia.calls.words.contests import rule_said
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Rules
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import written
from sinergia.projects.words.fields import LABELS
from sinergia.projects.words.outline import NOW


def reminder_said(project: Project, *, now: datetime) -> Mapping[str, Mapping[str, str]]:
    """The title, the contest, its end, how many things hinder with the most pressing of them."""
    told, contest = written(project), project.contest
    if contest is None:
        return {}
    blocking = readiness_to_submit(told, now=now).blocking
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language), in_zone_of(contest):
            things = [_thing(gap, told.rules, language) for gap in blocking[:NOW]]
            left = ngettext(
                "%(count)s thing is left to mend:",
                "%(count)s things are left to mend:",
                len(blocking),
            )
            lines = [left % {"count": len(blocking)}, *(f"— {thing}" for thing in things)]
            said[language] = {
                "title": project.title or _("without a title"),
                "contest": contest.call.name,
                "until": f"{moment(contest.closes_at)} ({zone_name(contest.time_zone)})",
                "things": "\n".join(lines) if things else "",
            }
    return said


def unconfirmed_said(due: Due) -> Mapping[str, Mapping[str, str]]:
    """Until when what was submitted is to be confirmed, and in which ways."""
    said, contest = {}, due.row.contest
    for language, _name in settings.LANGUAGES:
        with translation.override(language), in_zone_of(contest):
            words = ways_said()
            said[language] = {
                "until": f"{moment(due.at)} ({zone_name(contest.time_zone)})",
                "ways": "\n".join(f"— {words[way]}" for way in due.rules.signing.ways),
            }
    return said


def _thing(gap: Gap, rules: Rules, language: str) -> str:
    """What hinders and in which field; of what is written there, nothing."""
    label, said = LABELS.get(gap.path.partition("/")[0]), rule_said(gap, rules, language)
    return f"{label}: {said}" if label else said
