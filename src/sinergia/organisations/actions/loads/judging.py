"""What becomes of a row: created, updated, unchanged, queued or refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sinergia.base.tables.results import Note
from sinergia.engine.doubles import are_akin
from sinergia.engine.merging import Conflict, Outcome, compare
from sinergia.engine.seal import canonical_texts
from sinergia.engine.uniting import Found
from sinergia.organisations.actions.loads.planning import Plan, key_of
from sinergia.organisations.actions.loads.rows import RegisterRow, comparable, digest_of
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.loads import COMPARED, Known

RECORD = "source-record/1"
_WORDED = frozenset({"name", "short_name", "address"})
HISTORY_NAMES = {"kpp": "RU-KPP"}
NUMBERS = ("ogrn", "inn")
NAMES = ("name", "short_name")
NOTHING = Outcome()  # of a row that is compared with nothing; one for all, never written to


@dataclass(frozen=True, slots=True)
class Asking:
    """What a person is to decide. field, ours, theirs: of a conflict; region: of a spelling."""

    code: str
    digest: str
    field: str = ""
    ours: str = ""
    theirs: str = ""


@dataclass(slots=True)
class Verdict:
    """What became of one row.

    said: in words that can be compared; kept: the same with the numbers, or by what else the row
    is known. outcome: of a known organisation, what is to be written and what is asked.
    """

    row: RegisterRow
    result: str
    notes: list[Note] = field(default_factory=list)
    owner: Found | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome = NOTHING
    questions: list[Asking] = field(default_factory=list)
    region_id: int | None = None
    is_written: bool = False  # whether the row says something that was not known
    is_kept: bool = True  # whether what it says of a known organisation is kept beside it
    is_shown: bool = False  # whether a request hid the organisation until somebody named it
    _content: bytes = b""

    @property
    def content(self) -> bytes:
        """What is said, as it is kept. Of a newcomer it is asked for when the row is written."""
        if not self._content:
            self._content = canonical_texts(RECORD, self.kept)
        return self._content

    @property
    def digest(self) -> str:
        """Of what is said: the same when the source says the same again."""
        return digest_of(self.content)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to tell of it, now or when the same cells come again."""
        return not self.questions and not any(note.is_warning for note in self.notes)

    @property
    def is_entering(self) -> bool:
        """Whether an organisation is to be entered."""
        return self.result == "created"


def read_over(row: RegisterRow, plan: Plan) -> Verdict | None:
    """Judge a row by what is held in memory alone; none where its organisation must be read."""
    if not row.is_read:
        return Verdict(row, "unchanged")
    if row.refusal is not None:
        return Verdict(row, "refused", [row.refusal])
    owner = plan.owner_of_row(row)
    if owner is None:
        return _nobodys(row, plan)
    speaking = plan.repeats.get(key_of(owner))
    if speaking is not None and speaking.row != row.row:
        repeated = Note("row_repeated", str(speaking.row), is_warning=False)
        return Verdict(row, "unchanged", [*row.notes, repeated])
    verdict = verdict_of(speaking or row, plan, owner)
    number = plan.number_of(owner)
    if number is None:
        return _newcomer(verdict, plan)
    if plan.digests.get(number) == verdict.digest and not plan.adds_numbers(owner):
        if _is_asked(verdict, plan):
            verdict.result = "queued"
            verdict.notes.append(Note("question_open"))
        return verdict
    return None


def judge(row: RegisterRow, plan: Plan, known: Known) -> Verdict:
    """Decide about a row of an organisation that the register has."""
    owner = plan.owner_of_row(row)
    assert owner is not None  # noqa: S101  # `read_over` answers for rows of nobody
    speaking = plan.repeats.get(key_of(owner))
    return _known(verdict_of(speaking or row, plan, owner), plan, known)


def _is_asked(verdict: Verdict, plan: Plan) -> bool:
    """Whether a person has still to answer what this very row raised."""
    waiting = plan.asked.open
    return bool(waiting) and (verdict.digest in waiting or verdict.row.meaning in waiting)


