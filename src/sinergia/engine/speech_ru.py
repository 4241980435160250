"""What is said of a region in Russian: cases, plurals and gender by rule."""

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
from sinergia.engine.words_ru import (
    average,
    counted,
    form,
    grouped,
    is_one,
    money,
    more_than,
    projects,
    quoted,
    said_number,
)

RESIDENTS_OF = {
    "oblast": "области",
    "krai": "края",
    "republic": "республики",
    "city": "города",
    "okrug": "автономного округа",
    "autonomous_oblast": "автономной области",
    "region": "региона",
}
_ORDINALS = "второй третий четвёртый пятый шестой седьмой восьмой девятый десятый"
_NEARNESS = {"exactly": "", "almost": "почти ", "more": "более чем "}


def sentence_parts(figures: BriefFigures) -> list[Part]:
    """Say what was submitted, how many of it won and what the support came to."""
    start = _opening(figures)
    if figures.submitted == 0:
        none = "не было подано" if figures.is_closed else "пока не подано"
        return [Part(f"{start} {none} "), Part("ни одного проекта", "submitted")]
    verb = "был подан" if is_one(said_number(figures.submitted)) else "было подано"
    parts = [Part(f"{start} {verb} "), Part(projects(figures.submitted), "submitted"), Part(", ")]
    if figures.won == 0:
        return [*parts, Part(_no_wins(figures))]
    return [*parts, *_wins(figures), *_support(figures)]


def _opening(figures: BriefFigures) -> str:
    residents = f"жителями {RESIDENTS_OF.get(figures.region_kind, 'региона')}"
    if figures.is_one_fund and figures.is_whole_life and figures.year is None:
        return f"За время существования Фонда {residents}"
    contests = "на конкурсы Фонда" if figures.is_one_fund else "на конкурсы всех фондов"
    if figures.period is None:
        return f"На{contests[2:]} {residents}"
    first, last = figures.period
    period = f"В {first} году" if first == last else f"За {first}–{last} годы"
    return f"{period} {contests} {residents}"


def _no_wins(figures: BriefFigures) -> str:
    yet = "" if figures.is_closed else "пока "
    if figures.submitted == 1:
        return f"победителем он {yet}не стал"
    return f"победителей среди них {yet}нет"


def _wins(figures: BriefFigures) -> list[Part]:
    if figures.won < figures.submitted:
        became = "стал победителем" if is_one(said_number(figures.won)) else "стали победителями"
        return [Part(counted(figures.won), "won"), Part(f" из них {became}")]
    if figures.won == 1:
        return [Part("он стал победителем", "won")]
    return [Part("оба" if figures.won == 2 else "все они", "won"), Part(" стали победителями")]


def _support(figures: BriefFigures) -> list[Part]:
    if figures.awarded_minor == 0:
        return [Part(", сведений о сумме поддержки пока нет")]
    said = money(figures.awarded_minor, figures.currency)
    return [Part(", сумма поддержки составила "), Part(said, "awarded")]


def further_theses(figures: BriefFigures) -> list[list[Part]]:
    """Give the four theses after the sentence: years, share, organisations, themes and places."""
    years, themes, places = _years(figures), _themes(figures), _places(figures)
    always = [_share(figures), _organisations(figures)]
    if years:
        both = [*themes, Part("; "), *_lowered(places)] if themes and places else themes or places
        both = both or [Part("Распределение проектов по темам и муниципалитетам уточняется")]
        found = [years, *always, both]
    else:
        themes = themes or [Part("Распределение проектов по темам уточняется")]
        places = places or [Part("Распределение проектов по муниципалитетам уточняется")]
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
            parts.append(Part(f"; больше всего побед принёс {best.year} год — "))
            parts.append(Part(counted(best.won), f"year:{best.year}:won"))
        return parts
    if best:
        return _best_year(best, figures.currency)
    busiest = most_submitted(years)
    if busiest is None:
        return []
    count = Part(counted(busiest.submitted), f"year:{busiest.year}:submitted")
    return [Part(f"Больше всего проектов подано в {busiest.year} году — "), count]


def _growth(first: YearFigures, last: YearFigures) -> list[Part]:
    verb = "подан" if is_one(said_number(first.submitted)) else "подано"
    return [
        Part(f"Активность выросла: в {first.year} году {verb} "),
        Part(projects(first.submitted), f"year:{first.year}:submitted"),
        Part(f", в {last.year} году — "),
        Part(counted(last.submitted), f"year:{last.year}:submitted"),
    ]


def _best_year(best: YearFigures, currency: str) -> list[Part]:
    verb = "победил" if is_one(said_number(best.won)) else "победили"
    parts = [Part(f"Больше всего побед принёс {best.year} год: {verb} ")]
    parts.append(Part(projects(best.won), f"year:{best.year}:won"))
    if best.awarded_minor:
        parts.append(Part(", сумма поддержки составила "))
        parts.append(Part(money(best.awarded_minor, currency), f"year:{best.year}:awarded"))
    return parts


