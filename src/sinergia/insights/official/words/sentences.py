"""What can be read aloud as it stands: a sentence for each part of the page."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import get_language, npgettext
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import count, day, money
from sinergia.insights.funnel.queries.counting import Funnel
from sinergia.insights.official.queries.grown import Grown
from sinergia.insights.official.queries.helped import KINDS, Meeting, Period, number, of_kind
from sinergia.insights.official.queries.trust import Trust


def helped_said(told: Sequence[Meeting], period: Period) -> str:
    """Whom the centre met and helped."""
    values = {"since": day(period.since), "until": day(period.until)}
    if not told:
        return _("From %(since)s to %(until)s no meeting is written down.") % values
    owners, towns = (number(told, of) for of in ("organisations", "municipalities"))
    ways = [_times(kind, number(of_kind(told, kind), "times")) for kind in KINDS]
    values |= {
        "organisations": _counted(
            npgettext("helped", "%(count)s organisation", "%(count)s organisations", owners), owners
        ),
        "municipalities": _counted(
            npgettext("from", "%(count)s municipality", "%(count)s municipalities", towns), towns
        ),
        "ways": ", ".join(filter(None, ways)),
    }
    if not owners:
        return _("From %(since)s to %(until)s there were: %(ways)s.") % values
    if not towns:
        return (
            _("From %(since)s to %(until)s the centre helped %(organisations)s: %(ways)s.") % values
        )
    return (
        _(
            "From %(since)s to %(until)s the centre helped %(organisations)s from "
            "%(municipalities)s: %(ways)s."
        )
        % values
    )


def contests_said(funnel: Funnel) -> str:
    """How far the region's own contests have come; "" where there are none."""
    counts = funnel.counts
    if not counts["submitted"]:
        return ""
    said = [
        npgettext("contests", "%(count)s application submitted", "%(count)s applications submitted",
                  counts["submitted"]) % {"count": count(counts["submitted"])},
        npgettext("contests", "%(count)s admitted", "%(count)s admitted", counts["admitted"])
        % {"count": count(counts["admitted"])},
    ]  # fmt: skip
    if funnel.is_decided:
        said += _after(counts)
    return _("Own contests of the region: %(steps)s.") % {"steps": ", ".join(said)}


def grown_said(rows: Iterable[Grown]) -> str:
    """What came of the visits on the page; "" where nothing has yet."""
    told = list(rows)
    sums: dict[str, int] = {}
    for one in told:
        for currency, minor in one.won_minor.items():
            sums[currency] = sums.get(currency, 0) + minor
    steps = [
        _step("commitments", sum(one.commitments for one in told)),
        _step("projects", sum(one.projects for one in told)),
        _step("applications", sum(one.applications for one in told)),
    ]
    won = sum(one.won for one in told)
    if won:
        named = ", ".join(money(minor, currency) for currency, minor in sums.items())
        values = {"won": _step("won", won), "sum": named}
        steps.append(_("%(won)s for %(sum)s") % values)
    said = ", ".join(filter(None, steps))
    return _("Grown from visits: %(steps)s.") % {"steps": said} if said else ""


def trust_said(told: Trust | None) -> str:
    """How many trust non-profits, by whose measurement; "" where nobody measured."""
    if told is None:
        return ""
    latest = told.latest
    values = {"value": share(latest.value), "day": day(latest.on), "source": latest.source}
    said = _("%(value)s of the residents trust non-profits (%(day)s; source: %(source)s)") % values
    if told.change is not None and told.change:
        change = f"{'+' if told.change > 0 else '−'}{decimal(abs(told.change))}"
        said = _("%(said)s; %(change)s points since the measurement before") % {
            "said": said,
            "change": change,
        }
    return f"{said}."


def share(value: Decimal) -> str:
    """46.8 -> 46,8 %."""
    return f"{decimal(value)}%" if get_language() == "en" else f"{decimal(value)}\u00a0%"


def decimal(value: Decimal) -> str:
    """As many decimals as it has, with the language's mark."""
    text = f"{value.normalize():f}"
    return text if get_language() == "en" else text.replace(".", ",")


def _after(counts: Mapping[str, int]) -> list[str]:
    won, signed, closed = (counts[step] for step in ("won", "signed", "closed"))
    words = npgettext("contests", "%(count)s project won", "%(count)s projects won", won)
    told = [words % {"count": count(won)}]
    if signed:
        words = npgettext(
            "contests", "%(count)s agreement signed", "%(count)s agreements signed", signed
        )
        told.append(words % {"count": count(signed)})
    if closed:
        words = npgettext("contests", "%(count)s grant closed", "%(count)s grants closed", closed)
        told.append(words % {"count": count(closed)})
    if people := counts["people"]:
        words = npgettext(
            "contests",
            "%(count)s person joined their projects",
            "%(count)s people joined their projects",
            people,
        )
        told.append(words % {"count": count(people)})
    return told


def _times(kind: str, times: int) -> str:
    if not times:
        return ""
    words = {
        "consultations": npgettext(
            "times", "%(count)s consultation", "%(count)s consultations", times
        ),
        "trainings": npgettext("times", "%(count)s training", "%(count)s trainings", times),
        "visits": npgettext("times", "%(count)s visit", "%(count)s visits", times),
    }
    return _counted(words[kind], times)


def _step(step: str, times: int) -> str:
    if not times:
        return ""
    words = {
        "commitments": npgettext("grown", "%(count)s commitment", "%(count)s commitments", times),
        "projects": npgettext("grown", "%(count)s project", "%(count)s projects", times),
        "applications": npgettext(
            "grown", "%(count)s application", "%(count)s applications", times
        ),
        "won": npgettext("grown", "%(count)s grant", "%(count)s grants", times),
    }
    return _counted(words[step], times)


def _counted(words: str, times: int) -> str:
    return words % {"count": count(times)}
