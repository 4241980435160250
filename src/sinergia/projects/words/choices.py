"""What may be chosen in a field of a project: groups of values with their words."""

from collections.abc import Iterable, Mapping, Sequence

from sinergia.base.drafts.words import Group, short
from sinergia.packs.rules import Rules
from sinergia.packs.rules.fields import REFERS, ROWS
from sinergia.projects.queries.writing import Written


def choices_at(name: str, cell: str, told: Written, language: str) -> Sequence[Group]:
    """What may be chosen there; of no choice, nothing."""
    rules = told.rules
    if name == "direction":
        return [("", [(one.code, one.name.told(language)) for one in rules.directions])]
    if name == "topic":
        return topics_of(rules, language)
    if (name, cell) == ("lines", "article"):
        return list(_articles(rules, language))
    other = REFERS.get((name, cell))
    if other is None:
        rule = rules.fields.get(name)
        choices = rule.cell(cell).choices if rule is not None else ()
        return [("", [(one.code, one.name.told(language)) for one in choices])] if choices else []
    first = next(iter(ROWS[other]))
    rows = told.document.rows[other]
    return [("", [(row.id, short(row.texts.get(first, ""))) for row in rows])]


def row_named(name: str, texts: Mapping[str, str], told: Written, language: str) -> str:
    """The beginning of a row by which it is known; of a choice its words. texts: of its cells."""
    first = next(iter(ROWS[name]))
    text = texts.get(first, "")
    if ROWS[name][first] == "choice":
        groups = choices_at(name, first, told, language)
        text = dict(one for _group, some in groups for one in some).get(text, text)
    return short(text)


def topics_of(rules: Rules, language: str) -> list[Group]:
    """Examples of what projects are about, by direction."""
    return [
        (
            one.name.told(language),
            [
                (f"{one.code}/{at}", topic.told(language))
                for at, topic in enumerate(one.topics, start=1)
            ],
        )
        for one in rules.directions
        if one.topics
    ]


def _articles(rules: Rules, language: str) -> Iterable[Group]:
    """Articles under which a line may stand: those that have others under them are headings."""
    articles = rules.budget.articles
    above = {one.code.partition(".")[0] for one in articles if "." in one.code}
    for one in articles:
        words = f"{one.code}. {one.name.told(language)}"
        if one.code in above:
            under = [part for part in articles if part.code.startswith(f"{one.code}.")]
            yield words, [(part.code, f"{part.code} {part.name.told(language)}") for part in under]
        elif "." not in one.code:
            yield "", [(one.code, words)]
