"""The rules of a contest as whoever thinks of applying reads them."""

from collections.abc import Mapping

import pytest
from django.utils.translation import override

from sinergia.calls.words.contests import outlined
from sinergia.packs.rules import shipped
from sinergia.packs.rules.schema import FieldRule


@pytest.mark.parametrize(
    ("asked", "blind", "said"),
    [
        ("title goals", "", "Experts see applications whole, and who applies."),
        (
            "title goals", "goals",
            "Experts see who applies. 1 field of the project is hidden from them.",
        ),
        ("title goals", "applicant", "Experts do not see who applies."),
        (
            "title team founders income", "applicant team partners",
            "Experts do not see who applies. 3 fields of the project are hidden from them.",
        ),
    ],
)  # fmt: skip
def test_the_fields_are_counted_that_are_asked_and_hidden(
    asked: str, blind: str, said: str
) -> None:
    rules = shipped()["regional"]
    fields: Mapping[str, FieldRule] = {name: FieldRule() for name in asked.split()}
    review = rules.review.model_copy(update={"blind": tuple(blind.split())})

    with override("en"):
        told = outlined(rules.model_copy(update={"fields": fields, "review": review}), "en")

    assert told.hidden == said
