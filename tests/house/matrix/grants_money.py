"""Rules of grants: their lists, one grant, its signing and its money."""

from sinergia.applications.actions.screening import Given as Screened
from sinergia.applications.actions.screening import carry_out, decide
from sinergia.calls.models import Contest, Outcome
from sinergia.grants.models import Condition, GrantPaper
from sinergia.review.models import Award, Examination
from tests.arrange import NOON, a_contest, a_fund, a_stored_file, an_application
from tests.arrange_grants import a_grant, award_of, elsewhere, paid, signed
from tests.arrange_review import a_submission
from tests.house.matrix.rule import STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World
from tests.review.deciding import published

OURS = answers(200, *STAFF, neighbour=200)  # each centre its own list
HERE = answers(200, *STAFF, neighbour=404)
SEEN = answers(200, *STAFF, *TEAM, others=404)
RUN = answers(200, *STAFF, leader=403, editor=403, others=404)
PRESSED = answers(302, *STAFF, leader=403, editor=403, others=404)
LED = answers(200, *STAFF, leader=200, editor=403, others=404)
GRANT = {"key": "money grant"}
SIGNED = {"key": "money signed"}
CALL = {"key": "money contest"}

RULES: dict[str, Rule] = {
    "grants:list": Rule(OURS),
    "grants:export": Rule(OURS, names={"form": "csv"}, is_file=True),
    "grants:ours": Rule(answers(302, *TEAM, "outsider", others=404)),
    "grants:awaiting": Rule(OURS),
    "grants:payments": Rule(OURS, most_queries=13),
    "grants:registry": Rule(OURS, is_file=True),
    "grants:statement": Rule(OURS),
    "grants:grant": Rule(SEEN, names=GRANT, most_queries=34),
    "grants:plan": Rule(SEEN, names=GRANT),
    "grants:curator": Rule(RUN, names=GRANT, most_queries=16),
    "grants:file": Rule(
        SEEN,
        names=SIGNED | {"row": "money paper", "which": "signed"},
        is_file=True,
    ),
    "grants:new_condition": Rule(RUN, names=GRANT, most_queries=16),
    "grants:condition": Rule(RUN, names=GRANT | {"row": "money condition"}, most_queries=16),
    "grants:drop_condition": Rule(RUN, names=GRANT | {"row": "money condition"}, most_queries=16),
    "grants:reopen": Rule(PRESSED, "post", names=GRANT | {"row": "money condition"}),
    "grants:periods": Rule(RUN, names=GRANT, most_queries=16),
    "grants:agreement": Rule(RUN, names=GRANT, most_queries=16),
    "grants:sign": Rule(RUN, names=GRANT, most_queries=16),
    "grants:decline": Rule(LED, names=GRANT, most_queries=16),
    "grants:correct": Rule(SEEN, names={"key": "money elsewhere"}, most_queries=16),
    "grants:money": Rule(SEEN, names=SIGNED, most_queries=24),
    "grants:transfer": Rule(RUN, names=SIGNED | {"kind": "paid"}, most_queries=16),
    "grants:remove": Rule(RUN, names=SIGNED | {"row": "money transfer"}, most_queries=16),
    "grants:own": Rule(
        answers(200, *STAFF, *TEAM, others=404), names={"key": "money organisation"}
    ),
    "grants:own_export": Rule(
        answers(200, *STAFF, *TEAM, others=404),
        names={"key": "money organisation", "form": "csv"},
        is_file=True,
    ),
    "grants:begin": Rule(
        answers(200, *STAFF, *TEAM, others=404), names={"key": "money application"}
    ),
    "grants:template": Rule(HERE, names=CALL),
    "grants:template_file": Rule(HERE, names=CALL, is_file=True),
}


def an_award_here(world: World, code: str) -> Award:
    """A published award of the organisation of the world, in a contest of its centre."""
    contest = a_contest(centre=world.centre, fund=a_fund(code))
    head = world.people["head"]
    submission = a_submission(contest=contest, organisation=world.organisation, stage="submitted")
    decision = decide(submission, Screened("register", "submitted"), actor=head, now=NOON)
    carry_out(decision, now=NOON)
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
    published(contest, head)
    return award_of(row.pk)


def samples(world: World) -> dict[str, str]:
    """A grant being prepared, one that is paid, one won elsewhere, a win elsewhere."""
    head, leader = world.people["head"], world.people["leader"]
    preparing = an_award_here(world, "money-one")
    grant = a_grant(preparing, operator=head)
    Condition.objects.filter(grant=grant, code="plan").update(
        file=a_stored_file(head), met_at=NOON, met_by=head.key
    )
    under_way = signed(a_grant(an_award_here(world, "money-two"), operator=head), head)
    transfer = paid(under_way, head, 1_00)
    won = an_application(organisation=world.organisation, outcome=Outcome.WON)
    other = elsewhere(world.organisation, leader)
    return {
        "money grant": str(grant.key),
        "money signed": str(under_way.key),
        "money condition": str(grant.conditions.get(code="plan").key),
        "money paper": str(GrantPaper.objects.get(grant=under_way).key),
        "money transfer": str(transfer.key),
        "money elsewhere": str(other.key),
        "money organisation": str(world.organisation.key),
        "money application": str(won.key),
        "money contest": str(preparing.examination.contest.call.key),
    }
