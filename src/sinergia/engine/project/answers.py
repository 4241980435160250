"""Which questions of a contest are put, by the answers there are."""

from collections.abc import Mapping, Sequence

from sinergia.engine.drafts import Path
from sinergia.packs.rules.fields import ANSWERS, FURTHER
from sinergia.packs.rules.schema import Question, Rules


def answer_path(code: str) -> str:
    """Where the answer to a question stands."""
    return str(Path(ANSWERS, cell=code))


def questions_put(questions: Sequence[Question], texts: Mapping[str, str]) -> list[Question]:
    """Those that are put, in their order: one that hangs on another only where that one is, too.

    texts: by path. Rules hold no ring of questions.
    """
    known = {one.code: one for one in questions}

    def is_put(one: Question) -> bool:
        if one.when is None:
            return True
        other = known[one.when.question]
        answer = texts.get(answer_path(other.code), "").strip()
        return answer in one.when.values and is_put(other)

    return [one for one in questions if is_put(one)]


def without_unasked(values: Mapping[str, str], rules: Rules) -> dict[str, str]:
    """Texts without what nobody sees in the form, as another contest asked it, or as it fell away.

    Answers to what is not put, and cells of rows that rules have to name.
    """
    put = {answer_path(one.code) for one in questions_put(rules.questions, values)}

    def is_asked(path: str) -> bool:
        name, cell = path.partition("/")[0], path.rpartition("/")[2]
        if name == ANSWERS:
            return path in put
        rule = rules.fields.get(name)
        named = (rule.cells or ()) if rule is not None else ()
        return (name, cell) not in FURTHER or cell in named

    return {path: text for path, text in values.items() if is_asked(path)}
