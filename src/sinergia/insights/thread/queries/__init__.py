"""The thread from one thing: back to what it came from, on to what came of it.

Each step is one query, joined to what the reader may see before anything is followed further: what
somebody may not see is neither shown nor counted, and leads nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from sinergia.applications.models import Application
from sinergia.calls.models import Outcome
from sinergia.exchange.models import Visit
from sinergia.exchange.queries.consents import Withheld, withheld_in
from sinergia.insights.thread.queries.seen import SEEN, came_of_any
from sinergia.people.models import Person

MOST = 1_000  # things of one step; a thread with more says that it goes on
# The steps of the thread, in its order. A practice that grew from one taken home, or was made of
# what a grant has reached, is its last.
STEPS = (
    "programme",
    "visit",
    "practice",
    "commitment",
    "adoption",
    "project",
    "application",
    "grant",
    "report",
    "result",
    "grown",
)

Place: TypeAlias = tuple[str, int]  # the step, the row's id


@dataclass
class Thread:
    """Rows by step, in the order in which they are shown. root: where one stands.

    parents: what a row came from. is_cut: whether a step has more rows than are followed.
    sessions: how many there were; taken_at: at how many something was taken into work.
    withheld: what an idea in words may not say to whoever is not of its visit.
    """

    root: Place
    rows: dict[str, dict[int, Any]] = field(default_factory=lambda: {step: {} for step in STEPS})
    parents: dict[Place, list[Place]] = field(default_factory=dict)
    sessions: int = 0
    taken_at: int = 0
    withheld: Withheld = field(default_factory=Withheld)
    is_cut: bool = False

    @property
    def won(self) -> list[Application]:
        """Applications that won."""
        return [one for one in self.rows["application"].values() if is_won(one)]


def is_won(application: Application) -> bool:
    """Whether it won; a grant declined after the decision counts, as in all figures."""
    return application.outcome in (Outcome.WON, Outcome.DECLINED)


def thread_of(kind: str, key: UUID, person: Person | None) -> Thread | None:
    """The thread of a thing by its key; none where there is no such thing for the reader."""
    if kind not in STEPS or kind == "grown":
        return None
    walk = _Walk(person)
    root = walk.seen(kind).filter(key=key).first()
    if root is None:
        return None
    walk.thread = Thread((kind, root.pk))
    walk.thread.rows[kind][root.pk] = root
    walk.up()
    walk.down()
    walk.leave_out_drafts()
    walk.withhold()
    return walk.thread if root.pk in walk.thread.rows[kind] else None


def grown_from(visits: Sequence[Visit], person: Person | None) -> dict[int, Thread]:
    """What came of each of several visits, by primary key: the rows that its own thread shows.

    As many queries as the thread of one visit; a step is cut where that of one would be.
    """
    whole = _down_from(visits, person).thread
    return {one.pk: _branch(whole, ("visit", one.pk)) for one in visits}


def thread_within(visits: Sequence[Visit], person: Person | None) -> Thread:
    """What came of several visits, all in one."""
    walk = _down_from(visits, person)
    walk.withhold()
    return walk.thread


def _down_from(visits: Sequence[Visit], person: Person | None) -> "_Walk":
    walk = _Walk(person)
    walk.roots = {one.pk for one in visits}
    walk.thread = Thread(("visit", 0))
    walk.thread.rows["visit"] = {one.pk: one for one in visits}
    walk.down()
    walk.leave_out_drafts()
    return walk


def _branch(whole: Thread, root: Place) -> Thread:
    """Of a thread with several roots, what came of one of them."""
    found = Thread(root, is_cut=whole.is_cut)
    found.rows["visit"] = {root[1]: whole.rows["visit"][root[1]]}
    for step in STEPS[2:]:
        for pk, row in whole.rows[step].items():
            came_from = whole.parents.get((step, pk), [])
            if any(parent in found.rows[of] for of, parent in came_from):
                found.rows[step][pk] = row
    return found


class _Walk:
    """Follows the thread for one reader."""

    thread: Thread
    roots: Set[int] = frozenset()  # where one stands at several of a kind

    def __init__(self, person: Person | None) -> None:
        self.person = person

    def seen(self, step: str) -> QuerySet[Any]:
        """Rows of a step that the reader may see; of projects all, see `leave_out_drafts`."""
        return SEEN[step](self.person).order_by("pk")

    def up(self) -> None:
        """Back to the beginning: each step from one after it, so in this order."""
        self._back("result", "report", "thread_report")
        self._back("result", "grant", "grant_id")
        self._back("report", "grant", "grant_id")
        self._back("grant", "application", "application_id")
        self._back("application", "project", "thread_project")
        self._back("project", "adoption", "adoption_id")
        self._back("project", "commitment", "commitment_id")
        self._back("adoption", "practice", "practice_id")
        self._back("commitment", "practice", "practice_id")
        self._back("commitment", "visit", "visit_id")
        self._back("visit", "programme", "programme_id")

    def down(self) -> None:
        """On to what came of it: from where one stands, not from what that came from."""
        visits = self._on("visit", {"programme_id": self._root("programme")})
        here = {"visit_id": visits, "practice_id": self._root("practice")}
        commitments = self._on("commitment", here)
        taken = self._ids("commitment", "adoption_id", commitments)
        here = {"practice_id": self._root("practice"), "pk": taken}
        adoptions = self._on("adoption", here)
        self._join_commitments(commitments)
        begun = {"adoption_id": adoptions, "commitment_id": commitments}
        projects = self._on("project", begun)
        self._on("application", {"thread_project": projects})
        self._on_from_awards({one.pk for one in self.thread.won})
        made = self._ids("result", "practice_id", set(self.thread.rows["result"]))
        self._on("grown", {"thread_adoption": adoptions, "pk": made})
        self._join_results()
        if visits:
            rows = [one for pk, one in self.thread.rows["visit"].items() if pk in visits]
            self.thread.sessions = sum(getattr(one, "held", 0) for one in rows)
            taken = {one.held_session for one in self.thread.rows["commitment"].values()}
            self.thread.taken_at = len(taken - {None})

    def _on_from_awards(self, won: set[int]) -> None:
        """What became of what was won: grants, reports, results."""
        is_above = self.thread.root[0] in ("grant", "report", "result")  # not of its siblings
        grants = self._on("grant", {"application_id": set() if is_above else won})
        reports = self._on("report", {"grant_id": grants})
        self._on("result", {"thread_report": reports, "grant_id": grants})

    def leave_out_drafts(self) -> None:
        """A project that the reader may not open is there by its applications, or not at all."""
        projects = self.thread.rows["project"]
        filed = {one.thread_project for one in self.thread.rows["application"].values()}
        for pk, row in list(projects.items()):
            if not row.may_open and pk not in filed:
                del projects[pk]
                self.thread.parents.pop(("project", pk), None)  # nor is it told that one went on

    def withhold(self) -> None:
        """An idea in words that names who has not agreed is told to nobody outside."""
        rows = self.thread.rows["commitment"].values()
        visits = {one.visit_id for one in rows if one.practice_id is None and not one.may_open}
        if visits:
            self.thread.withheld = withheld_in(visits)

    def _back(self, step: str, to: str, by: str) -> None:
        found = self._ids(step, by, set(self.thread.rows[step]))
        if found:
            self._take(to, self.seen(to).filter(pk__in=found))
            self._join(step, to, by)

    def _on(self, step: str, came_of: Mapping[str, set[int]]) -> set[int]:
        """Rows of a step that came of others, and where one stands; all that are followed on."""
        wanted = {by: ids for by, ids in came_of.items() if ids}
        rows = []
        if wanted:
            any_of = Q(*(came_of_any(by, ids) for by, ids in wanted.items()), _connector=Q.OR)
            rows = list(self.seen(step).filter(any_of)[: MOST + 1])
            self.thread.is_cut |= len(rows) > MOST
            self._take(step, rows[:MOST])
        for by in came_of:
            if by.endswith("_id") or by.startswith("thread_"):
                to = by.removesuffix("_id").removeprefix("thread_")
                self._join(step, to, by)
        return {row.pk for row in rows[:MOST]} | self._root(step)

    def _take(self, step: str, rows: Iterable[Any]) -> None:
        for row in rows:
            self.thread.rows[step].setdefault(row.pk, row)

    def _root(self, step: str) -> set[int]:
        kind, pk = self.thread.root
        return (set(self.roots) or {pk}) if kind == step else set()

    def _ids(self, step: str, by: str, among: set[int]) -> set[int]:
        given = {getattr(self.thread.rows[step][pk], by) for pk in among}
        return given - {None}

    def _join(self, step: str, to: str, by: str) -> None:
        """Remember which row of `to` each row of a step came from, where both are there."""
        for pk, row in self.thread.rows[step].items():
            self._remember((step, pk), (to, getattr(row, by)))

    def _join_commitments(self, commitments: set[int]) -> None:
        """A practice was taken home because of a commitment: the commitment knows which."""
        for pk in commitments:
            of = self.thread.rows["commitment"][pk].adoption_id
            if of in self.thread.rows["adoption"]:
                self._remember(("adoption", of), ("commitment", pk), is_first=True)

    def _join_results(self) -> None:
        """A result stands by its report, where it is there; a practice by what it was made of."""
        for pk, row in self.thread.rows["result"].items():
            parents = self.thread.parents.get(("result", pk), [])
            told = [one for one in parents if one[0] == "report"]
            if told:
                self.thread.parents["result", pk] = told
            if row.practice_id in self.thread.rows["grown"]:
                self._remember(("grown", row.practice_id), ("result", pk), is_first=True)

    def _remember(self, of: Place, came_from: Place, *, is_first: bool = False) -> None:
        step, pk = came_from
        known = self.thread.parents.setdefault(of, [])
        if pk in self.thread.rows[step] and came_from not in known:
            known.insert(0 if is_first else len(known), came_from)
