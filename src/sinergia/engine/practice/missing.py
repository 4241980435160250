"""What a practice still lacks: for its card to be published, for its passport to be whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sinergia.engine.drafts import length_of
from sinergia.engine.practice.document import Document
from sinergia.engine.refusal import Gap
from sinergia.packs.practices import ROWS, lists
from sinergia.packs.practices.fields import ASPECTS, CARD, LONGEST, MOST_AUDIENCES

# What makes a passport whole beside the card; the rest may be left out.
PASSPORT = (
    "steps",
    "resources",
    "cost_start",
    "beneficiaries",
    "results",
    *ASPECTS,
    "maturity",
    "conditions",
    "adaptable",
    "fixed",
    "help",
    "hosting",
    "contacts",
)
CLAIMED = 2  # from this level on, what is claimed needs a word of how it is known


@dataclass(frozen=True)
class Missing:
    """card: what hinders publishing. passport: what is not told yet. advice: no demand at all."""

    card: Sequence[Gap]
    passport: Sequence[Gap]
    advice: Sequence[Gap]

    @property
    def is_ready(self) -> bool:
        """Whether the card may be published."""
        return not self.card

    @property
    def is_whole(self) -> bool:
        """Whether the passport is told, too."""
        return not self.card and not self.passport


def missing_in(document: Document, *, files: Mapping[str, int]) -> Missing:
    """Compare a practice with what is asked; each thing is said of a field once. Pure.

    files: how many there are, by field.
    """
    card = [
        *document.faults,
        *_empty(document, CARD),
        *_long(document),
        *_headless(document),
        *_unknown(document),
    ]
    return Missing(card, list(_empty(document, PASSPORT)), list(_advice(document, files)))


def _empty(document: Document, names: Sequence[str]) -> Iterator[Gap]:
    for name in names:
        if name in ROWS:
            if not document.rows[name]:
                yield Gap("rows.none", name)
        elif not document.texts.get(name, "").strip():
            yield Gap("field.missing", name)


def _long(document: Document) -> Iterator[Gap]:
    for name, most in LONGEST.items():
        length = length_of(document.texts.get(name, ""))
        if length > most:
            yield Gap("field.long", name, {"length": length, "most": most})
    if len(document.audiences) > MOST_AUDIENCES:
        yield Gap("rows.many", "audiences", {"most": MOST_AUDIENCES})


def _headless(document: Document) -> Iterator[Gap]:
    """Rows that do not say what they are of."""
    for name, rows in document.rows.items():
        first = next(iter(ROWS[name]))
        for row in rows:
            if first not in row.texts:
                yield Gap("cell.missing", f"{name}/{row.id}/{first}")


def _unknown(document: Document) -> Iterator[Gap]:
    """For whom it is, in words of a project: the nearest of the list is to be chosen."""
    known = {one.code for one in lists().audiences}
    for row in document.rows["audiences"]:
        said = row.texts.get("who", "")
        if said and said not in known:
            yield Gap("audience.unknown", f"audiences/{row.id}/who", {"typed": said[:80]})


def _advice(document: Document, files: Mapping[str, int]) -> Iterator[Gap]:
    texts, rows = document.texts, document.rows
    is_given = files.get("materials") or rows["links"]
    told = (
        (document.title.endswith("."), "title.stop", "title"),
        (document.evidence >= CLAIMED, "evidence.no_note", "evidence_note"),
        (document.evidence > lists().authors_most, "evidence.no_files", "evidence_files"),
        (document.maturity > CLAIMED, "maturity.not_repeated", "repeated"),
        (bool(rows["results"]), "results.no_number", "results"),
        (True, "risks.none", "risks"),
        (bool(is_given), "licence.none", "licence"),
        (document.is_hosting, "hosting.no_time", "hosting_when"),
    )
    there = {name for name, some in rows.items() if some} | texts.keys() | files.keys()
    there -= {"title"} | (
        {"results"} if not document.numbers.keys() & _numbers(document) else set()
    )
    for is_due, code, name in told:
        if is_due and name not in there:
            yield Gap(code, name)
    yield from _hidden(document)


def _numbers(document: Document) -> set[str]:
    return {f"results/{row.id}/number" for row in document.rows["results"]}


def _hidden(document: Document) -> Iterator[Gap]:
    """Whom to ask: people of whom nobody says to whom they are shown are shown to nobody."""
    for row in document.rows["contacts"]:
        if "shown" not in row.texts:
            yield Gap("contact.unsaid", f"contacts/{row.id}/shown")
