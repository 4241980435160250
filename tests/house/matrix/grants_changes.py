"""Rules of changes of a grant's plan and of its closing."""

from sinergia.grants.actions.closing import Evaluated, close_grant, keep_letter
from sinergia.grants.actions.supplements import keep_supplement
from tests.arrange import NOON
from tests.arrange_changes import a_change, consented, even, sent
from tests.arrange_grants import a_grant, a_scan, fresh, signed
from tests.house.matrix.grants_money import an_award_here
from tests.house.matrix.rule import STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

OURS = answers(200, *STAFF, neighbour=200)  # each centre its own list
SEEN = answers(200, *STAFF, *TEAM, others=404)
RUN = answers(200, *STAFF, leader=403, editor=403, others=404)
WRITTEN = answers(200, *TEAM, consultant=403, head=403, others=404)
# A request that nobody has sent is not there for the centre.
PRESSED = answers(302, *TEAM, consultant=403, head=403, others=404)
SAVED = answers(422, *TEAM, consultant=403, head=403, others=404)
MISSED = answers(404, *TEAM, consultant=403, head=403, others=404)
OPEN = {"key": "changing grant", "row": "changing draft"}
ASKED = {"key": "changed grant", "row": "changed sent"}
IN_FORCE = {"key": "changed grant", "row": "changed accepted"}
CLOSED = {"key": "closed grant"}

RULES: dict[str, Rule] = {
    "grants:all_changes": Rule(OURS),
    "grants:export_changes": Rule(OURS, names={"form": "csv"}, is_file=True),
    "grants:changes": Rule(SEEN, names={"key": "changed grant"}, most_queries=20),
    "grants:begin_change": Rule(PRESSED, "post", names={"key": "changing grant"}),
    "grants:change": Rule(SEEN, names=ASKED, most_queries=34),
    "grants:compare": Rule(SEEN, names={"key": "changed grant"}, most_queries=20),
    "grants:change_section": Rule(WRITTEN, names=OPEN | {"name": "budget"}, most_queries=30),
    "grants:change_save": Rule(SAVED, "post", names=OPEN),
    "grants:change_take_out": Rule(MISSED, "post", names=OPEN),
    "grants:change_move": Rule(MISSED, "post", names=OPEN),
    "grants:send_change": Rule(WRITTEN, names=OPEN, most_queries=30),
    "grants:take_change_back": Rule(WRITTEN, names=OPEN, most_queries=16),
    "grants:answer_change": Rule(RUN, names=ASKED | {"verdict": "return"}, most_queries=36),
    "grants:supplement": Rule(RUN, names=IN_FORCE, most_queries=22),
    "grants:supplement_signed": Rule(RUN, names=IN_FORCE, most_queries=20),
    "grants:closing": Rule(SEEN, names=CLOSED, most_queries=26),
    "grants:end_grant": Rule(RUN, names={"key": "changing grant"}, most_queries=16),
    "grants:reopen_grant": Rule(RUN, names=CLOSED, most_queries=16),
    "grants:account": Rule(RUN, names=CLOSED, most_queries=20),
    "grants:letter": Rule(RUN, names=CLOSED, most_queries=20),
    "grants:letter_file": Rule(SEEN, names=CLOSED, is_file=True),
    "grants:practice": Rule(PRESSED, "post", names=CLOSED),
}


def samples(world: World) -> dict[str, str]:
    """A grant with a request being written, one with an answered and a sent one, a closed one."""
    head, leader = world.people["head"], world.people["leader"]
    changing = signed(a_grant(an_award_here(world, "change-one"), operator=head), head)
    draft = a_change(changing, leader)
    changed = signed(a_grant(an_award_here(world, "change-two"), operator=head), head)
    accepted = consented(changed, leader, head, {"results/aaaaaa/number": "110"})
    paper = {"number": "1", "on": None, "actor": head, "now": NOON}
    keep_supplement(accepted, a_scan(head, name="supplement.pdf"), {}, **paper)  # type: ignore[arg-type]  # as named
    asked = sent(a_change(fresh(changed), leader, {"results/aaaaaa/number": "100"}), leader)
    closed = signed(a_grant(an_award_here(world, "change-three"), operator=head), head)
    shut = close_grant(even(closed, head), Evaluated("well"), actor=head, now=NOON)
    keep_letter(shut, a_scan(head, name="letter.pdf"), {}, **paper)  # type: ignore[arg-type]  # as named
    return {
        "changing grant": str(changing.key),
        "changing draft": str(draft.key),
        "changed grant": str(changed.key),
        "changed accepted": str(accepted.key),
        "changed sent": str(asked.key),
        "closed grant": str(closed.key),
    }
