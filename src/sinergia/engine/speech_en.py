"""What is said of a region in English."""

from collections.abc import Sequence

from sinergia.engine.brief import (
    BriefFigures,
    NamedFigures,
    Part,
    YearFigures,
    most_submitted,
    most_won,
    with_projects,
    with_wins,
    years_of,
)
from sinergia.engine.spoken import is_share_of_few, one_in, percent_of
from sinergia.engine.words_en import average, counted, money, things

REGIONS = {
    "oblast": "region",
    "krai": "territory",
    "republic": "republic",
    "city": "city",
    "okrug": "autonomous area",
    "autonomous_oblast": "autonomous region",
    "region": "region",
}
_NUMBERS = "two three four five six seven eight nine ten"
_NEARNESS = {"exactly": "One", "almost": "Almost one", "more": "More than one"}


def sentence_parts(figures: BriefFigures) -> list[Part]:
    """Say what was submitted, how many of it won and what the support came to."""
    when, contests = _period(figures)
    residents = f"residents of the {REGIONS.get(figures.region_kind, 'region')}"
    start = f"{when}, {residents}" if when else residents.capitalize()
    if figures.submitted == 0:
        verb = "submitted" if figures.is_closed else "have submitted"
        yet = "" if figures.is_closed else " yet"
        return [
            Part(f"{start} {verb} "),
            Part("no projects", "submitted"),
            Part(f"{contests}{yet}"),
        ]
    parts = [Part(f"{start} submitted "), Part(things(figures.submitted, "project"), "submitted")]
    parts.append(Part(f"{contests}; "))
    if figures.won == 0:
        return [*parts, Part(_no_wins(figures))]
    return [*parts, *_wins(figures), *_support(figures)]


def _period(figures: BriefFigures) -> tuple[str, str]:
    """Give the beginning of the sentence, and the contests where it does not name the Fund."""
    if figures.is_one_fund and figures.is_whole_life and figures.year is None:
        return "Over the lifetime of the Fund", ""
    contests = " to the contests of the Fund" if figures.is_one_fund else " to all funds' contests"
    if figures.period is None:
        return "", contests
    first, last = figures.period
    return (f"In {first}" if first == last else f"In {first}–{last}"), contests


def _no_wins(figures: BriefFigures) -> str:
    if figures.submitted == 1:
        return "it did not win" if figures.is_closed else "it has not won yet"
    return "none of them won" if figures.is_closed else "none of them has won yet"


def _wins(figures: BriefFigures) -> list[Part]:
    if figures.won < figures.submitted:
        return [Part(counted(figures.won), "won"), Part(" of them won")]
    if figures.won == 1:
        return [Part("it won", "won")]
    return [Part("both" if figures.won == 2 else "all", "won"), Part(" of them won")]


def _support(figures: BriefFigures) -> list[Part]:
    if figures.awarded_minor == 0:
        return [Part(", and the sum of the support is not known yet")]
    said = money(figures.awarded_minor, figures.currency)
    return [Part(", and the support came to "), Part(said, "awarded")]


def further_theses(figures: BriefFigures) -> list[list[Part]]:
    """Give the four theses after the sentence: years, share, organisations, themes and places."""
    years, themes, places = _years(figures), _themes(figures), _places(figures)
    always = [_share(figures), _organisations(figures)]
    if years:
        both = [*themes, Part("; "), *_lowered(places)] if themes and places else themes or places
        both = both or [
            Part("The themes and municipalities of the projects are yet to be specified")
        ]
        found = [years, *always, both]
    else:
        themes = themes or [Part("The themes of the projects are yet to be specified")]
        places = places or [Part("The municipalities of the projects are yet to be specified")]
        found = [*always, themes, places]
    return [[*parts, Part(".")] for parts in found]


def _lowered(parts: Sequence[Part]) -> list[Part]:
    first = parts[0]
    return [Part(first.text[0].lower() + first.text[1:], first.figure), *parts[1:]]


def _years(figures: BriefFigures) -> list[Part]:
    years = years_of(figures)
    if len(years) < 2:
        return []
    first, last, best = years[0], years[-1], most_won(years)
    if last.submitted > first.submitted:
        parts = _growth(first, last)
        if best:
            parts.append(Part(f"; the most wins came in {best.year}: "))
            parts.append(Part(counted(best.won), f"year:{best.year}:won"))
        return parts
    if best:
        return _best_year(best, figures.currency)
    busiest = most_submitted(years)
    if busiest is None:
        return []
    count = Part(counted(busiest.submitted), f"year:{busiest.year}:submitted")
    return [Part(f"The most projects were submitted in {busiest.year}: "), count]


def _growth(first: YearFigures, last: YearFigures) -> list[Part]:
    return [
        Part("Activity has grown: "),
        Part(things(first.submitted, "project"), f"year:{first.year}:submitted"),
        Part(f" in {first.year}, "),
        Part(counted(last.submitted), f"year:{last.year}:submitted"),
        Part(f" in {last.year}"),
    ]


def _best_year(best: YearFigures, currency: str) -> list[Part]:
    parts = [Part(f"The most wins came in {best.year}: ")]
    parts += [Part(things(best.won, "project"), f"year:{best.year}:won"), Part(" won")]
    if best.awarded_minor:
        parts.append(Part(", and the support came to "))
        parts.append(Part(money(best.awarded_minor, currency), f"year:{best.year}:awarded"))
    return parts


