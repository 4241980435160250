"""People whom a centre knows: internal, each centre's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet

from sinergia.base.asking import LONGEST_WORDS, ListFilter, one_of
from sinergia.base.search.queries import rows_found
from sinergia.base.tables.paging import PAGE_SIZE, Order, Page, page_of
from sinergia.engine.text import clean_line
from sinergia.organisations.models import Centre, Contact, ContactList, ListedContact, Post

KIND = "contact"
OFFERED = 25  # people who are offered at once to be put on a list


@dataclass(frozen=True)
class ContactFilter(ListFilter):
    """Whom a reader asked for. q: words of a name, post, body; kind: of a post; region: a code."""

    q: str = ""
    kind: str = ""
    region: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ContactFilter":
        """Read an address; junk means nothing."""
        kind = query.get("kind", "")
        return cls(
            q=clean_line(query.get("q", ""))[:LONGEST_WORDS],
            kind=one_of(kind, Post.Kind.values),
            region=clean_line(query.get("region", ""))[:10],
        )


def contacts_of(centre: Centre) -> QuerySet[Contact]:
    """Everybody a centre knows, each with `held`: the posts in protocol order."""
    known = Contact.objects.filter(centre=centre).select_related("region", "municipality")
    return known.prefetch_related(Prefetch("posts", _in_protocol_order(), to_attr="held"))


def asked_for(centre: Centre, asked: ContactFilter) -> QuerySet[Contact]:
    """Those of them that `asked` names."""
    rows = contacts_of(centre)
    if asked.kind:
        rows = rows.filter(Exists(Post.objects.filter(contact=OuterRef("pk"), kind=asked.kind)))
    if asked.region:
        rows = rows.filter(region__code=asked.region)
    found = rows_found(KIND, asked.q)
    return rows if found is None else rows.filter(pk__in=found)


def lists_of(centre: Centre) -> QuerySet[ContactList]:
    """A centre's lists of people."""
    return ContactList.objects.filter(centre=centre)


def rows_of(listing: ContactList) -> QuerySet[ListedContact]:
    """Who is on a list, in the order set by hand; paged by the key of the person."""
    rows = ListedContact.objects.filter(listing=listing).annotate(key=F("contact__key"))
    joined = rows.select_related("contact__municipality", "contact__region", "post")
    return joined.order_by("place", "pk")


def page_listed(listing: ContactList, query: Mapping[str, str]) -> tuple[Page[ListedContact], int]:
    """One page of a list, as an address asks for it, and how many stand before its first."""
    rows = rows_of(listing)
    after, before = query.get("after", ""), query.get("before", "")
    page = page_of(rows, order=Order("place"), after=after, before=before)
    return page, _standing_before(rows, page.rows[0]) if page.previous_key else 0


def page_start(listing: ContactList, contact: UUID) -> str:
    """After whose key the page begins on which somebody stands; "" for the first page."""
    rows = rows_of(listing)
    row = rows.filter(contact__key=contact).first()
    first = _standing_before(rows, row) // PAGE_SIZE * PAGE_SIZE if row else 0
    keys = rows.values_list("contact__key", flat=True)
    return str(keys[first - 1]) if first else ""


def not_on(listing: ContactList, asked: ContactFilter) -> QuerySet[Contact]:
    """People of the centre who are not on a list yet and whom `asked` names, by name."""
    on_it = ListedContact.objects.filter(listing=listing).values("contact")
    rows = asked_for(listing.centre, asked).exclude(pk__in=on_it)
    return rows.order_by("name_folded", "pk")


def rows_by_rank(listing: ContactList) -> list[ListedContact]:
    """Who is on a list by rank of the post, whose post it is, and name; without a post last."""
    rows = ListedContact.objects.filter(listing=listing).select_related("contact", "post")
    return sorted(rows.order_by("pk"), key=_rank)


def last_place(listing: ContactList) -> int:
    """The place of whoever stands last; 0 where nobody does."""
    last: int | None = ListedContact.objects.filter(listing=listing).aggregate(n=Max("place"))["n"]
    return last or 0


def _standing_before(rows: QuerySet[ListedContact], row: ListedContact) -> int:
    above = Q(place__lt=row.place) | Q(place=row.place, pk__lt=row.pk)
    return rows.filter(above).count()


def _rank(row: ListedContact) -> tuple[bool, int, int, str]:
    post, name = row.post, row.contact.name_folded
    if post is None:
        return True, 0, 0, name
    return False, post.rank, Post.Kind.values.index(post.kind), name


def _in_protocol_order() -> QuerySet[Post]:
    return Post.objects.order_by("rank", "pk")
