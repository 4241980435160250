"""Rules of contests: their public pages, and the rooms where a centre sets them up."""

from sinergia.calls.actions.contests import write_rules
from sinergia.calls.actions.duties import give_duty
from sinergia.calls.actions.questions import ask_question
from sinergia.calls.models import Contest
from sinergia.packs.rules import shipped
from tests.arrange import NOON, a_contest, a_fund
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, Rule, answers
from tests.house.matrix.world import World

OURS = answers(200, *STAFF, neighbour=404)  # a page of the centre's own contest
HELD = answers(200, *STAFF, "neighbour")  # of whichever centre one works at
QUESTION = {"key": "asked contest", "question": "contest question"}
NEW = {"key": "contest in set-up"}
OPEN = {"key": "contest"}

DECISION = "7b1c7f39-6a0e-4f39-9d86-0d6c2f9a4b11"  # of the sample submission

RULES: dict[str, Rule] = {
    "calls:contests": Rule(EVERYBODY),
    "calls:held": Rule(HELD),
    "calls:new_contest": Rule(HELD),
    "calls:train": Rule(answers(302, *STAFF, "neighbour"), "post"),
    "calls:contest": Rule(EVERYBODY, names=OPEN),
    "calls:calendar": Rule(EVERYBODY, names=OPEN, is_file=True),
    "calls:corrected": Rule(EVERYBODY, names={"key": "corrected contest", "version": "2"}),
    "calls:ask": Rule(SIGNED_IN, names=OPEN),
    "calls:asked": Rule(OURS, names=OPEN),
    "calls:answer": Rule(OURS, names=QUESTION),
    "calls:hide": Rule(OURS, names=QUESTION),
    "calls:manage": Rule(OURS, names=OPEN),
    "calls:plan": Rule(OURS, names=NEW),
    "calls:rules": Rule(OURS, names=NEW),
    "calls:extend": Rule(answers(200, "head", neighbour=404), names=OPEN),
    "calls:duties": Rule(OURS, names=OPEN),
    "calls:end_duty": Rule(
        answers(302, "head", neighbour=404),
        "post",
        names=NEW | {"row": "duty"},
    ),
    "applications:remove_contest": Rule(OURS, names=NEW),
    "applications:came_in": Rule(OURS, names=OPEN),
    "applications:came_in_file": Rule(OURS, names=OPEN | {"form": "csv"}, is_file=True),
    "applications:drafts": Rule(OURS, names=OPEN),
    "applications:take_over": Rule(OURS, names={"key": "contest elsewhere"}),
    "applications:journal": Rule(OURS, names=OPEN),
    "applications:minutes": Rule(OURS, names=OPEN, is_file=True),
    "applications:journal_file": Rule(OURS, names=OPEN | {"form": "xlsx"}, is_file=True),
    "applications:handed_in_file": Rule(
        OURS, names={"key": "submission", "row": "handed in file"}, is_file=True
    ),
    "applications:screened": Rule(OURS, names={"key": "submission"}, most_queries=14),
    "applications:check": Rule(OURS, names={"key": "submission", "code": "tax_debt"}),
    "applications:check_file": Rule(
        OURS, names={"key": "submission", "row": "file of a check"}, is_file=True
    ),
    "applications:decide": Rule(OURS, names={"key": "submission", "kind": "register"}),
    "applications:take_back_decision": Rule(
        answers(302, *STAFF, neighbour=404),
        "post",
        names={"key": "submission"},
        body={"decision": DECISION},
    ),
    "applications:inside_pdf": Rule(
        OURS, names={"key": "submission", "language": "ru"}, is_file=True
    ),
    "applications:inside_confirmation": Rule(
        OURS, names={"key": "submission", "row": "confirmation"}, is_file=True
    ),
    "applications:paper": Rule(OURS, names={"key": "submission"}),
    "applications:unmark_paper": Rule(
        answers(302, *STAFF, neighbour=404), "post", names={"key": "submission"}
    ),
    "calls:step": Rule(OURS, names=OPEN | {"name": "close"}),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    opened = a_contest(centre=world.centre)
    begun = a_contest(centre=world.centre, stage="set_up", fund=a_fund("contests"))
    asked = a_contest(centre=world.centre, fund=a_fund("asked"))
    question = ask_question(asked, "Можно?", actor=world.people["person"], now=NOON)
    other, head = shipped()["generic"], world.people["head"]
    write_rules(asked, other, reason="Опечатка", actor=head, now=NOON)
    duty = give_duty(begun, head, "operator", actor=head, now=NOON)
    elsewhere = a_contest(centre=world.centre, fund=a_fund("elsewhere"))
    Contest.objects.filter(pk=elsewhere.pk).update(intake=Contest.Intake.ELSEWHERE)
    return {
        "contest elsewhere": str(elsewhere.call.key),
        "contest": str(opened.call.key),
        "contest in set-up": str(begun.call.key),
        "asked contest": str(asked.call.key),
        "corrected contest": str(asked.call.key),
        "contest question": str(question.key),
        "duty": str(duty.key),
    }