def _share(figures: BriefFigures) -> list[Part]:
    won, submitted = figures.won, figures.submitted
    if won == 0:
        when = f"There were no wins in {figures.year}" if figures.is_closed else "No wins yet"
        return [Part(f"{when}, but there is experience in preparing applications")]
    if won == submitted:
        every = "The only project submitted" if won == 1 else "Every project submitted"
        parts = [Part(every, "won"), Part(" was supported")]
    elif is_share_of_few(won, submitted):
        was = "was" if won == 1 else "were"
        first = things(won, "project")
        parts = [Part(first[0].upper() + first[1:], "won"), Part(" out of ")]
        parts += [Part(counted(submitted), "submitted"), Part(f" {was} supported")]
    else:
        parts = _share_of_many(won, submitted)
    if figures.has_average:
        said = average(figures.awarded_minor, won, figures.currency)
        parts += [Part("; the average grant is "), Part(said, "average")]
    return parts


def _share_of_many(won: int, submitted: int) -> list[Part]:
    percent, near = f"{percent_of(won, submitted)}%", one_in(won, submitted)
    if near is None:
        return [Part(percent, "share"), Part(" of the projects were supported")]
    said = f"{_NEARNESS[near.nearness]} project in {_NUMBERS.split()[near.number - 2]}"
    return [Part(f"{said} was supported ("), Part(percent, "share"), Part(")")]


def _organisations(figures: BriefFigures) -> list[Part]:
    count = figures.organisations
    if count == 0:
        return [Part("The organisations that submitted the projects are yet to be specified")]
    behind = "the project" if figures.submitted == 1 else "the projects"
    stand = "stands" if count == 1 else "stand"
    parts = [
        Part(f"Behind {behind} {stand} "),
        Part(things(count, "organisation"), "organisations"),
    ]
    if figures.winners == 0:
        return parts
    if count == 1:
        return [*parts, Part(", "), Part("which is among the winners", "winners")]
    return [*parts, *_winners(figures)]


def _winners(figures: BriefFigures) -> list[Part]:
    said = counted(figures.winners)
    if figures.winners == figures.organisations:
        said = "both" if figures.winners == 2 else "all"
    parts = [Part(": "), Part(said, "winners"), Part(" of them won")]
    if figures.year is not None and figures.new_winners:
        parts += [Part(", "), Part(counted(figures.new_winners), "new_winners")]
        parts.append(Part(" for the first time"))
    if figures.repeated_winners:
        again = " again" if figures.year is not None else " more than once"
        parts += [Part(", "), Part(counted(figures.repeated_winners), "repeated_winners")]
        parts.append(Part(again))
    return parts


def _themes(figures: BriefFigures) -> list[Part]:
    found = with_wins(figures.by_theme)
    if found:
        tops = [one for one in found if one.won == found[0].won]
        start = "There are wins in " if len(tops) > 2 else "The most wins are in "
        return [Part(start), *_top_themes(tops, "won", of=len(found))]
    found = with_projects(figures.by_theme)
    if not found:
        return []
    tops = [one for one in found if one.submitted == found[0].submitted]
    start = "Projects were submitted in " if len(tops) > 2 else "The most projects are in "
    return [Part(start), *_top_themes(tops, "submitted", of=len(found))]


def _top_themes(tops: Sequence[NamedFigures], what: str, *, of: int) -> list[Part]:
    if len(tops) > 2:
        return [Part(f"{of} themes", "themes")]
    names = " and ".join(f"“{one.name('en')}”" for one in tops)
    themes = "the theme" if len(tops) == 1 else "the themes"
    return [Part(f"{themes} {names} "), *_each(tops, "theme", what)]


def _each(tops: Sequence[NamedFigures], kind: str, what: str) -> list[Part]:
    """Say the count of each leader in brackets: "(31)", "(31 and 31)"."""
    parts = [Part("(")]
    for one in tops:
        count = one.won if what == "won" else one.submitted
        parts += [Part(counted(count), f"{kind}:{one.key}:{what}"), Part(" and ")]
    return [*parts[:-1], Part(")")]


def _places(figures: BriefFigures) -> list[Part]:
    found = with_wins(figures.by_municipality)
    if found:
        parts = [Part("There are winners in "), _municipalities(len(found))]
        return [*parts, *_leader([(one.won, one) for one in found], ", led by ", "won")]
    found = with_projects(figures.by_municipality)
    if not found:
        return []
    parts = [Part("Projects came from "), _municipalities(len(found))]
    ranked = [(one.submitted, one) for one in found]
    return [*parts, *_leader(ranked, ", most of all from ", "submitted")]


def _municipalities(count: int) -> Part:
    noun = "municipality" if count == 1 else "municipalities"
    return Part(f"{count} {noun}", "municipalities")


def _leader(ranked: Sequence[tuple[int, NamedFigures]], leads: str, what: str) -> list[Part]:
    (most, top), *others = ranked
    if others and others[0][0] == most:
        return []
    start = leads if others else ": "
    return [Part(f"{start}{top.name('en')} "), *_each([top], "municipality", what)]
