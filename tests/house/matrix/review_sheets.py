"""Rules of score sheets: the expert whose they are, and nobody else, not even who runs it."""

from sinergia.review.access import NEEDED
from sinergia.review.models import Expert, Sheet, Statement
from tests.arrange import NOON, a_contest, a_fund
from tests.arrange_review import an_examination
from tests.house.matrix.rule import Rule, answers
from tests.house.matrix.world import World
from tests.review.arrange_sheets import sign

EXPERT = answers(200, "person", others=404)
PRESSED = answers(302, "person", others=404)
OPEN, SIGNED = {"key": "score sheet"}, {"key": "signed score sheet"}

RULES: dict[str, Rule] = {
    "review:desk": Rule(EXPERT, names={"key": "expert who reads"}),
    "review:confirm": Rule(PRESSED, "post", names={"key": "expert who reads"}),
    "review:sheet": Rule(EXPERT, names=OPEN, most_queries=14),
    "review:save_text": Rule(answers(422, "person", others=404), "post", names=OPEN),
    "review:sign": Rule(EXPERT, names=OPEN),
    "review:receipt": Rule(EXPERT, names=SIGNED),
    "review:recuse": Rule(PRESSED, "post", names={"key": "sheet to recuse"}),
    "review:sheet_file": Rule(
        answers(404, others=404), names=OPEN | {"row": "7b1c7f39-6a0e-4f39-9d86-0d6c2f9a4b12"}
    ),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    contest = a_contest(centre=world.centre, fund=a_fund("sheets"))
    expert = Expert.objects.create(
        contest=contest,
        person=world.people["person"],
        code="E-01",
        name="person",
        stage=Expert.Stage.ACCEPTED,
        invited_at=NOON,
    )
    Statement.objects.bulk_create(
        Statement(expert=expert, kind=kind, version=1, words="…", signed_at=NOON) for kind in NEEDED
    )
    given, signed, recused = (
        Sheet.objects.create(
            expert=expert,
            examination=an_examination(title, contest=contest),
            given_at=NOON,
            confirmed_at=NOON,
        )
        for title in ("Оценить", "Подписано", "Самоотвод")
    )
    sign(signed)
    return {
        "expert who reads": str(expert.key),
        "score sheet": str(given.key),
        "signed score sheet": str(signed.key),
        "sheet to recuse": str(recused.key),
    }
