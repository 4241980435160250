"""What a submission shares with others, in words, with the passages side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from sinergia.applications.models import Submission
from sinergia.applications.queries.overlapping import MOST, own_others, shared_with_others
from sinergia.engine.overlap import Overlap
from sinergia.engine.shown import decimal_shown
from sinergia.organisations.models import Centre
from sinergia.packs.rules import Rules
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.fields import HELPS, LABELS

CHECK = "overlap"  # what rules call their check of it
SHOWN = 8  # passages of one other application, the longest ones
LONGEST = 700  # characters of a passage


@dataclass(frozen=True)
class PassageSaid:
    """A passage here and there, each with the field in which it stands."""

    field: str
    text: str
    other_field: str
    other_text: str


@dataclass(frozen=True)
class SharedSaid:
    """Another application. url: for whoever may see it. percent: of the text of this one."""

    other: Submission
    url: str
    percent: str
    is_over: bool
    fields: Sequence[tuple[str, str]]
    passages: Sequence[PassageSaid]
    more: int


@dataclass(frozen=True)
class OverlapSaid:
    """compared: with how many. broken: numbers of those whose kept bytes were changed."""

    compared: int
    is_cut: bool
    shared: Sequence[SharedSaid]
    faults: Sequence[str]
    broken: Sequence[str]


def overlap_said(
    submission: Submission, told: Written, *, centre: Centre, language: str
) -> OverlapSaid:
    """Hold a submission against the organisation's other ones; one query."""
    others = list(own_others(submission)[: MOST + 1])
    common = list(common_of(told.rules)) if others else []
    found = shared_with_others(submission, told, others[:MOST], common=common)
    limit = told.rules.applicant.overlap_share
    shared = [
        _said(one.other, one.overlap, centre, limit, language)
        for one in sorted(found, key=lambda one: -one.overlap.share if one.overlap else 0)
        if one.overlap is not None and one.overlap.passages
    ]
    return OverlapSaid(
        compared=len(found),
        is_cut=len(others) > MOST,
        shared=shared,
        faults=[_fault(one, limit, language) for one in shared if one.is_over],
        broken=[one.other.shown_number for one in found if one.overlap is None],
    )


def common_of(rules: Rules) -> Iterator[str]:
    """What the form and the rules say, in both languages: in everybody's text it is no wonder."""
    for language in ("ru", "en"):
        with override(language):
            yield from [str(text) for text in (*LABELS.values(), *HELPS.values())]
    yield from _texts_in(rules.model_dump(mode="json"))


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


def _said(
    other: Submission, overlap: Overlap, centre: Centre, limit: Decimal | None, language: str
) -> SharedSaid:
    is_ours = other.contest.centre_id == centre.pk
    return SharedSaid(
        other=other,
        url=reverse("applications:screened", args=[other.key]) if is_ours else "",
        percent=_percent(overlap.shared, overlap.words, language),
        is_over=limit is not None and overlap.shared > limit * overlap.words,
        fields=[
            (str(LABELS[name]), _percent(shared, words, language))
            for name, (shared, words) in overlap.fields.items()
            if shared
        ],
        passages=[
            PassageSaid(
                field=_label(one.path),
                text=Truncator(one.text).chars(LONGEST),
                other_field=_label(one.other_path),
                other_text=Truncator(one.other_text).chars(LONGEST),
            )
            for one in overlap.passages[:SHOWN]
        ],
        more=max(0, len(overlap.passages) - SHOWN),
    )


def _label(path: str) -> str:
    return str(LABELS[path.partition("/")[0]])


def _percent(part: int, whole: int, language: str) -> str:
    """Whole per cent; what is there is at least one, and less than all of it is never all."""
    percent = Decimal(part * 100) / whole
    if 0 < percent < 1:
        percent = Decimal(1)
    elif 99 < percent < 100:
        percent = Decimal(99)
    return decimal_shown(percent.quantize(Decimal(1)), language)


def _fault(one: SharedSaid, limit: Decimal | None, language: str) -> str:
    most = decimal_shown((limit or Decimal(0)) * 100, language)
    values = {"percent": one.percent, "number": one.other.shown_number, "most": most}
    text = _(
        "%(percent)s%% of the text stands in application %(number)s; the rules allow %(most)s%%."
    )
    return text % values
