"""Funds come into being with their first file and are named by a person afterwards."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls import access
from sinergia.calls.actions.indexing import index_fund
from sinergia.calls.models import Fund
from sinergia.calls.queries import LONGEST_CODE, fund_by
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.people.models import Person
from sinergia.places.models import Region

LONGEST_NAME = 200  # characters


@transaction.atomic
def ensure_fund(code: str, *, actor: Person, now: datetime) -> Fund:
    """The fund of this code, made with the code for a name where it is not known yet.

    Raises Refused where the code is empty or longer than 40 characters.
    """
    code = clean_line(code)
    if not access.may_keep_funds(actor):
        raise PermissionDenied
    if not code or len(code) > LONGEST_CODE:
        raise Refused([Gap("fund.code", "code")])
    known = fund_by(code)
    if known is not None:
        return known
    fund, is_new = Fund.objects.get_or_create(code=code, defaults={"name_ru": code})
    if is_new:
        index_fund(fund)
        record("fund.made", about=fund, actor=actor, at=now, codes={"code": code})
    return fund


@transaction.atomic
def describe_fund(  # what a fund is called and whose it is, said at once
    fund: Fund,
    *,
    name_ru: str,
    name_en: str,
    currency: str,
    region: Region | None,
    actor: Person,
    now: datetime,
) -> Fund:
    """Name a fund, say in what it counts and whose it is; none: no region's own.

    Raises Refused for an empty or long name, or a currency that is not three letters.
    """
    fund = Fund.objects.select_for_update().get(pk=fund.pk)
    if not access.may_keep_funds(actor):
        raise PermissionDenied
    said = (clean_line(name_ru), clean_line(name_en), currency.strip().upper(), region)
    if said == (fund.name_ru, fund.name_en, fund.currency, fund.region):
        return fund
    gaps = [Gap("fund.name", "name_ru")] if not 0 < len(said[0]) <= LONGEST_NAME else []
    if len(said[1]) > LONGEST_NAME:
        gaps.append(Gap("fund.name", "name_en"))
    if not (len(said[2]) == 3 and said[2].isascii() and said[2].isalpha()):
        gaps.append(Gap("fund.currency", "currency"))
    if gaps:
        raise Refused(gaps)
    fund.name_ru, fund.name_en, fund.currency, fund.region = said
    fund.save(update_fields=["name_ru", "name_en", "currency", "region"])
    index_fund(fund)
    record("fund.described", about=fund, actor=actor, at=now, codes={"code": fund.code})
    return fund
