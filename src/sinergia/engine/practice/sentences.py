"""The sentence for what a practice lacks: an English message, translated where it is shown."""

from sinergia.engine.readiness.sentences import SENTENCES as OF_PROJECTS
from sinergia.packs.rules.faults import gettext_noop

SENTENCES = {
    **{code: text for code, text in OF_PROJECTS.items() if code.startswith("cell.")},
    "field.missing": OF_PROJECTS["field.missing"],
    "title.stop": OF_PROJECTS["title.stop"],
    "rows.none": gettext_noop("Nothing is added here yet."),
    "rows.many": gettext_noop("More than fit a card: choose at most %(most)s."),
    "audience.unknown": gettext_noop("Choose the nearest of the list: “%(typed)s”."),
    "field.long": gettext_noop("Longer than fits a card: %(length)s of %(most)s characters."),
    "evidence.no_note": gettext_noop("Say how it is known: who asked, when, how many."),
    "evidence.no_files": gettext_noop(
        "Put a file that shows it beside: a survey, a study, a report. "
        "Without it the consultant can hardly confirm such a level."
    ),
    "maturity.not_repeated": gettext_noop("Say where it was repeated, and with what result."),
    "results.no_number": gettext_noop("One result in numbers convinces more than ten without."),
    "risks.none": gettext_noop("Name what can go wrong: it saves others a year."),
    "licence.none": gettext_noop("Say on what terms the materials may be used."),
    "hosting.no_time": gettext_noop("Say when you can receive a visit."),
    "contact.unsaid": gettext_noop("Say to whom this person is shown; now it is nobody."),
}
