"""What the words of a file mean: regions, towns, legal forms, states, fields of work."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any, NamedTuple

from sinergia.base.tables.models import LoadNote
from sinergia.base.tables.results import WordNotes
from sinergia.engine.text import fold
from sinergia.organisations.actions.loads.rows import Glance
from sinergia.organisations.models import LegalForm
from sinergia.places.models import Municipality, Region
from sinergia.places.queries import (
    municipalities_by_oktmo,
    municipalities_by_spelling,
    regions_by_spelling,
)

KEPT = ("name", "short_name", "registered_on", "closed_on", "address", "site", "kpp", "link")
NAMED_PLACES = 20  # unknown ones that are told by name
OTHER_PLACES = "other_places"  # a note's field: its value says how many others there are
TOWN = 8  # digits of an OKTMO that name a municipality


class Place(NamedTuple):
    """Where a row says it is: region and town as written, eight digits of OKTMO."""

    region: str
    municipality: str
    oktmo: str

    @property
    def texts(self) -> dict[str, str]:
        """As a row has it."""
        return {name: text for name, text in self._asdict().items() if text}


@dataclass
class Counted:
    """Where a place is named first, and in how many rows."""

    row: int
    place: Place
    times: int = 0


@dataclass
class Met:
    """Every different word of a file, and in how many rows those stand that may mean nothing."""

    places: dict[Place, Counted] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)  # code, or folded name, to name
    fields: dict[str, str] = field(default_factory=dict)  # folded to text
    notes: WordNotes = field(default_factory=WordNotes)

    def add(self, glance: Glance) -> Place:
        """Take in the words of a row; give where it says it is, one object for all that do."""
        place = Place(glance.region, glance.municipality, glance.oktmo[:TOWN])
        counted = self.places.get(place)
        if counted is None:
            counted = self.places[place] = Counted(glance.row, place)
        counted.times += 1
        self._add_form(glance)
        if glance.status and not _status_of(glance.status):
            self.notes.add("status_unknown", glance.status, fold(glance.status), glance.row)
        for one in filter(None, glance.field.split("; ")):
            self.fields.setdefault(fold(one), one)
        return counted.place

    def _add_form(self, glance: Glance) -> None:
        name = glance.legal_form
        if code := glance.legal_form_code or _form_of(name):
            self.forms.setdefault(code, name)
        elif name:
            self.notes.add("legal_form_unknown", name, fold(name), glance.row)


@dataclass
class FileWords:
    """What the words of a file mean. Absent ones mean nothing yet."""

    regions: Mapping[str, Region]  # as written
    towns: Mapping[str, Municipality]  # eight digits of OKTMO
    named_towns: Mapping[tuple[int, str], Municipality]  # number of the region, as written
    default_region: Region | None = None

    def region_of(self, texts: Mapping[str, str]) -> Region | None:
        """As written; else by the town's code, which says its region."""
        if written := texts.get("region", ""):
            return self.regions.get(written)
        town = self.towns.get(texts.get("oktmo", "")[:TOWN])
        return town.region if town is not None else None

    def place_of(self, texts: Mapping[str, str]) -> Region | None:
        """Where a row is to be taken for: the region it names, else that of the load."""
        if texts.get("region"):
            return self.region_of(texts)
        return self.region_of(texts) or self.default_region

    def is_region_unknown(self, texts: Mapping[str, str]) -> bool:
        """Whether a region is written in a way that nobody knows."""
        written = texts.get("region", "")
        return bool(written) and written not in self.regions

    def town_of(self, texts: Mapping[str, str], region: Region | None) -> Municipality | None:
        """By its code, else by its name in the region; one of another region is none."""
        if region is None:
            return None
        town = self.towns.get(texts.get("oktmo", "")[:TOWN])
        if town is not None and town.region_id == region.pk:
            return town
        return self.named_towns.get((region.pk, texts.get("municipality", "")))

    def sign_of(self, place: Place) -> bytes:
        """What a place means, in four bytes: others once it means something else."""
        texts = place.texts
        region = self.region_of(texts)
        town = self.town_of(texts, self.place_of(texts))
        meant = (region.code if region else "", town.oktmo if town else "")
        return blake2b(repr(meant).encode(), digest_size=4).digest()

    def said(self, texts: Mapping[str, str], place: Region | None) -> dict[str, str]:
        """What a row says, in words that can be compared: codes for places, forms and states.

        place: what `place_of` tells of it.
        """
        region = place if texts.get("region") else self.region_of(texts)
        town = self.town_of(texts, place)
        said = {name: texts[name] for name in KEPT if name in texts}
        if region:
            said["region"] = region.code
        if town:
            said["municipality"] = town.oktmo
        if form := texts.get("legal_form_code") or _form_of(texts.get("legal_form", "")):
            said["legal_form"] = form
        if status := _status_of(texts.get("status", "")):
            said["status"] = status
        if field_of_work := texts.get("field"):
            said["field"] = field_of_work
        return said


