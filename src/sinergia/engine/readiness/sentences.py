"""The sentence for each finding, an English message that is translated where it is shown.

The command line and the pages take it from here, so that both say the same.
"""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from sinergia.engine.refusal import Gap
from sinergia.engine.shown import locale_of, money_shown, number_shown
from sinergia.packs.rules import Rules
from sinergia.packs.rules.faults import gettext_noop

SENTENCES = {
    "call.closed": gettext_noop("The intake has ended."),
    "field.missing": gettext_noop("Nothing is written here yet."),
    "field.unfilled": gettext_noop("To be written still, in brackets: %(count)s. First: %(typed)s"),
    "field.long": gettext_noop("Longer than the rules allow: %(length)s of %(most)s characters."),
    "rows.few": gettext_noop("Fewer than the rules ask for: %(count)s of %(least)s."),
    "rows.many": gettext_noop("More than the rules allow: %(count)s of %(most)s."),
    "files.few": gettext_noop("Files are missing: %(count)s of %(least)s."),
    "files.many": gettext_noop("More files than the rules allow: %(count)s of %(most)s."),
    "cell.missing": gettext_noop("Fill this in, or take the row out."),
    "cell.lines": gettext_noop("More lines than the rules allow: %(count)s of %(most)s."),
    "cell.date": gettext_noop("“%(typed)s” is no date; write it as 15.06.2027."),
    "cell.number": gettext_noop("“%(typed)s” is no whole number."),
    "cell.quantity": gettext_noop("“%(typed)s” is no quantity."),
    "cell.quantity_ambiguous": gettext_noop(
        "“%(typed)s” may be thousands or a fraction: write it as 1 250 or as 1,25."
    ),
    "cell.money_number": gettext_noop("“%(typed)s” is no sum; write it as 12 500.00."),
    "cell.money_negative": gettext_noop("A sum cannot be below nought: “%(typed)s”."),
    "cell.money_ambiguous": gettext_noop(
        "“%(typed)s” may be thousands or a fraction: write it as 12 500 or as 12,50."
    ),
    "cell.money_too_large": gettext_noop("The sum is too large: “%(typed)s”."),
    "cell.gone": gettext_noop("What is chosen here has been taken out; choose again."),
    "direction.unknown": gettext_noop("This contest has no such direction; choose another."),
    "topic.other": gettext_noop("This topic is of another direction; choose again."),
    "answer.unknown": gettext_noop("The question has no such answer; choose another."),
    "title.quote": gettext_noop("A title begins without a quotation mark."),
    "title.small": gettext_noop("A title begins with a capital letter."),
    "title.stop": gettext_noop("A title ends without a full stop."),
    "dates.backwards": gettext_noop("The project ends before it begins."),
    "dates.early": gettext_noop("Projects of this contest begin on %(first)s or later."),
    "dates.late": gettext_noop("Projects of this contest end by %(last)s."),
    "dates.long": gettext_noop("Longer than the rules allow: %(months)s of %(most)s months."),
    "event.outside": gettext_noop("%(day)s lies outside the project."),
    "event.backwards": gettext_noop("The event ends before it begins."),
    "event.whole": gettext_noop("The event lasts as long as the whole project; part it."),
    "event.no_task": gettext_noop("Say which task the event serves."),
    "task.few_events": gettext_noop("The task has few events: %(count)s. Two or more convince."),
    "group.no_event": gettext_noop("No event of the plan is for this group."),
    "line.article": gettext_noop("Choose an article of the budget."),
    "line.own": gettext_noop("One's own part is larger than the whole line."),
    "line.nothing": gettext_noop("The line costs nothing: write a price and a quantity."),
    "line.comment": gettext_noop("Explain the sum: what it is made of, what it is for."),
    "line.no_event": gettext_noop("Say which event of the plan the line is for."),
    "line.nobody": gettext_noop(
        "Nobody in the team has such a part: name the person there, or call the post here alike."
    ),
    "money.nothing": gettext_noop("Nothing is asked for: the whole budget is one's own."),
    "money.small": gettext_noop("%(asked_minor)s is less than the rules allow: %(least_minor)s."),
    "money.large": gettext_noop("%(asked_minor)s is more than the rules allow: %(most_minor)s."),
    "money.no_size": gettext_noop("No size of grants fits %(asked_minor)s."),
    "money.own": gettext_noop(
        "One's own part is %(own_minor)s, and the rules ask for %(least_minor)s at least."
    ),
    "article.cap": gettext_noop(
        "Article %(article)s: %(spent_minor)s, and the rules allow %(most_minor)s."
    ),
    "applicant.form": gettext_noop("This legal form may not apply here (%(form)s)."),
    "applicant.ended": gettext_noop("By the register the organisation is closed or closing."),
    "applicant.region": gettext_noop("Only organisations of the region may apply here."),
    "applicant.young": gettext_noop(
        "Registered %(months)s months before the intake ends; the rules ask for %(least)s."
    ),
    "applicant.head_term": gettext_noop(
        "The head's term of office is written down until %(day)s, and the intake ends later: "
        "mend the term, or write down the new head, among the heads of the organisation."
    ),
    "applicant.report_late": gettext_noop(
        "A report on a grant of the organisation is late since %(day)s: hand it in, or ask whoever "
        "looks after the grant. Admission sees it."
    ),
    "applicant.has_grant": gettext_noop(
        "A grant of the organisation is under way: say how both projects are managed at once."
    ),
    "applicant.grants": gettext_noop(
        "Grants of the organisation under way: %(number)s. The rules allow %(most)s at the same "
        "time as the project: say when they end and how the projects are managed at once."
    ),
    "applicant.direction_taken": gettext_noop(
        "Your organisation has handed in for this direction already; the rules allow %(most)s."
    ),
    "applicant.many": gettext_noop(
        "Your organisation has handed in as many as the rules allow: %(most)s."
    ),
}


def sentence_for(gap: Gap, rules: Rules, language: str) -> str:
    """The message of a gap, in English, to be translated; advice speaks the rules' own words."""
    if not gap.code.startswith("advice."):
        return SENTENCES[gap.code]
    code = gap.code.removeprefix("advice.")
    text = next(one.text for one in rules.budget.advice if one.code == code)
    told = text.told(language).replace("%", "%%")  # a norm may speak of per cent
    return f"{told} %(spent_minor)s / %(most_minor)s"


def shown(values: Mapping[str, str | int], *, currency: str, language: str) -> dict[str, str]:
    """What a sentence names, as a reader expects it: sums with a sign, dates, grouped digits."""
    return {name: _shown(name, value, currency, language) for name, value in values.items()}


def _shown(name: str, value: str | int, currency: str, language: str) -> str:
    if isinstance(value, int):
        is_sum = name.endswith("_minor")
        return money_shown(value, currency, language) if is_sum else number_shown(value, language)
    if name in ("day", "first", "last"):
        return format_date(date.fromisoformat(value), "d MMMM y", locale=locale_of(language))
    return value
