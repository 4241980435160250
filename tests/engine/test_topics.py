"""A topic is one of its direction, to the last."""

from sinergia.engine.project import read_document
from sinergia.engine.readiness import Facts, readiness_of
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import shipped


def test_the_last_topic_of_a_direction_is_one_of_it_and_no_further() -> None:
    rules = shipped()["presidential-2026"]
    (last,) = (len(one.topics) for one in rules.directions if one.code == "social")

    told = []
    for number in (last, last + 1):
        texts = {"direction": "social", "topic": f"social/{number}"}
        found = readiness_of(read_document(texts, currency=rules.currency), rules, Facts())
        told.append(Gap("topic.other", "topic") in found.blocking)

    assert told == [False, True]
