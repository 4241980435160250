"""Writing down whom a centre knows, and putting people on lists."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from sinergia.base.journal.actions import record
from sinergia.base.search.actions import Findable, Searched, forget_rows, index_rows
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.organisations.access import works_at
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Centre, Contact, ContactList, ListedContact, Post
from sinergia.organisations.queries.contacts import KIND, last_place, rows_by_rank
from sinergia.people.models import Person
from sinergia.places.models import Municipality

CONTACT_FIELDS = ("name", "email", "phone", "region", "municipality", "note", "told_by")
POST_FIELDS = ("title", "body", "organisation", "kind", "rank", "since", "until")
Given = Mapping[str, object]  # field of the row to its clean value


@transaction.atomic
def enter_contact(
    centre: Centre, given: Given, post: Given, *, actor: Person, now: datetime
) -> Contact:
    """Write down somebody with a first post; what they did not say themselves is not confirmed.

    The same person in the same post is written down once.
    """
    _allow(actor, centre)
    Centre.objects.select_for_update().get(pk=centre.pk)
    contact = Contact(centre=centre, entered_by=actor.key, made_at=now)
    _put(contact, given)
    held = Post(contact=contact)
    _put_post(held, post)
    same = Contact.objects.filter(centre=centre, **_values(contact, CONTACT_FIELDS))
    there = same.filter(
        Exists(Post.objects.filter(contact=OuterRef("pk"), **_values(held, POST_FIELDS)))
    ).first()
    if there is not None:
        return there
    contact.save()
    held.save()
    index_contact(contact)
    record("contact.entered", about=contact, actor=actor, at=now)
    return contact


@transaction.atomic
def change_contact(
    contact: Contact, given: Given, *, actor: Person, now: datetime, seen: Given | None = None
) -> Contact:
    """Write what is known now; another name, address or telephone nobody has confirmed yet.

    seen: what stood there when the form was opened; what others wrote since stays.
    """
    contact = _locked(contact, actor)
    was, given = _told_by_them(contact), touched(contact, given, seen)
    _put(contact, given)
    if _told_by_them(contact) != was:
        contact.is_confirmed, contact.entered_by = False, actor.key
    contact.save()
    index_contact(contact)
    record("contact.changed", about=contact, actor=actor, at=now)
    return contact


@transaction.atomic
def confirm_contact(contact: Contact, *, actor: Person, now: datetime) -> Contact:
    """Say that the person themselves has confirmed what stands here."""
    contact = _locked(contact, actor)
    if not contact.is_confirmed:
        contact.is_confirmed, contact.told_by = True, ""
        contact.save(update_fields=["is_confirmed", "told_by"])
        record("contact.confirmed", about=contact, actor=actor, at=now)
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, actor: Person, now: datetime) -> None:
    """Forget somebody: the row, posts, places on lists are gone for good. Twice is harmless."""
    found = _standing(contact, actor)
    if found is None:
        return
    record("contact.removed", about=found, actor=actor, at=now)
    forget_contact(found)


@transaction.atomic
def add_post(contact: Contact, given: Given, *, actor: Person, now: datetime) -> Post:
    """Note a post that somebody holds, once; a term that ends before it begins is refused."""
    contact = _locked(contact, actor)
    post = Post(contact=contact)
    _put_post(post, given)
    there = Post.objects.filter(contact=contact, **_values(post, POST_FIELDS)).first()
    if there is not None:
        return there
    post.save()
    index_contact(contact)
    record("contact.post_added", about=contact, actor=actor, at=now)
    return post


@transaction.atomic
def change_post(
    post: Post, given: Given, *, actor: Person, now: datetime, seen: Given | None = None
) -> Post:
    """Write what is known of a post now; seen: as of a contact."""
    contact = _locked(post.contact, actor)
    found = contact.posts.select_for_update().filter(pk=post.pk).first()
    if found is None:
        raise Refused([Gap("row_gone")])
    post = found
    _put_post(post, touched(post, given, seen))
    post.save()
    index_contact(contact)
    record("contact.post_changed", about=contact, actor=actor, at=now)
    return post


@transaction.atomic
def remove_post(post: Post, *, actor: Person, now: datetime) -> None:
    """Forget a post; on lists its holder stays, in no capacity. Twice is harmless."""
    contact = _standing(post.contact, actor)
    if contact is None or not contact.posts.filter(pk=post.pk).delete()[0]:
        return
    index_contact(contact)
    record("contact.post_removed", about=contact, actor=actor, at=now)


@transaction.atomic
def make_list(centre: Centre, given: Given, *, actor: Person, now: datetime) -> ContactList:
    """Begin a list; a name that the centre has already is refused."""
    _allow(actor, centre)
    name = str(given["name"])
    if ContactList.objects.filter(centre=centre, name=name).exists():
        raise Refused([Gap("list_name_taken", "name")])
    listing = ContactList.objects.create(centre=centre, name=name, made_at=now)
    record("contact_list.made", about=listing, actor=actor, at=now)
    return listing


@transaction.atomic
def remove_list(listing: ContactList, *, actor: Person, now: datetime) -> None:
    """Take a list away; its people stay known. Twice is harmless."""
    found = _standing_list(listing, actor)
    if found is None:
        return
    record("contact_list.removed", about=found, actor=actor, at=now)
    found.delete()


@transaction.atomic
def put_on_list(
    listing: ContactList, contact: Contact, post: Post | None, *, actor: Person, now: datetime
) -> ListedContact:
    """Put somebody on a list, in the capacity of a post; twice is once.

    At the end; in a list that is in order of rank, where their rank says. A post that is gone
    meanwhile is none.
    """
    listing, contact = _locked_list(listing, actor), _locked(contact, actor)
    post = contact.posts.filter(pk=post.pk).first() if post else None
    before = ListedContact.objects.filter(listing=listing, contact=contact).first()
    if before is not None and before.post == post:
        return before
    row, is_new = ListedContact.objects.get_or_create(
        listing=listing,
        contact=contact,
        defaults={"post": post, "place": last_place(listing) + 1},
    )
    if not is_new:
        row.post = post
        row.save(update_fields=["post"])
    if listing.is_by_rank:
        _place(rows_by_rank(listing))
    record("contact_list.put_on", about=listing, actor=actor, at=now)
    return row


@transaction.atomic
def take_off_list(listing: ContactList, contact: UUID, *, actor: Person, now: datetime) -> None:
    """Take somebody off a list; they stay known. Twice is harmless."""
    found = _standing_list(listing, actor)
    rows = ListedContact.objects.filter(listing=found, contact__key=contact)
    if found is None or not rows.delete()[0]:
        return
    record("contact_list.taken_off", about=found, actor=actor, at=now)


@transaction.atomic
def move_on_list(
    listing: ContactList, contact: UUID, to: int, *, actor: Person, now: datetime
) -> None:
    """Give somebody a place, counted from 1; the others close up and keep their order.

    A place before the first is the first, one after the last is the last.
    """
    listing = _locked_list(listing, actor)
    rows = list(
        ListedContact.objects.filter(listing=listing)
        .select_related("contact")
        .order_by("place", "pk")
    )
    found = next((row for row in rows if str(row.contact.key) == str(contact)), None)
    if found is None:
        raise Refused([Gap("list_person_gone")])
    rows.remove(found)
    rows.insert(max(0, to - 1), found)
    _place(rows)
    _set_by_rank(listing, is_by_rank=False)
    record("contact_list.moved", about=listing, actor=actor, at=now)


@transaction.atomic
def order_by_rank(listing: ContactList, *, actor: Person, now: datetime) -> None:
    """Put everybody where their rank says. The order before is kept until somebody is moved."""
    listing = _locked_list(listing, actor)
    if not listing.is_by_rank:
        ListedContact.objects.filter(listing=listing).update(former_place=F("place"))
    _place(rows_by_rank(listing))
    _set_by_rank(listing, is_by_rank=True)
    record("contact_list.ordered", about=listing, actor=actor, at=now)


@transaction.atomic
def restore_order(listing: ContactList, *, actor: Person, now: datetime) -> None:
    """Bring back the order before; whoever was put on the list since stands at its end."""
    listing = _locked_list(listing, actor)
    if not listing.is_by_rank:
        return
    last = F("former_place").asc(nulls_last=True)
    _place(list(ListedContact.objects.filter(listing=listing).order_by(last, "place", "pk")))
    _set_by_rank(listing, is_by_rank=False)
    record("contact_list.order_restored", about=listing, actor=actor, at=now)


def forget_contact(contact: Contact) -> None:
    """Delete a row with everything that hangs on it; part of a transaction."""
    forget_rows(KIND, [contact.pk])
    contact.delete()


def index_contact(contact: Contact) -> None:
    """Make somebody findable by name, posts and bodies; not by telephone or address."""
    index_rows(KIND, _findables([contact]))


def searched_contacts() -> Searched:
    """All that is found of people whom centres know, to check the index by."""
    return Searched(KIND, Contact.objects.all(), _findables)


def _findables(contacts: Sequence[Contact]) -> list[Findable]:
    said: dict[int, list[str]] = defaultdict(list)
    posts = Post.objects.filter(contact__in=[one.pk for one in contacts]).order_by("pk")
    for pk, title, body in posts.values_list("contact_id", "title", "body"):
        said[pk] += [title, body]
    return [Findable(one.pk, one.name, " ".join(said[one.pk])) for one in contacts]


def _put(contact: Contact, given: Given) -> None:
    place = given.get("municipality", contact.municipality)
    if place != contact.municipality:
        contact.region = place.region if isinstance(place, Municipality) else None
    for name in CONTACT_FIELDS:
        if name in given:
            setattr(contact, name, given[name])
    contact.name_folded = fold(contact.name)[:200]


def _told_by_them(contact: Contact) -> tuple[str, str, str]:
    """What a person confirms of themselves."""
    return contact.name, contact.email, contact.phone


def _values(row: Contact | Post, fields: Sequence[str]) -> dict[str, object]:
    return {name: getattr(row, name) for name in fields}


def _put_post(post: Post, given: Given) -> None:
    since, until = given.get("since"), given.get("until")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        raise Refused([Gap("term_ends_before_it_begins", "until")])
    for name in POST_FIELDS:
        if name in given:
            setattr(post, name, given[name])


def _standing(contact: Contact, actor: Person) -> Contact | None:
    """The row, locked; none where a colleague has removed it meanwhile."""
    _allow(actor, contact.centre)
    return Contact.objects.select_for_update().filter(pk=contact.pk).first()


def _locked(contact: Contact, actor: Person) -> Contact:
    found = _standing(contact, actor)
    if found is None:
        raise Refused([Gap("contact_gone")])
    return found


def _standing_list(listing: ContactList, actor: Person) -> ContactList | None:
    """The same of a list."""
    _allow(actor, listing.centre)
    return ContactList.objects.select_for_update().filter(pk=listing.pk).first()


def _locked_list(listing: ContactList, actor: Person) -> ContactList:
    found = _standing_list(listing, actor)
    if found is None:
        raise Refused([Gap("contact_list_gone")])
    return found


def _place(rows: Sequence[ListedContact]) -> None:
    """Number these from 1, as they stand."""
    for place, row in enumerate(rows, start=1):
        row.place = place
    ListedContact.objects.bulk_update(rows, ["place"], batch_size=200)


def _set_by_rank(listing: ContactList, *, is_by_rank: bool) -> None:
    """Note how a list is ordered; by hand, the order before is of no use any more."""
    if not is_by_rank:
        ListedContact.objects.filter(listing=listing).update(former_place=None)
    if listing.is_by_rank != is_by_rank:
        listing.is_by_rank = is_by_rank
        listing.save(update_fields=["is_by_rank"])


def _allow(actor: Person, centre: Centre) -> None:
    if not works_at(actor, centre):
        raise PermissionDenied