def _share(figures: BriefFigures) -> list[Part]:
    won, submitted = figures.won, figures.submitted
    if won == 0:
        when = f"В {figures.year} году побед не было" if figures.is_closed else "Побед пока нет"
        return [Part(f"{when}, но опыт подготовки заявок уже есть")]
    if won == submitted:
        every = "Поддержку получил единственный поданный проект"
        parts = [Part(every if won == 1 else "Поддержку получили все поданные проекты", "won")]
    elif is_share_of_few(won, submitted):
        verb = "получил" if is_one(said_number(won)) else "получили"
        parts = [Part(f"Поддержку {verb} "), Part(projects(won), "won")]
        parts += [Part(" из "), Part(more_than(submitted), "submitted")]
    else:
        parts = _share_of_many(won, submitted)
    if figures.has_average:
        said = average(figures.awarded_minor, won, figures.currency)
        parts += [Part(", средний размер гранта — "), Part(said, "average")]
    return parts


def _share_of_many(won: int, submitted: int) -> list[Part]:
    percent = f"{grouped(percent_of(won, submitted))}\u00a0%"
    near = one_in(won, submitted)
    if near is None:
        return [Part("Доля поддержанных проектов — "), Part(percent, "share")]
    ordinal = _ORDINALS.split()[near.number - 2]
    said = f"{_NEARNESS[near.nearness]}каждый {ordinal}"
    return [Part(f"Поддержку получил {said} проект ("), Part(percent, "share"), Part(")")]


def _organisations(figures: BriefFigures) -> list[Part]:
    count = figures.organisations
    if count == 0:
        return [Part("Сведения об организациях, подавших проекты, уточняются")]
    region = RESIDENTS_OF.get(figures.region_kind, "региона")
    behind = "этим проектом" if figures.submitted == 1 else f"проектами {region}"
    noun = form(said_number(count), "организация", "организации", "организаций")
    verb = "стоит" if is_one(said_number(count)) else "стоят"
    parts = [Part(f"За {behind} {verb} "), Part(f"{counted(count)} {noun}", "organisations")]
    if figures.winners == 0:
        return parts
    if count == 1:
        return [*parts, Part(", "), Part("она среди победителей", "winners")]
    return [*parts, *_winners(figures)]


def _winners(figures: BriefFigures) -> list[Part]:
    winners, again, is_one_year = (
        figures.winners,
        figures.repeated_winners,
        figures.year is not None,
    )
    if winners == figures.organisations:
        parts = [Part(": победили "), Part("обе" if winners == 2 else "все", "winners")]
    else:
        verb = "победила" if is_one(said_number(winners)) else "победили"
        parts = [Part(f": {verb} "), Part(counted(winners), "winners"), Part(" из них")]
    if is_one_year and figures.new_winners:
        parts += [Part(", впервые — "), Part(counted(figures.new_winners), "new_winners")]
    if again:
        often = ", не впервые — " if is_one_year else ", неоднократно — "
        parts += [Part(often), Part(counted(again), "repeated_winners")]
    return parts


def _themes(figures: BriefFigures) -> list[Part]:
    found = with_wins(figures.by_theme)
    if found:
        tops = [one for one in found if one.won == found[0].won]
        start = "Победы есть по " if len(tops) > 2 else "Больше всего побед — по "
        return [Part(start), *_top_themes(tops, "won", of=len(found))]
    found = with_projects(figures.by_theme)
    if not found:
        return []
    tops = [one for one in found if one.submitted == found[0].submitted]
    start = "Проекты поданы по " if len(tops) > 2 else "Больше всего проектов подано по "
    return [Part(start), *_top_themes(tops, "submitted", of=len(found))]


def _top_themes(tops: Sequence[NamedFigures], what: str, *, of: int) -> list[Part]:
    if len(tops) > 2:
        return [Part(f"{of} {'теме' if is_one(of) else 'темам'}", "themes")]
    names = " и ".join(quoted(one.name("ru")) for one in tops)
    themes = "теме" if len(tops) == 1 else "темам"
    return [Part(f"{themes} {names} "), *_each(tops, "theme", what)]


def _each(tops: Sequence[NamedFigures], kind: str, what: str) -> list[Part]:
    """Say the count of each leader in brackets: «(31)», «(31 и 31)»."""
    counts = [counted(one.won if what == "won" else one.submitted) for one in tops]
    parts = [Part("(")]
    for one, said in zip(tops, counts, strict=True):
        parts += [Part(said, f"{kind}:{one.key}:{what}"), Part(" и ")]
    return [*parts[:-1], Part(")")]


def _places(figures: BriefFigures) -> list[Part]:
    found = with_wins(figures.by_municipality)
    if found:
        noun = "муниципалитете" if is_one(len(found)) else "муниципалитетах"
        parts = [Part("Победители есть в "), Part(f"{len(found)} {noun}", "municipalities")]
        return [*parts, *_leader([(one.won, one) for one in found], ", лидирует ", "won")]
    found = with_projects(figures.by_municipality)
    if not found:
        return []
    noun = "муниципалитета" if is_one(len(found)) else "муниципалитетов"
    parts = [Part("Проекты поступили из "), Part(f"{len(found)} {noun}", "municipalities")]
    ranked = [(one.submitted, one) for one in found]
    return [*parts, *_leader(ranked, ", больше всего — ", "submitted")]


def _leader(ranked: Sequence[tuple[int, NamedFigures]], leads: str, what: str) -> list[Part]:
    (most, top), *others = ranked
    if others and others[0][0] == most:
        return []
    start = leads if others else ": "
    return [Part(f"{start}{top.name('ru')} "), *_each([top], "municipality", what)]
