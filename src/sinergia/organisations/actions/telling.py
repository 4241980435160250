"""What an organisation tells of itself, or the centre writes from its words."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, datetime
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.bank import digits_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.access import acts_for, may_edit, may_keep
from sinergia.organisations.actions.fields import follow_fields
from sinergia.organisations.actions.history import forget_words, note_names, note_row
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.actions.register import change_organisation
from sinergia.organisations.models import (
    BankAccount,
    Card,
    Change,
    Head,
    Organisation,
    OrganisationPlace,
    OrganisationTheme,
    Paper,
    Reach,
)
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Theme

Given = Mapping[str, object]  # field of the row to its clean value
HEAD_FIELDS = ("name", "post", "since", "until", "is_public")
Row = TypeVar("Row", Head, Reach, BankAccount)
REMOVED = {  # how the journal calls it
    Head: "organisation.head_removed",
    Reach: "organisation.reach_removed",
    BankAccount: "organisation.bankaccount_removed",
}


@transaction.atomic
def write_card(
    organisation: Organisation,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    seen: Given | None = None,
) -> Card:
    """Write the organisation's own words and what of its page the public sees."""
    organisation = locked(organisation, actor)
    card = Card.objects.filter(organisation=organisation).first() or Card(organisation=organisation)
    was, given = copy(card), touched(card, given, seen)
    for name in ("about", "shows_address", "shows_site", "shows_heads"):
        if name in given:
            setattr(card, name, given[name])
    sign(card, organisation, given, actor)
    card.changed_at = now
    card.save()
    note_row(was, card, actor=actor, now=now)
    record("organisation.card_written", about=organisation, actor=actor, at=now)
    return card


@transaction.atomic
def choose_themes(
    organisation: Organisation,
    themes: Sequence[Theme],
    *,
    actor: Person,
    now: datetime,
    seen: Sequence[Theme] | None = None,
) -> None:
    """Choose which themes of its region an organisation works on; those of files stay.

    seen: which were chosen when the form was opened; what others chose since then stays.
    """
    organisation = locked(organisation, actor)
    themes = [one for one in themes if one.region_id == organisation.region_id]
    chosen = OrganisationTheme.objects.filter(organisation=organisation)
    own = chosen.filter(field=None, theme__region=organisation.region_id)
    there = set(own.values_list("theme", flat=True))
    wanted = _wanted(themes, there, seen)
    names = chosen.values_list("theme__name_ru", flat=True)
    before = set(names)
    chosen.filter(field=None).exclude(theme__in=wanted).delete()
    chosen.filter(theme__in=wanted).update(field=None)  # chosen now, whatever a file said before
    known = set(chosen.values_list("theme", flat=True))
    OrganisationTheme.objects.bulk_create(
        OrganisationTheme(organisation=organisation, theme_id=pk) for pk in sorted(wanted - known)
    )
    follow_fields([organisation.pk])
    note_names(organisation, "theme", before, set(names.all()), actor=actor, now=now)
    record("organisation.themes_chosen", about=organisation, actor=actor, at=now)


@transaction.atomic
def choose_places(
    organisation: Organisation,
    places: Sequence[Municipality],
    *,
    actor: Person,
    now: datetime,
    seen: Sequence[Municipality] | None = None,
) -> None:
    """Choose where else an organisation works. seen: as of themes."""
    organisation = locked(organisation, actor)
    there = OrganisationPlace.objects.filter(organisation=organisation)
    names = there.values_list("municipality__name_ru", flat=True)
    before, known = set(names), set(there.values_list("municipality", flat=True))
    wanted = _wanted(places, known, seen)
    there.exclude(municipality__in=wanted).delete()
    OrganisationPlace.objects.bulk_create(
        OrganisationPlace(organisation=organisation, municipality_id=pk)
        for pk in sorted(wanted - known)
    )
    note_names(organisation, "place", before, set(names.all()), actor=actor, now=now)
    record("organisation.places_chosen", about=organisation, actor=actor, at=now)


@transaction.atomic
def write_head(
    organisation: Organisation,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    head: Head | None = None,
    seen: Given | None = None,
) -> Head:
    """Write who heads an organisation and for which term; the last day itself is inside it.

    The same head of the same term is written once.
    """
    organisation = locked(organisation, actor)
    head = _standing(head) or Head(organisation=organisation, entered_at=now)
    was, given = copy(head), touched(head, given, seen)
    since, until = given.get("since"), given.get("until")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        raise Refused([Gap("term_ends_before_it_begins", "until")])
    for name in HEAD_FIELDS:
        if name in given:
            setattr(head, name, given[name])
    same = Head.objects.filter(organisation=organisation)
    there = same.filter(**{name: getattr(head, name) for name in HEAD_FIELDS}).first()
    if head.pk is None and there is not None:
        return there
    sign(head, organisation, given, actor)
    head.save()
    note_row(was, head, actor=actor, now=now)
    record("organisation.head_written", about=organisation, actor=actor, at=now)
    return head


