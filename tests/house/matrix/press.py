"""Rules of what is told of a visit: written by whoever prepares it, read by all once published.

The visit goes from region A to region B and is public; a `person` travels; its note of the host
side in Russian is published, that of the sending side is not.
"""

from datetime import timedelta

from django.utils import timezone

from sinergia.engine.press import Kept
from sinergia.exchange.access import link_token
from sinergia.exchange.actions.photos import add_photo
from sinergia.exchange.actions.press import Spoken, publish_item, save_press, write_quote
from sinergia.exchange.models import Visit, VisitCourse
from tests.arrange import NOON, a_delegate, a_visit
from tests.exchange.arrange_home import a_picture, a_session
from tests.house.matrix.rule import EVERYBODY, STAFF, Rule, answers
from tests.house.matrix.world import World

VISIT = {"key": "told visit"}
NOTE = VISIT | {"side": "host", "language": "ru"}
DRAFT = VISIT | {"side": "sending", "language": "ru"}
QUOTE = VISIT | {"quote": "quote"}
PREPARED = answers(200, *STAFF, others=404)
PRESSED = answers(302, *STAFF, others=404)
BOTH = answers(200, *STAFF, "neighbour", others=404, visitor=404)

RULES: dict[str, Rule] = {
    "press:publication": Rule(PREPARED, names=VISIT, most_queries=70),
    "press:item": Rule(PRESSED, "post", names=VISIT | {"name": "press-host-ru", "act": "publish"}),
    "press:report": Rule(EVERYBODY, names=VISIT, most_queries=30),
    "press:report_docx": Rule(EVERYBODY, names=VISIT, is_file=True, most_queries=30),
    "press:report_pdf": Rule(EVERYBODY, names=VISIT, is_file=True, most_queries=30),
    "press:note": Rule(EVERYBODY, names=NOTE, most_queries=36),
    "press:write": Rule(PREPARED, names=NOTE, most_queries=30),
    "press:version": Rule(PREPARED, names=NOTE | {"number": "1"}, most_queries=30),
    "press:docx": Rule(EVERYBODY, names=NOTE, is_file=True, most_queries=36),
    "press:pdf": Rule(BOTH, names=DRAFT, is_file=True, most_queries=36),
    "press:quotes": Rule(PREPARED, names=VISIT),
    "press:new_quote": Rule(PREPARED, names=VISIT),
    "press:quote": Rule(PREPARED, names=QUOTE),
    "press:quote_act": Rule(PRESSED, "post", names=QUOTE | {"act": "put-away"}),
    "press:own_consents": Rule(
        answers(302, "person", others=404),
        "post",
        names=VISIT,
        body={"what": "named", "act": "give"},
    ),
    "press:told": Rule(PREPARED, names=VISIT | {"row": "told guest"}),
    "press:photo_people": Rule(PRESSED, "post", names=VISIT | {"photo": "told photo"}),
    "press:consents_link": Rule(
        EVERYBODY,
        names={"key": "told guest", "until": "until", "token": "token of consents"},
    ),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    visit, head = _visit(world), world.people["head"]
    delegate, guest = a_delegate("Едущий", visit=visit), a_delegate("Гостящий", visit=visit)
    delegate.person = world.people["person"]
    delegate.save()
    picture = a_picture(head)
    session = a_session(visit, "Смотрим")
    photo = add_photo(session, picture, "Зал", "", actor=head, now=NOON)
    quote = write_quote(visit, Spoken("Хорошо", guest), actor=head, now=NOON)
    for side in ("host", "sending"):
        save_press(visit, side, "ru", [Kept("days", "Ездили")], seen=0, actor=head, now=NOON)
    publish_item(visit, "press-host-ru", seen=1, actor=head, now=NOON)
    publish_item(visit, "report", seen=0, actor=head, now=NOON)
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    return {
        "told visit": str(visit.key),
        "told guest": str(guest.key),
        "told photo": str(photo.key),
        "quote": str(quote.key),
        "until": until,
        "token of consents": link_token("consents", guest, until),
    }


def _visit(world: World) -> Visit:
    visit = a_visit("К ним", centre=world.centre)
    there = world.other_centre.organisation.region or visit.from_region
    visit.stage, visit.from_region, visit.to_region = Visit.Stage.UNDER_WAY, world.region, there
    visit.save()
    VisitCourse.objects.filter(visit=visit).update(is_public=True)
    return Visit.objects.select_related("course", "centre").get(pk=visit.pk)
