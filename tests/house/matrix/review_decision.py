"""Rules of the decision, its publication, its results and what follows."""

from datetime import timedelta

from sinergia.applications.actions.screening import Given as Screened
from sinergia.applications.actions.screening import carry_out, decide
from sinergia.calls.models import Contest
from sinergia.review.actions.archiving import make_archive
from sinergia.review.actions.recutting import Given, send_budget
from sinergia.review.actions.result_letters import queue_letters
from sinergia.review.models import Award, Examination, Publication, Sitting
from sinergia.review.queries.letters import readers_of, told_of
from sinergia.review.words.results import letters_said
from tests.arrange import NOON, a_contest, a_fund
from tests.arrange_review import a_submission
from tests.house.matrix.rule import EVERYBODY, STAFF, Rule, answers
from tests.house.matrix.world import World
from tests.review.deciding import a_sitting, adopted, published

OURS = answers(200, *STAFF, neighbour=404)
PRESSED = answers(302, *STAFF, neighbour=404)
THEIRS = answers(200, "leader", "editor", others=404)
LED = answers(200, "leader", others=404)
TOLD = {"key": "told contest"}
ROW = TOLD | {"row": "told award"}
OWN = {"key": "told submission"}
SITTING = "0d6cf1a2-4b0e-4d55-9a6e-51f8f3a7c101"  # that adopted the list

RULES: dict[str, Rule] = {
    "decision:decision": Rule(OURS, names=TOLD),
    "decision:decide": Rule(PRESSED, "post", names=TOLD, body={"sitting": SITTING}),
    "decision:proposal": Rule(OURS, names=TOLD | {"row": "told examination", "kind": "less"}),
    "decision:choice": Rule(THEIRS, names=OWN),
    "decision:publication": Rule(OURS, names=TOLD),
    "decision:step": Rule(PRESSED, "post", names=TOLD | {"name": "now"}),
    "decision:letters": Rule(OURS, names=TOLD),
    "decision:letter": Rule(OURS, names=ROW),
    "decision:letter_again": Rule(PRESSED, "post", names=TOLD | {"row": "told letter"}),
    "decision:results": Rule(EVERYBODY, names=TOLD),
    "decision:results_file": Rule(EVERYBODY, names=TOLD | {"form": "csv"}, is_file=True),
    "decision:archive": Rule(EVERYBODY, names=TOLD, is_file=True),
    "decision:verify": Rule(EVERYBODY, names=TOLD, query="run=1"),
    "decision:after": Rule(OURS, names=TOLD),
    "decision:budgets": Rule(OURS, names=TOLD),
    "decision:decline_for": Rule(OURS, names=ROW),
    "decision:keep": Rule(OURS, names=ROW),
    "decision:budget": Rule(OURS, names=TOLD | {"row": "told budget"}),
    "decision:revised": Rule(THEIRS, names=OWN),
    "decision:decline": Rule(LED, names=OWN),
}


def samples(world: World) -> dict[str, str]:
    """A published contest whose winner has sent a budget cut to the award."""
    contest = a_contest(centre=world.centre, fund=a_fund("told"))
    leader, head = world.people["leader"], world.people["head"]
    submission = a_submission(contest=contest, organisation=world.organisation, stage="submitted")
    decision = decide(submission, Screened("register", "submitted"), actor=head, now=NOON)
    carry_out(decision, now=NOON + timedelta(minutes=10))
    submission.refresh_from_db()
    submission.stage = "admitted"
    submission.save()
    Contest.objects.filter(pk=contest.pk).update(stage="closed")
    row = Examination.objects.create(
        contest=contest,
        submission=submission,
        code="A-001",
        category=submission.frozen.category,
        due=2,
        preliminary=90,
    )
    cuts = [{"line": "aaaaaa", "minor": 30_000_00}]
    a_sitting(contest, number="open")
    adopted(a_sitting(contest, number="0"), "less", row, offered_minor=60_000_00, cuts=cuts)
    Sitting.objects.filter(pk=published(contest, head).pk).update(key=SITTING)
    award = Award.objects.get(examination=row)
    found = Publication.objects.get(contest=contest)
    queue_letters(letters_said(found, readers_of(list(told_of(contest)))), now=NOON)
    make_archive(contest, actor=head, now=NOON)
    given = Given({"aaaaaa": 60_000_00})
    sent = send_budget(award, given, actor=leader, now=NOON)
    return {
        "told contest": str(contest.call.key),
        "told award": str(award.key),
        "told examination": str(row.key),
        "told letter": str(award.letters.all()[0].key),
        "told budget": str(sent.key),
        "told submission": str(submission.key),
    }