@transaction.atomic
def write_reach(
    organisation: Organisation,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    reach: Reach | None = None,
    seen: Given | None = None,
) -> Reach:
    """Write a way to reach an organisation; the same one twice is refused, a public phone too."""
    organisation = locked(organisation, actor)
    reach = _standing(reach) or Reach(organisation=organisation)
    was, given = copy(reach), touched(reach, given, seen)
    if given["kind"] == Reach.Kind.PHONE and given["is_public"]:
        raise Refused([Gap("phone_never_public", "is_public")])
    theirs = Reach.objects.filter(organisation=organisation)
    same = theirs.filter(kind=given["kind"], value=given["value"])
    if same.exclude(pk=reach.pk).exists():
        raise Refused([Gap("reach_twice", "value")])
    if reach.pk is None:
        reach.place = (theirs.aggregate(place=Max("place"))["place"] or 0) + 1
    for name in ("kind", "value", "note", "is_public"):
        setattr(reach, name, given[name])
    sign(reach, organisation, given, actor)
    reach.save()
    note_row(was, reach, actor=actor, now=now)
    record("organisation.reach_written", about=organisation, actor=actor, at=now)
    return reach


@transaction.atomic
def write_account(
    organisation: Organisation,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    account: BankAccount | None = None,
    seen: Given | None = None,
) -> BankAccount:
    """Write where an organisation is paid. A wrong key is shown beside it and not refused."""
    organisation = locked(organisation, actor)
    account = _standing(account) or BankAccount(organisation=organisation)
    was, given = copy(account), touched(account, given, seen)
    theirs = BankAccount.objects.filter(organisation=organisation)
    number, bik = digits_of(str(given["number"])), digits_of(str(given["bik"]))
    same = theirs.filter(number=number, bik=bik).exclude(pk=account.pk)
    if same.exists():
        raise Refused([Gap("account_twice", "number")])
    is_main = bool(given.get("is_main")) or not theirs.exists()
    if is_main:
        theirs.filter(is_main=True).update(is_main=False)
    account.number, account.bik, account.is_main = number, bik, is_main
    account.correspondent = digits_of(str(given.get("correspondent", "")))
    account.bank = str(given.get("bank", ""))
    account.save()
    note_row(was, account, actor=actor, now=now)
    record("organisation.account_written", about=organisation, actor=actor, at=now)
    return account


@transaction.atomic
def remove_row(row: Head | Reach | BankAccount, *, actor: Person, now: datetime) -> None:
    """Take away a head, a way to reach, an account; pressing twice is harmless."""
    organisation = locked(row.organisation, actor)
    found = type(row)._default_manager.filter(pk=row.pk).first()  # noqa: SLF001  # public in Django
    if found is not None:
        note_row(found, None, actor=actor, now=now)
        found.delete()
        record(REMOVED[type(row)], about=organisation, actor=actor, at=now)


@transaction.atomic
def confirm_told(organisation: Organisation, *, actor: Person, now: datetime) -> int:
    """Its own people say that everything the centre wrote from somebody's words is so.

    From whose words it was is of no use after that, and goes, from the history too.
    """
    organisation = locked(organisation, actor)
    if not acts_for(actor, organisation):
        raise PermissionDenied
    told = {"is_confirmed": True, "told_by": ""}
    confirmed = sum(
        rows.filter(organisation=organisation, is_confirmed=False).update(**told)
        for rows in (Head.objects, Reach.objects, Card.objects, Paper.objects)
    )
    if confirmed:
        forget_words(Change.objects.filter(organisation=organisation))
        note_names(organisation, "confirmed", set(), {str(confirmed)}, actor=actor, now=now)
        record("organisation.told_confirmed", about=organisation, actor=actor, at=now)
    return confirmed


@transaction.atomic
def show_group(
    organisation: Organisation, *, is_public: bool, actor: Person, now: datetime
) -> None:
    """A group without a legal entity shows itself to the public, or no longer does.

    A registered organisation that a request entered is shown by whoever keeps it; hidden never.
    Other installations that read of its practices are told.
    """
    organisation = locked(organisation, actor)
    is_group = organisation.kind == Organisation.Kind.GROUP
    if not is_group and not (is_public and may_keep(actor, organisation)):
        raise Refused([Gap("registered_is_public")])
    if organisation.is_public != is_public:
        change_organisation(organisation, {"is_public": is_public}, actor_key=actor.key, now=now)
        record("organisation.shown_or_hidden", about=organisation, actor=actor, at=now)
        promise("practices.name_anew", now=now, key=organisation.key)


def _wanted(
    ticked: Sequence[Theme | Municipality],
    there: set[int],
    seen: Sequence[Theme | Municipality] | None,
) -> set[int]:
    """What is chosen from now on: of what is there, only what the writer changed changes."""
    typed = {one.pk for one in ticked}
    shown = there if seen is None else {one.pk for one in seen}
    return (there | (typed - shown)) - (shown - typed)


def _standing(row: Row | None) -> Row | None:
    """The row as it is now, under the organisation's lock; raises Refused where it is gone."""
    if row is None:
        return None
    found = type(row)._default_manager.filter(pk=row.pk).first()  # noqa: SLF001  # public in Django
    if found is None:
        raise Refused([Gap("row_gone")])
    return found


def sign(
    row: Card | Head | Reach | Paper, organisation: Organisation, given: Given, actor: Person
) -> None:
    """Its own people confirm by writing; the centre says from whose words, and who wrote it."""
    row.entered_by = actor.key
    row.is_confirmed = acts_for(actor, organisation)
    row.told_by = "" if row.is_confirmed else str(given.get("told_by", ""))


def locked(organisation: Organisation, actor: Person) -> Organisation:
    """The organisation, locked; raises PermissionDenied for who may not write inside."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_edit(actor, organisation):
        raise PermissionDenied
    return organisation
