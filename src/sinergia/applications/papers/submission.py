"""An application on paper: PDF/UA by typst, its number and checksum on every page."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.translation import gettext as _

from sinergia.applications.models import Submission
from sinergia.applications.queries.submissions import written_frozen
from sinergia.base.drafts.words import Block
from sinergia.base.tables.paper import set_paper
from sinergia.engine.readiness import Readiness
from sinergia.engine.shown import locale_of, money_shown
from sinergia.packs.rules.fields import SECTIONS
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.fields import LABELS
from sinergia.projects.words.fields import SECTIONS as TITLES
from sinergia.projects.words.form import Shown, blocks_of

PAPERS = Path(__file__).parent.parent / "templates" / "applications" / "papers"


@dataclass(frozen=True)
class Part:
    """A field on paper: its label, its text, or the rows of label and text."""

    label: str
    text: str = ""
    rows: list[list[tuple[str, str]]] | None = None


@dataclass(frozen=True)
class Paper:
    """An application as it is set. facts: label and value; sections: title and parts."""

    language: str
    kind: str
    title: str
    facts: list[tuple[str, str]]
    sections: list[tuple[str, list[Part]]]
    foot: str
    page_words: str


def paper_of(submission: Submission, *, language: str) -> Paper:
    """Put what was handed in together. Raises Broken where it is not what its digest says."""
    told = written_frozen(submission)
    at = submission.submitted_at.astimezone(ZoneInfo(submission.contest.time_zone))
    shown_at = format_datetime(at, "d MMMM y, HH:mm:ss ZZZZ", locale=locale_of(language))
    number = {"number": submission.shown_number}
    return Paper(
        language=language,
        kind=_("Application %(number)s") % number,
        title=submission.title,
        facts=[
            (_("Contest"), submission.contest.call.name),
            (_("Organisation"), told.values.get("applicant/name", submission.organisation.name)),
            (_("Submitted"), shown_at),
            (_("Sum asked"), money_shown(submission.asked_minor, submission.currency, language)),
            (
                _("Own part"),
                money_shown(submission.frozen.own_minor, submission.currency, language),
            ),
            (_("Code of the receipt"), submission.frozen.code),
        ],
        sections=[
            (str(TITLES[name]), parts)
            for name in SECTIONS
            if (parts := _parts(told, name, language))
        ],
        foot=_("Application %(number)s, checksum") % number + f" {submission.frozen.digest}",
        page_words=_("page {page} of {pages}"),
    )


def pdf_of(paper: Paper, *, at: datetime) -> bytes:
    """Set an application on A4. at: the document's date, so that it is the same each time."""
    return set_paper(PAPERS / "application.typ", asdict(paper), at=at)


def _parts(told: Written, section: str, language: str) -> list[Part]:
    shown = Shown(language, Readiness([], []))
    parts = []
    for block in blocks_of(told, section, shown):
        if block.kind == "files":
            named = _files(told, block.name)
            parts += [Part(str(LABELS[block.name]), text=named)] if named else []
        else:
            part = _part(block)
            parts += [part] if part.text or part.rows else []
    return parts


def _part(block: Block) -> Part:
    if block.box is not None:
        return Part(block.label, text=block.box.words)
    rows = []
    for row in block.rows:
        cells = [(box.label, box.words) for box in row.boxes if box.value]
        if row.total:
            cells.append((_("Total"), row.total))
        rows += [cells] if cells and row.is_filled else []
    return Part(block.label, rows=rows)


def _files(told: Written, field: str) -> str:
    """Names of the files that were handed in beside a field, each with its checksum."""
    kept = (text for path, text in told.values.items() if path.startswith(f"files/{field}/"))
    named = (text.partition(" ") for text in kept)
    return "\n".join(f"{name} (SHA-256 {digest})" for digest, _space, name in named)