def words_of_file(
    met: Met, default_region: Region | None, *, told: Mapping[str, Region]
) -> FileWords:
    """Look up what the words of a file mean; reads, writes nothing.

    told: what a person said that the source means by a spelling.
    """
    regions = regions_by_spelling({place.region for place in met.places} - {""})
    regions |= told
    known = {text: region.pk for text, region in regions.items()}
    if default_region is not None:
        known[""] = default_region.pk
    named = {
        (known[place.region], place.municipality)
        for place in met.places
        if place.municipality and place.region in known
    }
    return FileWords(
        regions=regions,
        towns=municipalities_by_oktmo({place.oktmo for place in met.places} - {""}),
        named_towns=municipalities_by_spelling(named) if named else {},
        default_region=default_region,
    )


def first_notes(met: Met, words: FileWords) -> list[LoadNote]:
    """Words that mean nothing to us yet, and places that nobody knows, the commonest by name."""
    missing = LoadNote(row=0, result="word", code="region_missing", times=0)
    unknown: dict[str, LoadNote] = {}
    for place, counted in met.places.items():
        texts = place.texts
        region = words.place_of(texts)
        if not place.region and region is None:
            _count(missing, counted)
        if (place.municipality or place.oktmo) and words.town_of(texts, region) is None:
            named = ", ".join(filter(None, (place.municipality or place.oktmo, place.region)))
            note = LoadNote(row=0, result="word", code="municipality_unknown", value=named, times=0)
            _count(unknown.setdefault(named, note), counted)
    told = [*met.notes.as_notes(), *([missing] if missing.times else [])]
    return told + _commonest(list(unknown.values()))


def _count(note: LoadNote, counted: Counted) -> None:
    note.row = note.row or counted.row
    note.times += counted.times


def _commonest(notes: Sequence[LoadNote]) -> list[LoadNote]:
    """The places that stand in most rows; of the rest, how many there are."""
    ordered = sorted(notes, key=lambda note: (-note.times, note.row))
    told, rest = ordered[:NAMED_PLACES], ordered[NAMED_PLACES:]
    if rest:
        told.append(
            LoadNote(
                row=min(note.row for note in rest),
                result="word",
                code="municipality_unknown",
                field=OTHER_PLACES,
                value=str(len(rest)),
                times=sum(note.times for note in rest),
            )
        )
    return told


def ensure_forms(named: Mapping[str, str]) -> None:
    """Make rows for legal forms that have none: by code, named as we, else as the file does."""
    known = set(LegalForm.objects.filter(code__in=named).values_list("code", flat=True))
    LegalForm.objects.bulk_create(
        [_form(code, name) for code, name in sorted(named.items()) if code not in known],
        ignore_conflicts=True,
    )


def forms_by_code(codes: Iterable[str]) -> dict[str, LegalForm]:
    """Rows of legal forms."""
    return {form.code: form for form in LegalForm.objects.filter(code__in=set(codes))}


@cache
def known_statuses() -> Mapping[str, str]:
    """Folded word to status."""
    table = _pack("organisation_statuses")["statuses"]
    return {word: status for status, words in table.items() for word in words}


@cache
def known_forms() -> Mapping[str, str]:
    """Folded name of a legal form to its code."""
    return {
        name: code
        for code, form in _pack("okopf").items()
        for name in (fold(form["ru"]), fold(form["en"]), *form["also"])
    }


@lru_cache(maxsize=1_000)
def _form_of(written: str) -> str:
    return known_forms().get(fold(written), "")


@lru_cache(maxsize=1_000)
def _status_of(written: str) -> str:
    return known_statuses().get(fold(written), "")


def _form(code: str, name: str) -> LegalForm:
    shipped = _pack("okopf").get(code, {})
    name_ru = (shipped.get("ru") or name or code)[:200]
    name_en = shipped.get("en", "")[:200]
    return LegalForm(code=code, name_ru=name_ru, name_en=name_en, name_folded=fold(name_ru))


@cache
def _pack(name: str) -> "Mapping[str, Mapping[str, Any]]":
    text = files("sinergia.packs").joinpath(f"words/{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
