"""The picture of a thread: what something came from and what came of it, laid out in columns.

Each step of the thread has a column; what came of one thing stands to its right, from its own row
downwards, so that lines never cross. A step without anything in it has no column. Pure: it knows
neither what the things are nor who may see them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

WIDTH, HEIGHT = 168, 56  # of a box
GAP, LANE = 10, 30  # between boxes one under another; between columns, where lines run
EDGE = 2  # so that the outermost line is not cut
HEAD = 26  # above the boxes, for what a column is called
SIGNS = 20  # of a name on one line of a box
LINES = 2  # of a name in a box
MOST = 12  # things that came of one, each with a box; the others are told as a number
MOST_ROWS = 60  # in the whole picture


class Node(Protocol):
    """One thing of a thread. step: which step of the thread it is.

    label is asked for only of what gets a box: of many things, few do.
    """

    @property
    def key(self) -> str:
        """By what others name it."""

    @property
    def step(self) -> str:
        """Its column."""

    @property
    def label(self) -> str:
        """What stands in its box."""

    @property
    def parents(self) -> Sequence[str]:
        """Keys of what it came from; it is drawn beside the first one there."""


@dataclass(frozen=True)
class Box:
    """A node in its place; more: how many others it stands for instead of one."""

    x: int
    y: int
    lines: Sequence[str]
    node: Node | None = None
    more: int = 0

    @property
    def middle(self) -> int:
        """Where lines meet it."""
        return self.y + HEIGHT // 2

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.x + WIDTH


@dataclass(frozen=True)
class Link:
    """From one box to another: the `d` of an SVG path."""

    path: str


@dataclass(frozen=True)
class Column:
    """A step of the thread. number: of its things, drawn or not."""

    step: str
    x: int
    number: int


@dataclass(frozen=True)
class Picture:
    """A sheet of `width` by `height` units."""

    width: int
    height: int
    columns: Sequence[Column]
    boxes: Sequence[Box]
    links: Sequence[Link]


def lay_out(nodes: Sequence[Node], steps: Sequence[str]) -> Picture:
    """Lay out a thread whose steps stand in the order of `steps`.

    Nodes come in the order in which they are to stand. One whose parents are all elsewhere is a
    beginning. Raises ValueError for a circle: a thread has none.
    """
    sheet = _Sheet(nodes, steps)
    for node in sheet.beginnings:
        sheet.place(node)
    return sheet.picture()


@dataclass
class _Sheet:
    nodes: Sequence[Node]
    steps: Sequence[str]
    row: int = 0
    boxes: dict[str, Box] = field(default_factory=dict)
    others: list[Box] = field(default_factory=list)
    drawn: list[tuple[str, Box]] = field(default_factory=list)  # from whom each line comes

    def __post_init__(self) -> None:
        there = {node.key for node in self.nodes}
        self.columns = self._columns()
        self.children: dict[str, list[Node]] = {}
        self.beginnings: list[Node] = []
        for node in self.nodes:
            parent = next((one for one in node.parents if one in there), None)
            if parent is None:
                self.beginnings.append(node)
            else:
                self.children.setdefault(parent, []).append(node)
        self._refuse_circles()

    def _refuse_circles(self) -> None:
        """What no beginning leads to comes from itself."""
        waiting, reached = list(self.beginnings), 0
        while waiting:
            node = waiting.pop()
            reached += 1
            waiting += self.children.get(node.key, [])
        if reached < len(self.nodes):
            raise ValueError("a thread that goes round in a circle")

    def _columns(self) -> Mapping[str, Column]:
        numbers = {step: sum(node.step == step for node in self.nodes) for step in self.steps}
        there = [step for step in self.steps if numbers[step]]
        return {
            step: Column(step, EDGE + at * (WIDTH + LANE), numbers[step])
            for at, step in enumerate(there)
        }

    def place(self, node: Node) -> None:
        """Put a node into the next row and what came of it beside it."""
        box = Box(self.columns[node.step].x, self._y(), _wrapped(node.label), node)
        self.boxes[node.key] = box
        children = self.children.get(node.key, [])
        shown = children[: self._room()]
        for child in shown:
            self.place(child)
        if left := children[len(shown) :]:
            self._rest(node, left)
        if not children:
            self.row += 1

    def _room(self) -> int:
        """How many more may be drawn one by one; the last row is kept for the number of others."""
        return min(MOST, max(MOST_ROWS - self.row - 1, 0))

    def _rest(self, node: Node, left: Sequence[Node]) -> None:
        box = Box(self.columns[left[0].step].x, self._y(), (), more=len(left))
        self.others.append(box)
        self.drawn.append((node.key, box))
        self.row += 1

    def _y(self) -> int:
        return EDGE + HEAD + self.row * (HEIGHT + GAP)

    def picture(self) -> Picture:
        """The whole, with a line for every way from one drawn thing to another."""
        boxes = [*self.boxes.values(), *self.others]
        columns = list(self.columns.values())
        width = columns[-1].x + WIDTH + EDGE if columns else 0
        height = max((box.y + HEIGHT + EDGE for box in boxes), default=0)
        return Picture(width, height, columns, boxes, list(self._links()))

    def _links(self) -> Iterator[Link]:
        for box in self.boxes.values():
            for parent in box.node.parents if box.node is not None else ():
                if parent in self.boxes:
                    yield _link(self.boxes[parent], box)
        for key, box in self.drawn:
            yield _link(self.boxes[key], box)


def _link(start: Box, end: Box) -> Link:
    bend = start.right + (end.x - start.right) // 2
    return Link(
        f"M{start.right} {start.middle}C{bend} {start.middle} {bend} {end.middle} "
        f"{end.x} {end.middle}"
    )


def _wrapped(text: str) -> list[str]:
    """A name on the lines of a box; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if len(longer) <= SIGNS:
            line = longer
        else:
            lines += [line] if line else []
            line = word
    lines.append(line)
    shown = [_cut(one) for one in lines[:LINES]]
    if len(lines) > LINES and not shown[-1].endswith("…"):
        shown[-1] = f"{shown[-1][: SIGNS - 1].rstrip()}…"
    return shown


def _cut(line: str) -> str:
    return line if len(line) <= SIGNS else f"{line[: SIGNS - 1]}…"
