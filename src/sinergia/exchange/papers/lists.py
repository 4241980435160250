"""Agreements and delegations as files."""

from collections.abc import Container, Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value
from sinergia.exchange.models import Delegate, PartnershipAgreement, Party
from sinergia.exchange.queries.delegation import Town, body_of


def agreements_head() -> list[str]:
    """What the columns are called."""
    return [
        _("Number"),
        _("Date"),
        _("Subject"),
        _("Parties"),
        _("Signed by"),
        _("Forms of work"),
        _("In force until"),
        _("After the term"),
        _("Programme of exchange"),
        _("Public"),
    ]


def agreement_lines(
    rows: Iterable[PartnershipAgreement], centres: Container[int]
) -> Iterator[Sequence[Value]]:
    """A line for each; its parties are read with it. centres: those whose rows are one's own."""
    for row in rows:
        parties = row.signed  # type: ignore[attr-defined]  # read with each by the query
        is_ours, programme = row.centre_id in centres, row.programme
        names = [_party(one, is_ours=is_ours) for one in parties]
        hands = [", ".join(filter(None, [one.signer, one.post])) for one in parties]
        yield [
            row.number,
            row.signed_on,
            row.subject,
            "; ".join(names),
            "; ".join(filter(None, hands)),
            row.forms,
            row.ends_on,
            str(row.get_renewal_display()),
            programme.name if programme and (programme.is_shown or is_ours) else "",
            _("yes") if row.is_public else _("no"),
        ]


def delegation_head(*, with_phones: bool) -> list[str]:
    """What the columns are called."""
    head = [_("№"), _("Name"), _("Post"), _("Organisation"), _("Town")]
    return head + ([_("Telephone"), _("E-mail")] if with_phones else []) + [_("State")]


def delegation_lines(towns: Iterable[Town], *, with_phones: bool) -> Iterator[Sequence[Value]]:
    """A line for each, in the order of protocol."""
    rows = (row for town in towns for row in town.delegates)
    for number, row in enumerate(rows, start=1):
        town = row.municipality.name if row.municipality else ""
        reach = [row.phone, row.email] if with_phones else []
        yield [number, row.name, row.post, body_of(row), town, *reach, state_of(row)]


def state_of(row: Delegate) -> str:
    """Whether the person confirmed what is written of them."""
    if row.confirmed_at is not None:
        return _("confirmed")
    by = row.told_by
    return _("from the words of %(who)s") % {"who": by} if by else _("not confirmed")


def _party(party: Party, *, is_ours: bool) -> str:
    """What a party is called; who is hidden in the register is named to its keepers alone."""
    known = party.organisation
    if known is None:
        return party.name
    return known.name if known.is_public or is_ours else _("not shown")
