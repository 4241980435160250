"""What a project takes from a practice: which text goes where, what of it was changed since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Q, QuerySet

from sinergia.base.drafts.actions import texts_of
from sinergia.calls.queries import USUAL_CURRENCY
from sinergia.engine.drafts import ORDER
from sinergia.engine.project import PROJECT
from sinergia.packs.rules.fields import ANSWERS, ROWS
from sinergia.packs.rules.fields import FIELDS as PLACES
from sinergia.people.models import Person
from sinergia.practices.access import may_see_adoption
from sinergia.practices.models import Adoption, PracticeRevision
from sinergia.practices.queries.adoptions import adoptions_of
from sinergia.projects.models import Project, TakenField
from sinergia.projects.queries.projects import projects_of

# A field of a practice to one of a project; of rows, a cell to a cell in the row of the same id.
FIELDS: Mapping[str, str] = {
    "title": "title",
    "essence": "summary",
    "problem": "problem",
    "effect": "qualitative",
    "adaptable": "development",
}
CELLS: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("audiences", "who"): (("target_groups", "text"),),
    ("steps", "what"): (("tasks", "text"), ("events", "what")),
    ("results", "what"): (("results", "what"),),
    ("results", "number"): (("results", "number"),),
    ("results", "how"): (("results", "proof"),),
    ("resources", "what"): (("lines", "what"),),
    ("resources", "cost"): (("lines", "price"),),  # of the whole row: one line, once
    ("resources", "quantity"): (("lines", "comment"),),
}
SINGLE_ROW = "aaaaaa"  # of a text that becomes a row
AS_ROWS: Mapping[str, tuple[str, str]] = {"result": ("goals", "text")}
INSTEAD = {"steps": ("actions", ("tasks", "text"))}  # where nobody wrote steps
CODES = ("choice", "row")  # kinds that keep a code
CODED = frozenset({("audiences", "who")})  # codes, put in words when they are taken


@dataclass(frozen=True)
class Taken:
    """One text that is taken. source: its path in the practice."""

    path: str
    text: str
    source: str


@dataclass(frozen=True)
class Compared:
    """One text of a practice and of the project. now: "" where it was taken out."""

    path: str
    source: str
    before: str
    now: str

    @property
    def is_changed(self) -> bool:
        """Whether it says something else."""
        return self.before != self.now


def digest_of(text: str) -> str:
    """By which a text is known again."""
    return sha256(text.encode()).hexdigest()


def taken_from(revision: PracticeRevision, in_words: Callable[[str], str]) -> list[Taken]:
    """What a project begins with, in the order of its form. in_words: names an audience's code."""
    texts = _priced_as_ours(texts_of(revision), revision.practice.currency)
    told = []
    for source, text in texts.items():
        field, _slash, rest = source.partition("/")
        row, _slash, cell = rest.partition("/")
        if not row and field in FIELDS:
            told.append(Taken(FIELDS[field], text, source))
        if field in AS_ROWS:
            told.append(Taken(_cell(*AS_ROWS[field], SINGLE_ROW), text, source))
        for there, its_cell in CELLS.get((field, cell), ()):
            said = in_words(text) if (field, cell) in CODED else text
            told.append(Taken(_cell(there, its_cell, row), said, source))
        if cell == ORDER:
            told += [Taken(_cell(there, ORDER, row), text, source) for there in _rows_of(field)]
    for rows, (field, (there, its_cell)) in INSTEAD.items():
        if field in texts and not any(path.startswith(f"{rows}/") for path in texts):
            told.append(Taken(_cell(there, its_cell, SINGLE_ROW), texts[field], field))
    order = list(PLACES)
    return sorted(told, key=lambda one: order.index(one.path.partition("/")[0]))


def _priced_as_ours(texts: Mapping[str, str], currency: str) -> Mapping[str, str]:
    """Prices of another currency are no prices here: each is told beside the quantity."""
    if currency == USUAL_CURRENCY:
        return texts
    told = dict(texts)
    for path, price in texts.items():
        field, _slash, cell = path.rpartition("/")
        if field.startswith("resources/") and cell == "cost" and price:
            beside = texts.get(f"{field}/quantity", "")
            told[f"{field}/quantity"] = "; ".join(filter(None, (beside, f"{price} {currency}")))
            del told[path]
    return told


def taken_of(project: Project) -> QuerySet[TakenField]:
    """Where the texts of a project came from, in the order in which they were taken."""
    return project.taken.select_related("revision__practice").order_by("pk")


def compared_with(project: Project, in_words: Callable[[str], str]) -> list[Compared]:
    """Every text that was taken beside what stands there now."""
    now = dict(project.fields.values_list("path", "value"))
    told, read = [], {}
    for one in taken_of(project):
        if one.path.endswith(f"/{ORDER}"):
            continue
        if one.revision_id not in read:
            known = {
                (some.source, some.path): some.text for some in taken_from(one.revision, in_words)
            }
            read[one.revision_id] = known
        before = read[one.revision_id].get((one.source, one.path), "")
        told.append(Compared(one.path, one.source, before, now.get(one.path, "")))
    return told


def new_in(project: Project) -> list[tuple[str, str]]:
    """Texts of a project that came from no practice: path and text."""
    taken = set(project.taken.values_list("path", flat=True))
    rows = project.fields.exclude(value="").order_by("pk").values_list("path", "value")
    return [(path, text) for path, text in rows if path not in taken and _is_read(path)]


def projects_doing(adoption: Adoption, person: Person) -> list[Project]:
    """Projects that do it and that a person may know of: their own, and those that are open."""
    rows = Project.objects.filter(adoption=adoption, removed_at=None)
    seen = Q(pk__in=projects_of(person).order_by().values("pk"))
    if may_see_adoption(person, adoption):
        seen |= Q(is_open=True)
    return list(rows.filter(seen).select_related("organisation").order_by("pk"))


def opened_to(person: Person) -> QuerySet[Project]:
    """Projects of others that are open to whoever sees their practice taken home."""
    seen = adoptions_of(person).order_by().values("pk")
    rows = Project.objects.filter(is_open=True, removed_at=None, adoption__in=seen)
    return rows.select_related("organisation", "adoption__practice")


def may_join(adoption: Adoption, person: Person) -> QuerySet[Project]:
    """Projects of whoever takes a practice home that do no other one."""
    rows = projects_of(person).filter(organisation=adoption.organisation_id, adoption=None)
    return rows.order_by("-changed_at", "-pk")


def _is_read(path: str) -> bool:
    """Whether a text is read as it stands: no code, no place of a row."""
    parsed = PROJECT.parse(path)
    if parsed is None or parsed.cell == ORDER:
        return False
    if parsed.row:
        return ROWS[parsed.field][parsed.cell] not in CODES
    return parsed.field != ANSWERS and PROJECT.kinds[parsed.field] not in CODES


def _rows_of(field: str) -> list[str]:
    """Fields of a project that have the rows of a field of a practice."""
    found = [
        there for (name, _cell_), cells in CELLS.items() if name == field for there, _c in cells
    ]
    return list(dict.fromkeys(found))


def _cell(field: str, cell: str, row: str) -> str:
    return f"{field}/{row}/{cell}"
