import ast
from collections.abc import Iterator

from django.apps import apps

from sinergia.applications.actions.screening import DECIDED
from sinergia.base.errands.actions import function_of
from sinergia.base.errands.periodic import PERIODIC
from sinergia.base.errands.words import explain
from sinergia.base.journal.words import explain as explain_entry
from sinergia.calls.actions.contests import STEPPED
from sinergia.engine.practice.sentences import SENTENCES as OF_PRACTICES
from sinergia.engine.readiness.sentences import SENTENCES
from sinergia.exchange.actions.programmes import SHELVED as PROGRAMMES
from sinergia.exchange.actions.visits import SHELVED as VISITS
from sinergia.organisations.actions.telling import REMOVED
from sinergia.people.adapters import EVENTS
from tests.house.source import PACKAGE, called, files, nodes_of, shown

ENGINE = PACKAGE / "engine"


def first_words(*callers: str, under: str = "") -> Iterator[str]:
    """What is said first, word for word, in every call of these names."""
    for path in files(".py", under=PACKAGE / under):
        for node in nodes_of(path, *(f"{caller}(" for caller in callers)):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            said = node.args[0]
            if (
                called(node) in callers
                and isinstance(said, ast.Constant)
                and isinstance(said.value, str)
            ):
                yield said.value


def sentences() -> dict[str, list[str]]:
    """Every code that has a sentence, and where."""
    found: dict[str, list[str]] = {}
    for path in PACKAGE.rglob("said/*.txt"):
        found.setdefault(path.stem, []).append(str(path.relative_to(PACKAGE)))
    return found


def test_every_promised_errand_is_somewhere_done() -> None:
    promised = sorted(set(first_words("promise", "promise_many")))

    assert all(callable(function_of(name)) for name in promised)


def test_every_errand_has_words_for_whoever_watches_the_queue() -> None:
    names = {*first_words("promise", "promise_many"), *PERIODIC}

    assert sorted(name for name in names if explain(name) == name) == []


def test_every_periodic_errand_is_somewhere_done() -> None:
    assert all(callable(function_of(name)) for name in PERIODIC)


def test_every_code_has_a_sentence() -> None:
    said = {*first_words("Gap", "Note"), *first_words("Unreadable", under="base/tables")}

    assert sorted(said - set(sentences()) - {*SENTENCES, *OF_PRACTICES}) == []


def test_every_sentence_of_readiness_is_said_somewhere() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", under=ENGINE))

    found = [code for code in SENTENCES if source.count(f'"{code}"') < 2]

    assert [code for code in found if not code.startswith("cell.money_")] == []


def test_every_entry_of_the_journal_has_words_for_whoever_it_is_about() -> None:
    tables = {
        *REMOVED.values(),
        *STEPPED.values(),
        *DECIDED.values(),
        *PROGRAMMES.values(),
        *VISITS.values(),
        *(verb for verb, _codes in EVENTS.values()),
    }

    recorded = {*first_words("record", "end_load", "_ask"), *tables}

    assert sorted(verb for verb in recorded if explain_entry(verb) == verb) == []


def test_a_verb_of_the_journal_is_a_word_or_stands_in_a_table() -> None:
    odd = {
        shown(path)
        for path in files(".py", under=PACKAGE)
        for node in nodes_of(path, "record(")
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "record"
        and not isinstance(node.args[0], ast.Constant)
    }

    assert sorted(one.removeprefix("src/sinergia/") for one in odd) == [
        "applications/actions/screening.py",  # DECIDED
        "calls/actions/contests.py",  # STEPPED
        "exchange/actions/programmes.py",  # SHELVED
        "exchange/actions/visits.py",  # SHELVED
        "organisations/actions/telling.py",  # REMOVED
        "people/actions/events.py",  # EVENTS
        "people/actions/factors.py",  # _ask
        "places/actions/ending.py",  # end_load
    ]


def test_no_sentence_is_about_a_code_that_nobody_says() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", under=PACKAGE))

    tables = {model._meta.label_lower for model in apps.get_models()}

    def is_said(code: str) -> bool:
        whole = f'"{code}"' in source or f"said/{code}.txt" in source
        kind, _, fault = code.partition("_")  # what was read, and the engine's word for its fault
        is_known = f'"{fault}"' in source or fault in tables
        return whole or (f'"{kind}_' in source and is_known)

    assert [code for code in sentences() if not is_said(code)] == []
