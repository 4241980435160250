"""Rules of projects that everybody may join: public pages, who joins, the organisers."""

from django.utils import timezone

from sinergia.base.files.models import StoredFile
from sinergia.grants.access import door_code, own_token
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.actions.diary import add_picture, publish_entry, write_entry
from sinergia.grants.actions.writing_down import write_down
from sinergia.grants.models import Grant
from sinergia.grants.queries.grants import today_of
from sinergia.notices.actions import Addressee, draft_mailing
from tests.arrange import NOON
from tests.arrange_grants import a_grant, signed
from tests.grants.arrange_joining import (
    a_day,
    a_page,
    a_picture_upload,
    a_role,
    asked,
    confirmed,
    joined,
    seen_now,
)
from tests.house.matrix.grants_money import an_award_here
from tests.house.matrix.rule import EVERYBODY, STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

SEEN = answers(200, *STAFF, *TEAM, others=404)
KEPT = answers(200, *TEAM, others=404, consultant=403, head=403)
PRESSED = answers(302, *TEAM, others=404, consultant=403, head=403)
AGREED = answers(302, *STAFF, *TEAM, others=404)
ONE = {"key": "together grant"}
OWN = {"row": "together joiner", "token": "together token"}
ROW = ONE | {"row": "together joiner"}
ENTRY = ONE | {"row": "together entry"}
PICTURE = ONE | {"row": "together picture"}

RULES: dict[str, Rule] = {
    "together:list": Rule(EVERYBODY),
    "together:joined": Rule(EVERYBODY),
    "together:export_joined": Rule(EVERYBODY, names={"form": "csv"}, is_file=True),
    "together:consent": Rule(EVERYBODY, names={"version": "1"}),
    "together:verify": Rule(EVERYBODY),
    "together:certificate": Rule(EVERYBODY, names={"number": "together certificate"}),
    "together:parent": Rule(
        EVERYBODY, names={"row": "together child", "token": "together parent token"}
    ),
    "together:here": Rule(EVERYBODY, names={"code": "together code"}),
    "together:own": Rule(EVERYBODY, names=OWN),
    "together:change": Rule(EVERYBODY, names=OWN),
    "together:own_certificate": Rule(EVERYBODY, names=OWN, is_file=True),
    "together:act": Rule(EVERYBODY, names=OWN | {"act": "leave"}),
    "together:project": Rule(EVERYBODY, names=ONE, most_queries=18),
    "together:card": Rule(EVERYBODY, names=ONE, is_file=True),
    "together:embed": Rule(EVERYBODY, names=ONE),
    "together:thanks": Rule(EVERYBODY, names=ONE),
    "together:picture": Rule(EVERYBODY, names=PICTURE, is_file=True),
    "together:join": Rule(EVERYBODY, names=ONE | {"row": "together role"}, most_queries=16),
    "together:inside": Rule(SEEN, names=ONE, most_queries=24),
    "together:write": Rule(KEPT, names=ONE),
    "together:turn": Rule(PRESSED, "post", names=ONE | {"way": "open"}),
    "together:new_entry": Rule(KEPT, names=ONE),
    "together:entry": Rule(KEPT, names=ENTRY),
    "together:new_picture": Rule(KEPT, names=ENTRY),
    "together:entry_act": Rule(PRESSED, "post", names=ENTRY | {"act": "publish"}),
    "together:look": Rule(SEEN, names=PICTURE, most_queries=16),
    "together:picture_act": Rule(AGREED, "post", names=PICTURE | {"act": "put-back"}),
    "together:new_role": Rule(KEPT, names=ONE),
    "together:role": Rule(KEPT, names=ONE | {"row": "together role"}),
    "together:people": Rule(KEPT, names=ONE, most_queries=14),
    "together:export_people": Rule(KEPT, names=ONE | {"form": "csv"}, is_file=True),
    "together:write_down": Rule(KEPT, names=ONE),
    "together:settle": Rule(PRESSED, "post", names=ONE),
    "together:message": Rule(KEPT, names=ONE),
    "together:mailing": Rule(KEPT, names=ONE | {"row": "together mailing"}, most_queries=14),
    "together:send": Rule(PRESSED, "post", names=ONE | {"row": "together mailing", "way": "send"}),
    "together:person": Rule(KEPT, names=ROW),
    "together:mend": Rule(KEPT, names=ONE | {"row": "together written"}),
    "together:leave": Rule(PRESSED, "post", names=ONE | {"row": "together written"}),
    "together:forget": Rule(KEPT, names=ROW),
    "together:paper": Rule(KEPT, names=ROW, is_file=True, most_queries=16),
    "together:days": Rule(KEPT, names=ONE),
    "together:attendance": Rule(KEPT, names=ONE, is_file=True),
    "together:door": Rule(KEPT, names=ONE),
    "together:certify": Rule(PRESSED, "post", names=ONE),
}


def samples(world: World) -> dict[str, str]:
    """A project under way with its page, a role, who joined, a child, a diary with a picture."""
    head, leader = world.people["head"], world.people["leader"]
    grant = signed(a_grant(an_award_here(world, "together"), operator=head), head)
    grant = seen_now(grant)
    a_page(grant, leader, embed="https://example.org")
    role = a_role(grant, leader)
    row = confirmed(role, leader, "Саврасов Андрей")
    a_day(row, leader)
    give_certificates(grant, actor=leader, now=NOON)
    child = joined(role, asked("Лунёв Пётр", age=16))
    written = write_down(role, asked("Рябова Анна"), language="ru", actor=leader, now=NOON)
    entry = write_entry(grant, today_of(grant), "Начали", actor=leader, now=timezone.now())
    publish_entry(entry, is_open=True, actor=leader, now=NOON)
    picture = add_picture(
        entry, a_picture_upload(leader), "Двор", "", actor=leader, now=timezone.now()
    )
    StoredFile.objects.filter(pk=picture.file_id).update(
        is_public=True, confirmed_by_key=head.key, confirmed_at=NOON
    )
    type(picture).objects.filter(pk=picture.pk).update(agreed_by=head.key, agreed_at=NOON)
    mailing = draft_mailing(
        "Встреча", "Ждём вас", scope_kind="grant", scope_key=grant.key,
        addressees=[Addressee("joiner", row.key, row.name, row.email, "ru", None)],
        actor=leader, now=timezone.now(),
    )  # fmt: skip
    row.refresh_from_db()
    return {
        "together grant": str(grant.key),
        "together role": str(role.key),
        "together joiner": str(row.key),
        "together token": own_token(row.key),
        "together child": str(child.key),
        "together written": str(written.key),
        "together parent token": own_token(child.key, "parent"),
        "together certificate": row.certificate,
        "together code": door_code(Grant.objects.get(pk=grant.pk), today_of(grant)),
        "together entry": str(entry.key),
        "together picture": str(picture.key),
        "together mailing": str(mailing.key),
    }
