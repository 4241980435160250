"""People whom a centre knows: internal, each centre's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from sinergia.base.asking import LONGEST_WORDS, ListFilter, one_of
from sinergia.base.search.queries import rows_found
from sinergia.engine.text import clean_line
from sinergia.organisations.models import Centre, Contact, ContactList, ListedContact, Post

KIND = "contact"


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
    """Who is on a list, in the order set by hand."""
    rows = ListedContact.objects.filter(listing=listing)
    joined = rows.select_related("contact__municipality", "contact__region", "post")
    return joined.order_by("place", "pk")


def not_on(listing: ContactList) -> QuerySet[Contact]:
    """People of the centre who are not on a list yet, by name."""
    on_it = ListedContact.objects.filter(listing=listing).values("contact")
    return contacts_of(listing.centre).exclude(pk__in=on_it).order_by("name_folded", "pk")


def last_place(listing: ContactList) -> int:
    """The place of whoever stands last; 0 where nobody does."""
    last: int | None = ListedContact.objects.filter(listing=listing).aggregate(n=Max("place"))["n"]
    return last or 0


def _in_protocol_order() -> QuerySet[Post]:
    return Post.objects.order_by("rank", "pk")
