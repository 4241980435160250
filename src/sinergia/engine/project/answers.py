"""Which questions of a contest are put, by the answers there are."""

from collections.abc import Mapping, Sequence

from sinergia.engine.drafts import Path
from sinergia.packs.rules.fields import ANSWERS
from sinergia.packs.rules.schema import Question


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


def without_unasked(values: Mapping[str, str], questions: Sequence[Question]) -> dict[str, str]:
    """Texts without answers to what is not put: to another contest, or to what fell away."""
    put = {answer_path(one.code) for one in questions_put(questions, values)}
    return {
        path: text
        for path, text in values.items()
        if not path.startswith(f"{ANSWERS}/") or path in put
    }
