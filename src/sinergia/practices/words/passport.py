"""What stands in a practice's passport on paper, whole and cut to a size."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.base.drafts.words import Block
from sinergia.base.ui.squares import square_image
from sinergia.engine.shown import date_shown
from sinergia.practices.models import Practice, PracticeRevision
from sinergia.practices.queries.writing import Written
from sinergia.practices.words.card import Card, apply_address
from sinergia.practices.words.catalogue import foreign_of, home_name, owner_of, place_of
from sinergia.practices.words.form import read_blocks

# How much of each text and of how many rows is printed, tried one after another until it fits.
SIZES = (
    (1_400, 14), (1_000, 12), (750, 10), (600, 9), (480, 8), (400, 7), (320, 6), (250, 5),
    (180, 4), (110, 3),
)  # fmt: skip
SECTIONS = ("card", "steps", "resources", "results", "repeating", "materials", "help")
WIDE = ("problem", "actions", "result", "steps", "resources", "results")  # across the page
TABLES = ("steps", "resources", "results")  # read in columns; the other rows as lines
ON_TOP = ("title", "essence", "theme", "audiences", "hosting", "hosting_when", "hosting_people")


@dataclass(frozen=True)
class Part:
    """A field on paper: its text, its lines, or a table with a head and rows."""

    label: str
    is_wide: bool = False
    text: str = ""
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A passport as it is set, every text ready. facts: label, value; levels: and what they mean.

    Of the parts those that are not wide stand in two columns, below the others.
    """

    language: str
    kind: str
    organisation: str
    title: str
    essence: str
    facts: list[tuple[str, str]]
    levels: list[tuple[str, str, str]]
    parts: list[Part]
    square: str
    square_says: str
    square_words: str
    address: str
    more: str
    foot: list[str]
    page_words: str


def paper_of(
    told: Written,
    card: Card,
    revision: PracticeRevision,
    *,
    number: int,
    language: str,
    site: str,
    now: datetime,
) -> Paper:
    """Put the published text together. number: of the version; site: its address, no slash.

    now: aware; when the paper was made.
    """
    practice = told.practice
    address = f"{site}{apply_address(practice)}"
    blocks = read_blocks(told, SECTIONS, language)
    version = _("Version %(number)s of %(day)s; printed on %(made)s") % {
        "number": number,
        "day": date_shown(timezone.localdate(revision.at), language),
        "made": date_shown(timezone.localdate(now), language),
    }
    return Paper(
        language=language,
        kind=_("Passport of a practice"),
        organisation=_whose(practice),
        title=practice.title,
        essence=card.essence,
        facts=_facts(card),
        levels=list(_levels(card)),
        parts=[
            _part(block) for some in blocks.values() for block in some if block.name not in ON_TOP
        ],
        square=square_image(address),
        square_says=_("Square code with the address %(address)s") % {"address": address},
        square_words=_("Take it into work: point a camera here"),
        address=address.removesuffix("apply/"),
        more=_("What did not fit here is on the page of the practice:"),
        foot=[version, *_home(practice), _checksum(revision)],
        page_words=_("page {page} of {pages}"),
    )


def _checksum(revision: PracticeRevision) -> str:
    return _("Checksum") + f" {sha256(bytes(revision.content)).hexdigest()}"


def _whose(practice: Practice) -> str:
    whose = practice.organisation
    named = [whose.name if whose and whose.is_public else owner_of(practice), place_of(practice)]
    return " · ".join(one for one in named if one)


def _home(practice: Practice) -> list[str]:
    """Where it is at home, if it is not one of ours."""
    foreign = foreign_of(practice)
    if foreign is None:
        return []
    told = _("At home in: %(home)s, %(address)s")
    return [told % {"home": home_name(practice), "address": foreign.address}]


def _facts(card: Card) -> list[tuple[str, str]]:
    facts = [(_("For whom"), ", ".join(card.audiences)), *card.costs]
    if card.beneficiaries:
        facts.append((_("People in a year"), card.beneficiaries))
    return [
        *facts,
        (_("Receives visits"), (card.hosting or _("yes")) if card.is_hosting else _("not yet")),
    ]


def _levels(card: Card) -> Iterator[tuple[str, str, str]]:
    for label, rung in ((_("How sure"), card.evidence), (_("How ripe"), card.maturity)):
        level = _("%(number)s of %(most)s") % {"number": rung.number, "most": rung.of}
        yield label, f"{rung.name}, {level}", rung.meaning


def _part(block: Block) -> Part:
    is_wide = block.name in WIDE
    if block.box is not None:
        return Part(block.label, is_wide, text=block.box.words)
    if block.kind == "files":
        return Part(block.label, is_wide, lines=tuple(one.file.name for one in block.files))
    filled = [row for row in block.rows if row.is_filled]
    if block.name in TABLES:
        used = [
            at for at, _box in enumerate(filled[0].boxes) if any(r.boxes[at].value for r in filled)
        ]
        head = tuple(filled[0].boxes[at].label for at in used)
        return Part(
            block.label,
            is_wide,
            head=head,
            rows=tuple(tuple(row.boxes[at].words for at in used) for row in filled),
        )
    lines = (" — ".join(box.words for box in row.boxes if box.value) for row in filled)
    return Part(block.label, is_wide, lines=tuple(lines))


def sizes_of(paper: Paper) -> Iterator[dict[str, object]]:
    """The same paper in every size, the longest first, as the setter takes it."""
    return (asdict(cut(paper, *size)) for size in SIZES)


def cut(paper: Paper, signs: int, rows: int) -> Paper:
    """The same with at most so many signs of a text, and rows of a field."""
    parts = [
        replace(
            part,
            text=_short(part.text, signs),
            lines=tuple(_short(line, signs // 2) for line in part.lines[:rows]),
            rows=tuple(tuple(_short(cell, signs // 2) for cell in row) for row in part.rows[:rows]),
        )
        for part in paper.parts
    ]
    return replace(paper, parts=parts, more="" if parts == paper.parts else paper.more)


def _short(text: str, signs: int) -> str:
    """The beginning of a text, cut between sentences, else between words."""
    if len(text) <= signs:
        return text
    kept = text[:signs]
    sentence = max(kept.rfind(end) for end in (". ", ".\n", "! ", "? "))
    if sentence > signs // 2:
        return f"{kept[: sentence + 1]} …"
    return f"{kept.rpartition(' ')[0].rstrip(' ,;:—') or kept}…"
