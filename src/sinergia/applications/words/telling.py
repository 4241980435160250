"""What all who apply are told of a contest, in their language."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation

from sinergia.base.ui.templatetags.figures import day, moment, zone
from sinergia.calls.models import Contest, ContestRules, Extension


@dataclass(frozen=True)
class Word:
    """A message to many. by_language: what its sentence names, in each language of readers."""

    code: str
    url: str
    by_language: Mapping[str, Mapping[str, str]]


def of_correction(contest: Contest, row: ContestRules) -> Word:
    """The rules were corrected: why, and where it is seen."""
    values = {"contest": contest.call.name, "reason": row.reason}
    key = contest.call.key
    url = "" if contest.is_training else reverse("calls:corrected", args=[key, row.version])
    return Word("applications.rules_corrected", url, dict.fromkeys(("ru", "en"), values))


def of_extension(contest: Contest, row: Extension) -> Word:
    """The intake lasts longer: until when by the contest's clock, and why."""
    url = "" if contest.is_training else reverse("calls:contest", args=[contest.call.key])
    told = {language: _extended(contest, row, language) for language in ("ru", "en")}
    return Word("applications.intake_extended", url, told)


def _extended(contest: Contest, row: Extension, language: str) -> Mapping[str, str]:
    with translation.override(language), timezone.override(ZoneInfo(contest.time_zone)):
        return {
            "contest": contest.call.name,
            "until": f"{moment(row.after)} ({zone()})",
            "before": moment(row.before),
            "results": day(row.results_after) if row.results_after else "",
            "begin": day(contest.project_from) if contest.project_from else "",
            "reason": row.reason,
        }