def verdict_of(row: RegisterRow, plan: Plan, owner: Found) -> Verdict:
    """A row in words that can be compared; nothing is decided yet."""
    region = plan.words.place_of(row.texts)
    said = plan.words.said(row.texts, region)
    numbers: dict[str, str] = {name: row.texts[name] for name in NUMBERS if name in row.texts}
    return Verdict(
        row=row,
        result="unchanged",
        notes=list(row.notes),
        owner=owner,
        said=said,
        kept=said | (numbers or {"identity": row.identity}),
        region_id=region.pk if region else None,
    )


def _nobodys(row: RegisterRow, plan: Plan) -> Verdict:
    """A row whose organisation nobody can tell waits for a person, unless one has spoken."""
    verdict = Verdict(row, "queued", list(row.notes))
    region = plan.words.place_of(row.texts)
    verdict.region_id = region.pk if region else None
    is_elsewhere = not plan.terms.may_write_in(verdict.region_id)
    if row.identity in plan.asked.left_out:
        verdict.result = "unchanged"
        verdict.notes.append(Note("left_out", is_warning=False))
    elif plan.terms.is_known_only and not (row.ogrn and row.inn):
        _refuse(verdict, Note("not_known", row.subject))
    elif is_elsewhere and not plan.words.is_region_unknown(row.texts):
        _refuse(verdict, _not_served(plan, row))
    else:
        why = plan.why_nobody(row)
        verdict.notes.append(why)
        verdict.questions.append(Asking(why.code, row.identity))
        verdict.is_written = row.identity not in plan.asked.open
    return verdict


def _newcomer(verdict: Verdict, plan: Plan) -> Verdict:
    row, said = verdict.row, verdict.said
    verdict.result, verdict.is_written = "created", True
    if not is_in_order(said):
        closed = Note("closed_before_registered", said["closed_on"], "closed_on")
        verdict.notes.append(closed)
    if plan.terms.is_known_only:
        _refuse(verdict, Note("not_known", row.subject))
    elif not row.texts.get("name") and not row.texts.get("short_name"):
        _refuse(verdict, Note("name_missing", field="name"))
    elif plan.words.is_region_unknown(row.texts):
        _ask_region(verdict, plan)
    elif not plan.terms.may_write_in(verdict.region_id):
        _refuse(verdict, _not_served(plan, row))
    return verdict


def _known(verdict: Verdict, plan: Plan, known: Known) -> Verdict:
    if not _may_touch(verdict, plan, known):
        _refuse(verdict, _not_served(plan, verdict.row))
        return verdict
    ours = known.ours
    now = {name: text for name, text in verdict.said.items() if name in COMPARED}
    if known.organisation.region_id not in (None, verdict.region_id):
        now.pop("municipality", None)  # a town goes with its region
    loose = {name for name in now if name not in known.vouched}
    verdict.outcome = compare(known.before, now, ours, loose=loose, held={"region"}, sign=_sign)
    _ask_conflicts(verdict, plan, ours)
    if plan.words.is_region_unknown(verdict.row.texts):
        _ask_region(verdict, plan)
    verdict.is_written, verdict.is_shown = True, _is_shown(verdict, known)
    is_more = verdict.is_shown or plan.adds_numbers(verdict.owner) or _adds(verdict, known)
    if verdict.questions:
        verdict.result = "queued"
    elif verdict.outcome.taken or is_more:
        verdict.result = "updated"
    verdict.notes += [
        Note(
            f"field_{HISTORY_NAMES.get(name, name)}",
            text,
            name,
            ours.get(name, ""),
            is_warning=False,
        )
        for name, text in verdict.outcome.taken.items()
    ]
    return verdict


def _is_shown(verdict: Verdict, known: Known) -> bool:
    """Whether a row names, by its number, a registered organisation that a request keeps hidden."""
    one, row = known.organisation, verdict.row
    is_hidden = not one.is_public and one.kind == Organisation.Kind.REGISTERED
    return is_hidden and verdict.is_kept and bool(row.ogrn or row.inn)


