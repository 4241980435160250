"""Rules of reports: their list, one that is written, one that is handed in and checked."""

from sinergia.grants.models import ReportFile, ReportRemark
from tests.arrange import NOON, a_stored_file
from tests.arrange_grants import a_grant
from tests.arrange_reports import begun, entered, handed_in, under_way
from tests.house.matrix.grants_money import an_award_here
from tests.house.matrix.rule import STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

OURS = answers(200, *STAFF, neighbour=200)  # each centre its own list
SEEN = answers(200, *STAFF, *TEAM, others=404)
KEPT = answers(200, *TEAM, consultant=403, head=403, others=404)
PRESSED = answers(302, *TEAM, consultant=403, head=403, others=404)
MISSED = answers(422, *TEAM, consultant=403, head=403, others=404)
LED = answers(422, "leader", editor=403, consultant=403, head=403, others=404)
NOWHERE = answers(404, *TEAM, consultant=403, head=403, others=404)
CHECKED = answers(200, *STAFF, leader=403, editor=403, others=404)
SETTLED = answers(302, *STAFF, leader=403, editor=403, others=404)
OWN = answers(200, *TEAM, others=404)  # a draft: the centre sees nothing of it
DRAFT = {"key": "report grant", "row": "report draft"}
DONE = {"key": "report other grant", "row": "report done"}
PAID = {"payment": "report payment"}

RULES: dict[str, Rule] = {
    "reports:list": Rule(OURS, most_queries=14),
    "reports:export": Rule(OURS, names={"form": "csv"}, is_file=True),
    "reports:reports": Rule(SEEN, names={"key": "report grant"}, most_queries=22),
    "reports:begin": Rule(PRESSED, "post", names={"key": "report grant", "which": "1"}),
    "reports:report": Rule(SEEN, names=DONE, most_queries=40),
    "reports:to_sign": Rule(MISSED, "post", names=DRAFT),
    "reports:submit": Rule(LED, "post", names=DRAFT),
    "reports:section": Rule(KEPT, names=DRAFT | {"name": "money"}, most_queries=40),
    "reports:save": Rule(MISSED, "post", names=DRAFT),
    "reports:take_out": Rule(NOWHERE, "post", names=DRAFT),
    "reports:move": Rule(NOWHERE, "post", names=DRAFT),
    "reports:read": Rule(OWN, names=DRAFT, most_queries=34),
    "reports:paper": Rule(SEEN, names=DONE, is_file=True, most_queries=16),
    "reports:table": Rule(SEEN, names=DONE, is_file=True),
    "reports:archive": Rule(SEEN, names=DONE, is_file=True, most_queries=16),
    "reports:versions": Rule(SEEN, names=DONE, most_queries=34),
    "reports:add_file": Rule(KEPT, names=DRAFT, query="at=done", most_queries=34),
    "reports:file": Rule(OWN, names=DRAFT | {"attached": "report file"}, is_file=True),
    "reports:remove_file": Rule(KEPT, names=DRAFT | {"attached": "report file"}, most_queries=22),
    "reports:new_payment": Rule(KEPT, names=DRAFT, most_queries=34),
    "reports:load": Rule(KEPT, names=DRAFT, most_queries=34),
    "reports:documents": Rule(KEPT, names=DRAFT, most_queries=34),
    "reports:template": Rule(OWN, names=DRAFT, is_file=True, most_queries=16),
    "reports:payment": Rule(KEPT, names=DRAFT | PAID, most_queries=34),
    "reports:document": Rule(OWN, names=DRAFT | PAID, is_file=True),
    "reports:remove_payment": Rule(KEPT, names=DRAFT | PAID, most_queries=34),
    "reports:verdict": Rule(CHECKED, names=DONE | {"payment": "report paid"}, most_queries=40),
    "reports:check": Rule(CHECKED, names=DONE, most_queries=40),
    "reports:remark": Rule(CHECKED, names=DONE, query="at=done", most_queries=40),
    "reports:settle": Rule(CHECKED, names=DONE | {"act": "return"}, most_queries=24),
    "reports:drop": Rule(SETTLED, "post", names=DONE | {"remark": "report remark"}),
    "reports:answer": Rule(MISSED, "post", names=DONE | {"remark": "report remark"}),
}


def samples(world: World) -> dict[str, str]:
    """A report with a payment and a file that is written; another one handed in."""
    head, leader = world.people["head"], world.people["leader"]
    grant = under_way(a_grant(an_award_here(world, "report-one"), operator=head), head)
    draft = begun(grant, leader)
    payment = entered(draft, leader)
    file = ReportFile.objects.create(
        report=draft, path="done", file=a_stored_file(leader), by=leader.key, at=NOON
    )
    other = under_way(a_grant(an_award_here(world, "report-two"), operator=head), head)
    done, _version = handed_in(other, leader)
    remark = ReportRemark.objects.create(
        report=done, path="", text="Нет фото", by=head.key, at=NOON, told_at=NOON
    )
    return {
        "report grant": str(grant.key),
        "report draft": str(draft.key),
        "report payment": str(payment.key),
        "report file": str(file.key),
        "report other grant": str(other.key),
        "report done": str(done.key),
        "report paid": str(done.spendings.get().key),
        "report remark": str(remark.key),
    }
