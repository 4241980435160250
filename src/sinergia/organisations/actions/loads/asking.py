"""Questions that a load asks: raised once, brought up to date, closed when both say the same."""

from collections.abc import Mapping, Sequence

from sinergia.organisations.actions.doubles import raise_pair
from sinergia.organisations.actions.loads.judging import Asking, Verdict
from sinergia.organisations.actions.loads.planning import Origin, Plan
from sinergia.organisations.actions.loads.rows import row_from
from sinergia.organisations.models import Question
from sinergia.organisations.queries.loads import Known, open_conflicts
from sinergia.organisations.queries.questions import NUMBERLESS, have_namesakes


def raise_questions(
    verdicts: Sequence[Verdict], plan: Plan, origin: Origin, known: Mapping[int, Known]
) -> None:
    """Ask a person what rows leave open. What was asked about a field before is asked anew."""
    asked = [(verdict, one) for verdict in verdicts for one in verdict.questions]
    if not asked:
        return
    waiting = open_conflicts(list(known), plan.terms.source)
    new, renewed = [], []
    for verdict, one in asked:
        question = _question(verdict, one, plan, origin, known)
        before = waiting.get((question.organisation_id or 0, question.field))
        if before is None:
            new.append(question)
        elif before.digest != question.digest:
            question.pk, question.key = before.pk, before.key
            renewed.append(question)
        if one.code == "ids_disagree":
            _suspect(verdict, plan, origin)
    note_namesakes(new)
    Question.objects.bulk_create(new, ignore_conflicts=True)
    columns = ("code", "ours", "theirs", "digest", "content", "row", "load_key", "raised_at")
    Question.objects.bulk_update(renewed, columns, batch_size=50)
    plan.asked.open |= {one.digest for _, one in asked}


def note_namesakes(questions: Sequence[Question]) -> None:
    """Note of rows without a valid number whether somebody in the register is called so."""
    nameless = [one for one in questions if one.code in NUMBERLESS]
    texts = [row_from(bytes(one.content)).texts for one in nameless]
    for question, is_called_so in zip(nameless, have_namesakes(texts), strict=True):
        question.has_namesake = is_called_so


def close_agreed(verdicts: Sequence[Verdict], plan: Plan, origin: Origin) -> None:
    """What a source and the register agree on by now is no question any more."""
    pks = [plan.number_of(one.owner) for one in verdicts if one.owner is not None]
    waiting = open_conflicts([pk for pk in pks if pk is not None], plan.terms.source)
    agreed = [
        question.pk
        for verdict in verdicts
        if verdict.owner is not None
        for name in verdict.outcome.agreed
        if (question := waiting.get((plan.number_of(verdict.owner) or 0, name))) is not None
    ]
    closed = Question.objects.filter(pk__in=agreed)
    closed.update(settled_at=origin.now, result=Question.Result.KEPT)


def _question(
    verdict: Verdict, one: Asking, plan: Plan, origin: Origin, known: Mapping[int, Known]
) -> Question:
    pk = plan.number_of(verdict.owner) if verdict.owner is not None else None
    organisation = known[pk].organisation if pk is not None and pk in known else None
    stands_in = organisation.region_id if organisation is not None else None
    return Question(
        code=one.code,
        source=plan.terms.source,
        centre=plan.terms.centre,
        region_id=stands_in or verdict.region_id,
        organisation=organisation,
        field=one.field,
        ours=one.ours[:500],
        theirs=one.theirs[:500],
        digest=one.digest,
        content=verdict.row.content,
        row=verdict.row.row,
        load_key=origin.load_key,
        raised_at=origin.now,
    )


def _suspect(verdict: Verdict, plan: Plan, origin: Origin) -> None:
    """Two organisations whose numbers a file takes for one's may be one."""
    register, row = plan.uniting.register, verdict.row
    first, second = register.by_ogrn.get(row.ogrn), register.by_inn.get(row.inn)
    if first is not None and second is not None and first != second:
        raise_pair(first, second, reason="numbers", now=origin.now)
