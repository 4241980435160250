"""What can be wrong with rules, and the sentence for each; translated where it is shown."""

from dataclasses import dataclass, field


def gettext_noop(message: str) -> str:
    """Mark a message for translation."""
    return message


SENTENCES = {
    "syntax": gettext_noop("this is no TOML: %(reason)s"),
    "too_large": gettext_noop("rules have at most %(most)s characters"),
    "schema": gettext_noop("“%(value)s” is no kind of rules that is known here"),
    "missing": gettext_noop("it is missing"),
    "unknown": gettext_noop("there is nothing of this name"),
    "kind": gettext_noop("it cannot be read: %(reason)s"),
    "twice": gettext_noop("the code “%(code)s” stands here twice"),
    "too_many": gettext_noop("there are %(count)s of them, and at most %(most)s can be kept"),
    "none": gettext_noop("there is not one"),
    "weights_sum": gettext_noop(
        "the weights of category “%(category)s” times the greatest score come to %(sum)s, "
        "not to %(most)s"
    ),
    "no_category": gettext_noop("there is no category “%(code)s”"),
    "no_direction": gettext_noop("there is no direction “%(code)s”"),
    "no_refusal": gettext_noop("there is no ground of refusal “%(code)s”"),
    "no_question": gettext_noop("there is no question “%(code)s”"),
    "no_article": gettext_noop("there is no article “%(code)s” of the budget"),
    "no_field": gettext_noop("a project has no field “%(code)s”"),
    "no_cell": gettext_noop("rows of this field have no cell “%(code)s”"),
    "not_public": gettext_noop(
        "field “%(code)s” holds names of people or files, which rules alone cannot make public"
    ),
    "no_value": gettext_noop("question “%(code)s” has no answer “%(value)s”"),
    "no_weight": gettext_noop("category “%(category)s” has no weight here"),
    "cycle": gettext_noop("questions hang on one another in a ring: %(codes)s"),
    "choices": gettext_noop("a choice needs at least two answers, and no other kind has any"),
    "gap": gettext_noop("a request of %(sum)s falls into no category"),
    "overlap": gettext_noop("a request of %(sum)s falls into “%(first)s” and “%(second)s”"),
    "backwards": gettext_noop("%(later)s comes before %(earlier)s"),
    "bounds": gettext_noop("the least is greater than the most"),
    "step": gettext_noop("the steps do not come from the least score to the greatest"),
    "line": gettext_noop("no rating comes to %(line)s"),
    "ties_tell": gettext_noop(
        "where scores are told of winners alone, only “submitted_earlier” may decide among equals"
    ),
    "closest": gettext_noop("“closest” needs at least two experts for each application"),
    "shares": gettext_noop("the shares of the periods come to %(sum)s, not to 1"),
    "no_period": gettext_noop("a grant has at least one period"),
    "norm": gettext_noop("this kind of advice needs “%(name)s”"),
}


@dataclass(frozen=True)
class Fault:
    """Something wrong with rules. place: as `criteria[3].weights`; line: in the file, 0 unknown."""

    place: str
    code: str
    values: dict[str, str | int] = field(default_factory=dict)
    line: int = 0


def sentence_of(fault: Fault) -> tuple[str, dict[str, str | int]]:
    """The sentence for a fault, to be translated, and what it names."""
    return SENTENCES[fault.code], fault.values