def _may_touch(verdict: Verdict, plan: Plan, known: Known) -> bool:
    """Whether the organisation is of a region for whoever loads.

    Of another centre's organisation only this may be said: that it has moved here. It is asked.
    """
    stands_in = known.organisation.region_id
    if plan.terms.may_write_in(stands_in or verdict.region_id):
        return True
    if stands_in is None or not plan.terms.may_write_in(verdict.region_id):
        return False
    verdict.said = {name: text for name, text in verdict.said.items() if name == "region"}
    verdict.is_kept = False
    return bool(verdict.said)


def _ask_conflicts(verdict: Verdict, plan: Plan, ours: Mapping[str, str]) -> None:
    """Ask about every conflict that nobody has settled for this row."""
    outcome = verdict.outcome
    conflicts = [*outcome.conflicts, *_another_name(verdict, ours)]
    if not is_in_order({**ours, **outcome.taken}):
        conflicts += _out_of_order(outcome, ours)
    for one in conflicts:
        code = "region_changed" if one.field == "region" else "conflict"
        if (verdict.digest, one.field) in plan.asked.settled:
            continue
        verdict.questions.append(Asking(code, verdict.digest, one.field, one.ours, one.theirs))
        verdict.notes.append(Note(code, one.theirs, one.field, one.ours))


def _another_name(verdict: Verdict, ours: Mapping[str, str]) -> list[Conflict]:
    """A name without a word of the present one is asked about, whoever says it.

    The numbers may be right and the row another's all the same.
    """
    taken, said = verdict.outcome.taken, verdict.said
    present, told = ([names.get(one, "") for one in NAMES] for names in (ours, said))
    if "name" not in taken or are_akin(present, told):
        return []
    return [Conflict(one, ours.get(one, ""), taken.pop(one)) for one in NAMES if one in taken]


def is_in_order(dates: Mapping[str, str]) -> bool:
    """Nothing is closed before it is registered."""
    registered, closed = dates.get("registered_on", ""), dates.get("closed_on", "")
    return not (registered and closed) or registered <= closed


def _out_of_order(outcome: Outcome, ours: Mapping[str, str]) -> list[Conflict]:
    """Dates that cannot stand together are asked about."""
    names = [name for name in ("registered_on", "closed_on") if name in outcome.taken]
    return [Conflict(name, ours.get(name, ""), outcome.taken.pop(name)) for name in names]


def _ask_region(verdict: Verdict, plan: Plan) -> None:
    """A region that is written in a way nobody knows is for a person to name."""
    row = verdict.row
    if row.meaning in plan.asked.left_out:
        verdict.result = "unchanged"
        verdict.notes.append(Note("left_out", is_warning=False))
        return
    written = row.texts["region"]
    if verdict.is_entering:
        verdict.is_written = row.meaning not in plan.asked.open
    verdict.result = "queued"
    verdict.notes.append(Note("region_unknown", written, "region"))
    verdict.questions.append(Asking("region_unknown", row.meaning, theirs=written[:500]))


def _refuse(verdict: Verdict, note: Note) -> None:
    verdict.result, verdict.is_written = "refused", False
    verdict.notes.append(note)


def _not_served(plan: Plan, row: RegisterRow) -> Note:
    written = row.texts.get("region", "")
    if plan.words.region_of(row.texts) is None:
        return Note("region_unknown" if written else "region_missing", written, "region")
    return Note("region_not_served", written, "region")


def _adds(verdict: Verdict, known: Known) -> bool:
    """Whether a row names fields of work or a page that the source did not name before."""
    return any(
        verdict.said.get(name) and verdict.said.get(name) != known.before.get(name)
        for name in ("field", "link")
    )


def _sign(name: str, value: str) -> str:
    """By which two values of a field are one."""
    if name in _WORDED:
        return comparable(value)
    return value.casefold().rstrip("/") if name == "site" else value
