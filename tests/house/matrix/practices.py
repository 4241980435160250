"""Rules of practices: writers alone write, the centre checks, everybody reads what is published."""

from sinergia.practices.actions.files import attach
from sinergia.practices.actions.history import keep_revision
from sinergia.practices.actions.publishing import Published, Returned, return_practice
from sinergia.practices.actions.sending import send_practice
from sinergia.practices.actions.starting import remove_practice
from sinergia.practices.actions.withdrawing import withdraw_practice
from sinergia.practices.models import PracticeFile, Remark
from tests.arrange import NOON, an_upload
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World
from tests.practices.arrange_writing import a_begun_practice, a_ready_practice, publish

WRITERS = answers(200, *TEAM, *STAFF, others=404)
LED = answers(302, *TEAM, *STAFF, others=404)
REFUSED = answers(422, *TEAM, *STAFF, others=404)
CHECKED = answers(200, *STAFF, neighbour=404, administrator=404)
UNSAID = answers(422, *STAFF, neighbour=404, administrator=404)
DRAFT = {"key": "practice draft"}
PUBLISHED = {"key": "published practice"}
SENT = {"key": "sent practice"}

RULES: dict[str, Rule] = {
    "practices:taken": Rule(EVERYBODY),
    "practices:mine": Rule(SIGNED_IN),
    "practices:put_away": Rule(SIGNED_IN),
    "practices:new": Rule(SIGNED_IN),
    "practices:checks": Rule(answers(200, *STAFF, "neighbour", "administrator")),
    "practices:practice": Rule(EVERYBODY, names=PUBLISHED, most_queries=25),
    "practices:ask": Rule(answers(302, "outsider", "neighbour"), "post", names=PUBLISHED),
    "practices:changes": Rule(EVERYBODY, names=PUBLISHED | {"version": "published text"}),
    "practices:passport": Rule(EVERYBODY, names=PUBLISHED | {"language": "ru"}, is_file=True),
    "practices:writing": Rule(WRITERS, names=DRAFT, most_queries=14),
    "practices:whole": Rule(WRITERS, names=DRAFT),
    "practices:section": Rule(WRITERS, names=DRAFT | {"name": "card"}),
    "practices:save": Rule(REFUSED, "post", names=DRAFT),
    "practices:take_out": Rule(
        WRITERS, "post", names=DRAFT, body={"row": "steps/aaaaaa"}, is_file=True
    ),
    "practices:move": Rule(
        WRITERS, "post", names=DRAFT, body={"move": "steps/aaaaaa/up"}, is_file=True
    ),
    "practices:send": Rule(REFUSED, "post", names=DRAFT),
    "practices:unsend": Rule(LED, "post", names=SENT),
    "practices:answer": Rule(
        REFUSED, "post", names={"key": "returned practice", "remark": "practice remark"}
    ),
    "practices:withdraw": Rule(WRITERS, names=PUBLISHED),
    "practices:put_back": Rule(LED, "post", names={"key": "withdrawn practice"}),
    "practices:check": Rule(CHECKED, names=SENT, most_queries=15),
    "practices:send_back": Rule(UNSAID, "post", names=SENT),
    "practices:publish": Rule(UNSAID, "post", names=SENT),
    "practices:remove": Rule(WRITERS, names=DRAFT),
    "practices:take_back": Rule(LED, "post", names={"key": "removed practice"}),
    "practices:history": Rule(WRITERS, names=DRAFT),
    "practices:version": Rule(WRITERS, names=DRAFT | {"version": "practice version"}),
    "practices:restore": Rule(LED, "post", names=DRAFT | {"version": "practice version"}),
    "practices:file": Rule(EVERYBODY, names=PUBLISHED | {"row": "public file"}, is_file=True),
    "practices:remove_file": Rule(WRITERS, names=DRAFT | {"row": "draft file"}),
    "practices:add_file": Rule(WRITERS, names=DRAFT | {"field": "materials"}),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    leader, consultant = world.people["leader"], world.people["consultant"]
    own = world.organisation

    draft = a_begun_practice("Черновик", organisation=own, actor=leader)
    removed = a_begun_practice("Убранная", organisation=own, actor=leader)
    remove_practice(removed, actor=leader, now=NOON)
    version = keep_revision(draft, "first", actor=leader, now=NOON)
    file = attach(draft, "materials", an_upload(leader), actor=leader, now=NOON)
    sent = a_ready_practice("Отправленная", organisation=own, actor=leader)
    send_practice(sent, actor=leader, now=NOON)
    returned = a_ready_practice("Возвращённая", organisation=own, actor=leader)
    check = send_practice(returned, actor=leader, now=NOON)
    said = Returned(remarks={"card": "Сколько семей?"})
    return_practice(returned, check.sent.key, said, actor=consultant, now=NOON)
    published = a_ready_practice("В каталоге", organisation=own, actor=leader)
    attach(published, "materials", an_upload(leader), actor=leader, now=NOON)
    opened = PracticeFile.objects.get(practice=published)
    text = publish(
        published, author=leader, consultant=consultant, said=Published(files=[opened.key])
    )
    withdrawn = a_ready_practice("Отозванная", organisation=own, actor=leader)
    publish(withdrawn, author=leader, consultant=consultant)
    withdraw_practice(withdrawn, "Переделываем", actor=leader, now=NOON)
    return {
        "practice draft": str(draft.key),
        "practice version": str(version.key),
        "draft file": str(file.key),
        "removed practice": str(removed.key),
        "sent practice": str(sent.key),
        "returned practice": str(returned.key),
        "practice remark": str(Remark.objects.get(back=check).key),
        "published practice": str(published.key),
        "published text": str(text.key),
        "public file": str(opened.key),
        "withdrawn practice": str(withdrawn.key),
    }
