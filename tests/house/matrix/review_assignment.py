"""Rules of review: conflicts, and who reads what."""

from uuid import uuid4

from sinergia.review.actions.assigning import Wanted, make_assignment, propose
from sinergia.review.models import Conflict, Objection
from tests.arrange import NOON, a_contest, a_fund
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.house.matrix.contests import OURS
from tests.house.matrix.rule import STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

PRESSED = answers(302, *STAFF, neighbour=404)
REVIEW = {"key": "assigned contest"}
PROPOSAL = REVIEW | {"row": "proposal"}
READ = REVIEW | {"row": "assigned application"}

RULES: dict[str, Rule] = {
    "assignment:assignment": Rule(OURS, names=REVIEW),
    "assignment:begin": Rule(PRESSED, "post", names=REVIEW),
    "assignment:propose": Rule(PRESSED, "post", names=REVIEW, body={"what": "whole"}),
    "assignment:open_fields": Rule(OURS, names=REVIEW),
    "assignment:loads": Rule(OURS, names=REVIEW),
    "assignment:accept": Rule(PRESSED, "post", names=PROPOSAL),
    "assignment:drop": Rule(PRESSED, "post", names=PROPOSAL),
    "assignment:proof": Rule(OURS, names=PROPOSAL, is_file=True),
    "assignment:proposed_pairs": Rule(OURS, names=PROPOSAL),
    "assignment:proposed_loads": Rule(OURS, names=PROPOSAL),
    "assignment:readings": Rule(OURS, names=READ, most_queries=17),
    "assignment:change": Rule(
        PRESSED,
        "post",
        names=READ,
        body={"what": "lock", "sheet": "1b1c7f39-6a0e-4f39-9d86-0d6c2f9a4b12"},
    ),
    "assignment:conflicts": Rule(OURS, names=REVIEW),
    "assignment:compare": Rule(PRESSED, "post", names=REVIEW),
    "assignment:objections": Rule(OURS, names=REVIEW),
    "assignment:conflicts_file": Rule(OURS, names=REVIEW | {"form": "csv"}, is_file=True),
    "assignment:conflict": Rule(OURS, names=REVIEW | {"row": "conflict"}),
    "assignment:named": Rule(OURS, names=REVIEW | {"row": "objection"}),
    "assignment:not_to_read": Rule(
        answers(200, *TEAM, others=404), names={"key": "assigned submission"}
    ),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    contest = a_contest(centre=world.centre, fund=a_fund("assigned"))
    examination = an_examination("Сад", contest=contest, organisation=world.organisation)
    expert, submission = an_expert(contest=contest), examination.submission
    sheet = a_sheet(expert, examination)
    sheet.key = "1b1c7f39-6a0e-4f39-9d86-0d6c2f9a4b12"
    sheet.save()
    conflict = Conflict.objects.create(
        expert=expert, submission=submission, source="operator", kind="declared",
        stage="cleared", why="Ошибка", evidence="Сестра", raised_at=NOON,
    )  # fmt: skip
    objection = Objection.objects.create(
        submission=submission, whom="Петров", reason="Спор", raised_at=NOON, raised_by=uuid4()
    )
    asked = Wanted(is_repair=True)
    proposal = propose(contest, asked, actor=world.people["head"], now=NOON)
    an_expert("Второй Эксперт", contest=contest)
    make_assignment(proposal, now=NOON)
    return {
        "assigned contest": str(contest.call.key),
        "assigned application": str(examination.key),
        "assigned submission": str(submission.key),
        "proposal": str(proposal.key),
        "conflict": str(conflict.key),
        "objection": str(objection.key),
    }
