"""The picture of a thread: every thing in its column, no two boxes on one another."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.thread import (
    GAP,
    HEIGHT,
    MOST,
    MOST_ROWS,
    WIDTH,
    Box,
    lay_out,
)

STEPS = ("visit", "commitment", "project", "application")


@dataclass(frozen=True)
class Node:
    key: str
    step: str
    label: str
    parents: Sequence[str] = ()


@st.composite
def threads(draw: st.DrawFn) -> list[Node]:
    """Things of some steps; each but the first of all comes from one or two of earlier steps."""
    nodes = [Node("0", "visit", "Visit")]
    for number in range(draw(st.integers(0, 40))):
        earlier = [node for node in nodes if node.step != STEPS[-1]]
        parents = draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True))
        last = max(STEPS.index(parent.step) for parent in parents)
        step = draw(st.sampled_from(STEPS[last + 1 :]))
        keys = tuple(parent.key for parent in parents)
        nodes.append(Node(str(number + 1), step, draw(st.text("аб ё", max_size=80)), parents=keys))
    return nodes


def touch(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) < WIDTH and abs(one.y - other.y) < HEIGHT


@given(threads())
def test_no_two_boxes_lie_on_one_another_and_all_lie_on_the_sheet(nodes: list[Node]) -> None:
    told = lay_out(nodes, STEPS)

    boxes = list(told.boxes)
    for at, box in enumerate(boxes):
        assert not any(touch(box, other) for other in boxes[at + 1 :])
        assert min(box.x, box.y) >= 0
        assert box.right <= told.width
        assert box.y + HEIGHT <= told.height


@given(threads())
def test_what_came_of_a_thing_stands_to_its_right_and_never_above_it(nodes: list[Node]) -> None:
    told = lay_out(nodes, STEPS)

    places = {box.node.key: box for box in told.boxes if box.node is not None}
    for box in places.values():
        assert box.node is not None
        first = next((places[one] for one in box.node.parents if one in places), None)
        if first is not None:
            assert box.x > first.x
        if box.node.parents and box.node.parents[0] in places:
            assert box.y >= places[box.node.parents[0]].y


@given(threads())
def test_everything_is_drawn_or_counted(nodes: list[Node]) -> None:
    told = lay_out(nodes, STEPS)

    drawn = {box.node.key for box in told.boxes if box.node is not None}
    hidden = {node.key for node in nodes} - drawn
    # What came of a thing that is only counted is not drawn, and is in the number of its column.
    assert (sum(box.more for box in told.boxes) == 0) == (not hidden)
    assert sum(column.number for column in told.columns) == len(nodes)


def test_a_thread_of_hundreds_is_a_picture_of_bounded_height() -> None:
    nodes = [Node("v", "visit", "Visit")]
    for number in range(250):
        nodes.append(Node(f"c{number}", "commitment", "Prokat", parents=("v",)))
        nodes.append(Node(f"p{number}", "project", "Prokat", parents=(f"c{number}",)))

    told = lay_out(nodes, STEPS)

    assert sum(box.more for box in told.boxes) == 250 - MOST
    assert len(told.boxes) <= 3 * MOST_ROWS
    assert [column.number for column in told.columns] == [1, 250, 250]


def test_the_number_of_others_takes_one_row_and_the_next_thing_stands_under_it() -> None:
    came = [Node(f"c{number}", "commitment", "C", parents=("v",)) for number in range(MOST + 2)]
    nodes = [Node("v", "visit", "V"), *came, Node("w", "visit", "W")]

    boxes = lay_out(nodes, STEPS).boxes

    (others,) = (box for box in boxes if box.more)
    (last,) = (box for box in boxes if box.node is not None and box.node.key == "w")
    assert (others.more, others.y) == (2, boxes[0].y + MOST * (HEIGHT + GAP))
    assert last.y == others.y + HEIGHT + GAP


def test_a_step_without_anything_has_no_column() -> None:
    nodes = [Node("v", "visit", "Visit"), Node("p", "project", "P", parents=("v",))]

    assert [column.step for column in lay_out(nodes, STEPS).columns] == ["visit", "project"]


def test_nothing_at_all_is_an_empty_sheet() -> None:
    told = lay_out([], STEPS)

    assert (told.width, told.height, told.boxes, told.links) == (0, 0, [], [])


def test_a_second_parent_gets_a_line_too() -> None:
    nodes = [
        Node("v", "visit", "Visit"),
        Node("a", "commitment", "A", parents=("v",)),
        Node("b", "commitment", "B", parents=("v",)),
        Node("p", "project", "P", parents=("a", "b")),
    ]

    assert len(lay_out(nodes, STEPS).links) == 4


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Домашний маршрут", ["Домашний маршрут"]),
        ("Домашний маршрут: выездные уроки пения", ["Домашний маршрут:", "выездные уроки пения"]),
        (
            "Домашний маршрут: выездные уроки пения для семей",
            ["Домашний маршрут:", "выездные уроки пени…"],
        ),
        (
            "Домашний маршрут: выездные уроки реабилитолога для семей",
            ["Домашний маршрут:", "выездные уроки…"],
        ),
        ("Сельскохозяйственное дело", ["Сельскохозяйственное", "дело"]),
        ("Сельскохозяйственность", ["Сельскохозяйственно…"]),
        (
            "Сельскохозяйственность: уроки пения для семей",
            ["Сельскохозяйственно…", "уроки пения для…"],
        ),
    ],
)
def test_a_long_name_is_cut_to_two_lines_with_an_ellipsis(name: str, lines: list[str]) -> None:
    (box,) = lay_out([Node("v", "visit", name)], STEPS).boxes

    assert box.lines == lines


@pytest.mark.parametrize(
    "nodes",
    [
        [Node("a", "visit", "A", parents=("b",)), Node("b", "visit", "B", parents=("a",))],
        [Node("a", "visit", "A", parents=("a",))],
        [
            Node("v", "visit", "V"),
            Node("a", "commitment", "A", parents=("b",)),
            Node("b", "commitment", "B", parents=("a",)),
        ],
    ],
)
def test_a_circle_is_refused(nodes: list[Node]) -> None:
    with pytest.raises(ValueError, match="circle"):
        lay_out(nodes, STEPS)
