"""The journal keeps what happened and shows if a line was changed."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from sinergia.base import guards
from sinergia.base.journal import guard
from sinergia.base.journal.actions import erase_details, record, seal_all, seal_entries
from sinergia.base.journal.models import Entry, EntryDetail, Head, Leaf
from sinergia.base.journal.queries import unsealed_entries, verify_journal, was_root
from sinergia.engine.seal import root
from tests.arrange import NOON, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def some_entries(count: int) -> list[Entry]:
    """Entries of one person about themselves."""
    anna = a_person()
    return [record(f"test.{n}", about=anna, actor=anna, at=NOON) for n in range(count)]


def test_an_entry_holds_codes_and_a_salted_digest_never_the_detail() -> None:
    anna = a_person()

    entry = record(
        "test.done", about=anna, actor=anna, at=NOON, codes={"n": 3}, detail={"name": "Анна"}
    )

    values = json.loads(bytes(entry.content))["values"]
    assert (values["verb"], values["codes"]) == ("test.done", {"n": "3"})
    assert values["about"] == f"people.person:{anna.key}"
    assert "Анна" not in bytes(entry.content).decode()
    assert json.loads(bytes(EntryDetail.objects.get().content)) == {"name": "Анна"}


@pytest.mark.parametrize("model", [Entry, Leaf, Head])
def test_what_was_written_can_be_neither_changed_nor_deleted(model: type[Entry]) -> None:
    some_entries(2)
    seal_entries(now=NOON)
    rows = model._default_manager.all()
    column = {"entry": "verb", "leaf": "digest", "head": "root"}[model._meta.model_name or ""]

    for act in (lambda: rows.update(**{column: "x"}), rows.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()

    assert verify_journal().faults == []


def test_a_detail_can_be_emptied_and_the_journal_still_verifies() -> None:
    anna = a_person()
    record("test.done", about=anna, actor=anna, at=NOON, detail={"name": "Анна"})
    seal_entries(now=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        EntryDetail.objects.update(content=b"{}")
    EntryDetail.objects.update(content=b"", salt=b"")
    record("person.erased", about=anna, actor=anna, at=NOON)
    seal_entries(now=NOON)

    assert verify_journal().faults == []


@pytest.mark.parametrize(
    ("holding", "emptied"),
    [
        (["n"], 0),
        (["name"], 0),
        (["анна"], 0),
        (["Анна"], 0),
        (["иван"], 0),
        (["Петров"], 1),
        (["Анна Иванова"], 1),
        (["АННА\u00a0ИВА\u0301НОВА"], 1),
        (["na@example.org"], 0),
        (["Anna@example.org"], 1),
        (["…", ""], 0),
    ],
)
def test_erasing_empties_details_that_name_somebody_and_no_others(
    holding: list[str], emptied: int
) -> None:
    boris, details = a_person("boris"), ("Петров", "про Анна Иванова и др.", "к anna@example.org")
    for said in details:
        record("test.done", about=boris, actor=boris, at=NOON, detail={"name": said, "n": 3})

    assert erase_details(a_person().key, holding=holding) == emptied
    assert EntryDetail.objects.filter(content=b"").count() == emptied


def test_entries_are_sealed_in_the_order_of_their_commit_and_the_root_is_theirs() -> None:
    entries = some_entries(5)

    sealed = [seal_entries(now=NOON), seal_entries(now=NOON)]
    more = record("test.more", about=a_person("boris"), actor=a_person("vera"), at=NOON)
    seal_all(now=NOON)

    contents = [bytes(entry.content) for entry in [*entries, more]]
    report = verify_journal()
    assert sealed == [5, 0]
    assert list(Leaf.objects.order_by("place").values_list("place", flat=True)) == [*range(1, 7)]
    assert report.root == root(contents).hex()
    assert (report.sealed, report.unsealed, report.faults) == (6, 0, [])


def test_a_changed_line_is_found() -> None:
    entries = some_entries(3)
    seal_entries(now=NOON)
    guard.lift(connection)
    Entry.objects.filter(pk=entries[1].pk).update(content=b"{}")

    assert verify_journal().faults == ["entry 2", "head 3"]


@pytest.mark.parametrize(
    "changed",
    [
        {"verb": "test.9"},
        {"about_kind": "people.membership"},
        {"about_key": "9"},
        {"actor_key": UUID(int=9)},
        {"at": NOON + timedelta(microseconds=1)},
    ],
)
def test_a_column_that_is_not_what_was_sealed_is_found(changed: dict[str, object]) -> None:
    entries = some_entries(3)
    seal_entries(now=NOON)
    guard.lift(connection)

    Entry.objects.filter(pk=entries[1].pk).update(**changed)

    assert verify_journal().faults == ["entry 2"]


def remove(detail: EntryDetail) -> None:
    detail.delete()


def empty(detail: EntryDetail) -> None:
    EntryDetail.objects.filter(pk=detail.pk).update(content=b"", salt=b"")


def rewrite(detail: EntryDetail) -> None:
    EntryDetail.objects.filter(pk=detail.pk).update(content=b"{}")


def move(detail: EntryDetail) -> None:
    EntryDetail.objects.filter(pk=detail.pk).update(entry=Entry.objects.get(verb="test.plain"))


@pytest.mark.parametrize(
    ("spoil", "at_fault"),
    [(remove, {"told"}), (empty, {"told"}), (rewrite, {"told"}), (move, {"told", "plain"})],
)
def test_a_detail_that_nobody_was_erased_for_is_missed(
    spoil: Callable[[EntryDetail], None], at_fault: set[str]
) -> None:
    anna = a_person()
    record("person.erased", about=anna, actor=anna, at=NOON)  # long before
    told = record("test.told", about=anna, actor=anna, at=NOON, detail={"name": "Анна"})
    plain = record("test.plain", about=anna, actor=anna, at=NOON)
    seal_entries(now=NOON)
    guard.lift(connection)

    spoil(EntryDetail.objects.get(entry=told))

    keys = {"told": told.key, "plain": plain.key}
    assert set(verify_journal().faults) == {f"detail {keys[name]}" for name in at_fault}


def test_an_end_that_was_cut_off_is_found_by_its_head_or_by_a_root_noted_before() -> None:
    entries = some_entries(2)
    seal_entries(now=NOON)
    last = record("test.last", about=a_person("boris"), actor=a_person("vera"), at=NOON)
    seal_entries(now=NOON)
    noted = verify_journal().root
    guard.lift(connection)

    Head.objects.filter(size=3).delete()
    without_head = verify_journal().faults
    Leaf.objects.filter(entry=last).delete()
    Entry.objects.filter(pk=last.pk).delete()

    assert without_head == ["head 3"]
    assert (verify_journal().sealed, verify_journal().faults) == (len(entries), [])
    assert was_root(verify_journal().root[:16].upper())
    assert not was_root(noted[:16])


def test_triggers_come_back_after_a_table_was_made_anew() -> None:
    assert guard.missing(connection) == []
    guard.lift(connection)
    assert guard.missing(connection) != []

    guards.restore(using="default")

    assert guard.missing(connection) == []


def test_a_rollback_leaves_no_entry() -> None:
    anna = a_person()

    with transaction.atomic():
        record("test.done", about=anna, actor=anna, at=NOON)
        transaction.set_rollback(True)

    assert unsealed_entries().count() == 0
