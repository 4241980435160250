"""People who join for tests: a project under way, its page, roles, who joined."""

from datetime import date, datetime, timedelta
from io import BytesIO

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.http import accept
from sinergia.base.files.models import PICTURE, Upload
from sinergia.grants.access import own_token
from sinergia.grants.actions.attendance import write_day
from sinergia.grants.actions.diary import (
    add_picture,
    agree_picture,
    publish_entry,
    write_entry,
)
from sinergia.grants.actions.joining import Asked, join, prove
from sinergia.grants.actions.queueing import confirm
from sinergia.grants.actions.roles import Offered, write_role
from sinergia.grants.actions.showing import turn_page, write_page
from sinergia.grants.models import DiaryPicture, Grant, Joiner, ProjectPage, Role
from sinergia.grants.queries.grants import today_of
from sinergia.insights.region.queries.exchange import exchange_of
from sinergia.insights.region.words.exchange import exchange_tiles
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange_grants import fresh

PROMISE = "Реабилитолог приедет к каждой из 46 семей."
NOW = timezone.now().replace(microsecond=0)


def seen_now(grant: Grant, *, days: int = 30) -> Grant:
    """The same, under way today: it began as many days ago, and ends in as many."""
    today = today_of(grant, NOW)
    span = timedelta(days=days)
    Grant.objects.filter(pk=grant.pk).update(begins_on=today - span, ends_on=today + span)
    return fresh(grant)


def a_page(grant: Grant, leader: Person, embed: str = "") -> ProjectPage:
    """Its page, open to everybody."""
    write_page(grant, PROMISE, embed, actor=leader, now=NOW)
    return turn_page(grant, is_open=True, actor=leader, now=NOW)


def a_role(
    grant: Grant, leader: Person, name: str = "Возить к врачу", *, places: int | None = 2,
    least_age: int = 14, confirms: bool = True, where: str = "Рудный Лог",
) -> Role:  # fmt: skip
    """A role in which one may join."""
    offered = Offered(
        name, "По средам, на своей машине", where, places=places, least_age=least_age,
        confirms=confirms,
    )  # fmt: skip
    return write_role(grant, offered, actor=leader, now=NOW)


def asked(name: str = "Саврасов Андрей", *, age: int = 34, address: str = "") -> Asked:
    """What somebody says of themselves; who is under 18 names a parent."""
    word = mailbox(name)
    is_child = age < 18
    return Asked(
        name,
        address or f"{word}@example.org",
        age,
        parent_name=f"Мама {name}" if is_child else "",
        parent_email=f"parent-{word}@example.org" if is_child else "",
        agreed_version=1,
    )


def mailbox(name: str) -> str:
    """The part of an address before the sign, in letters that a mail server takes."""
    return "p" + "-".join(str(ord(sign)) for sign in name.split()[0].casefold())


def joined(
    role: Role, told: Asked | None = None, *, person: Person | None = None, now: datetime = NOW
) -> Joiner:
    """Somebody who typed the form: their address is not proven yet."""
    return join(role, told or asked(), language="ru", person=person, now=now)


def proven(role: Role, name: str = "Саврасов Андрей", *, now: datetime = NOW) -> Joiner:
    """Somebody who opened the link: a place is asked for."""
    return prove(joined(role, asked(name), now=now), now=now)


def confirmed(
    role: Role, leader: Person, name: str = "Саврасов Андрей", *, now: datetime = NOW
) -> Joiner:
    """Somebody who is in the project."""
    row = proven(role, name, now=now)
    confirm([row], actor=leader, now=now)
    row.refresh_from_db()
    return row


def a_day(row: Joiner, leader: Person, *, on: date | None = None, minutes: int = 90) -> None:
    """A day on which they were there; today where none is named."""
    grant = fresh(row.role.grant)
    write_day(grant, on or today_of(grant, NOW), minutes={row: minutes}, actor=leader, now=NOW)


def a_picture_upload(actor: Person) -> Upload:
    """A picture, ready to be kept."""
    content = BytesIO()
    Image.new("RGB", (80, 60), "green").save(content, "JPEG")
    told = content.getvalue()
    upload = begin_upload(PICTURE, name="photo.jpg", size=len(told), actor=actor, now=NOW)
    return accept(fill_upload(upload, [told]), now=NOW)


def own_url(row: Joiner, name: str = "own", **more: object) -> str:
    """A page of whoever joined, by the link of their letter."""
    return reverse(f"together:{name}", kwargs={"row": row.key, "token": own_token(row.key)} | more)


def at(name: str, grant: Grant, **more: object) -> str:
    """A page of a project."""
    return reverse(f"together:{name}", kwargs={"key": grant.key} | more)


def stages(role: Role) -> list[str]:
    """How those of a role stand, in the order in which they asked."""
    return list(role.joiners.order_by("pk").values_list("stage", flat=True))


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    given = b"".join(response) if response.streaming else response.content
    return given.decode("utf-8", "replace")


def joined_in_region(code: str) -> int:
    """The number that the region's page shows, each with the address of its rows."""
    region = Region.objects.get(code=code)
    tiles = exchange_tiles(region, exchange_of(region))
    shown = [int(one.value) for one in tiles if one.url == f"/together/joined/?region={code}"]
    assert len(shown) < 2
    return sum(shown)


def region_code(grant: Grant) -> str:
    region = grant.organisation.region
    assert region is not None
    return region.code


def a_closed_picture(grant: Grant, host: Person) -> DiaryPicture:
    """A picture of an open entry that nobody let be shown yet."""
    entry = write_entry(grant, today_of(grant, NOW), "Начали", actor=host, now=NOW)
    publish_entry(entry, is_open=True, actor=host, now=NOW)
    return add_picture(entry, a_picture_upload(host), "Двор", "", actor=host, now=NOW)


def a_shown_picture(grant: Grant, host: Person, second: Person, *people: Joiner) -> DiaryPicture:
    picture = a_closed_picture(grant, host)
    return agree_picture(picture, "Все согласны", people, actor=second, now=NOW)
