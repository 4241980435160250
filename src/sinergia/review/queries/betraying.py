"""Applications whose open fields say whose they are, where the rules hide it from experts."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sinergia.base.search.words import lemma_of
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_kept
from sinergia.engine.betraying import keys_of, named_in_open
from sinergia.engine.blind import is_applicant_hidden, shown_texts
from sinergia.organisations.models import Head
from sinergia.packs.rules import Rules
from sinergia.review.models import Examination
from sinergia.review.queries.texts import named_in, texts_of

STEP = 200  # documents read at once


@dataclass(frozen=True)
class Betrayed:
    """An application that names its applicant. places: the words by the path of their field."""

    examination: Examination
    places: dict[str, str]


def betrayed_in(contest: Contest, hidden: Collection[int] = ()) -> list[Betrayed]:
    """Those of a contest, in the order of their codes; two queries for each STEP of them.

    hidden: primary keys of applications that whoever looks does not see.
    """
    rules = {one.pk: rules_kept(one) for one in contest.rules.all()}
    if not any(is_applicant_hidden(one) for one in rules.values()):
        return []
    rows = Examination.objects.filter(contest=contest).exclude(pk__in=hidden).order_by("pk")
    rows = rows.select_related("submission__organisation", "submission__frozen")
    found, last = [], 0
    while some := list(rows.filter(pk__gt=last)[:STEP]):
        last = some[-1].pk
        found += _betrayed(some, rules)
    return found


def _betrayed(some: Sequence[Examination], rules: dict[int, Rules]) -> list[Betrayed]:
    heads = defaultdict(list)
    owners = {one.submission.organisation_id for one in some}
    named = Head.objects.filter(organisation__in=owners).values_list("organisation", "name")
    for of, name in named:
        heads[of].append(name)
    found = []
    for one in some:
        submission, by = one.submission, rules[one.submission.frozen.rules_id]
        if not is_applicant_hidden(by):
            continue
        texts, owner = texts_of(bytes(submission.frozen.content)), submission.organisation
        written = [who.text for who in named_in(texts) if who.field == "head"]
        people = [*heads[submission.organisation_id], *written]
        names = filter(None, (owner.name, owner.short_name, texts.get("applicant/name", "")))
        keys = keys_of(names, people, lemma_of)
        places = named_in_open(shown_texts(texts, by.review.blind), keys, lemma_of)
        if places:
            found.append(Betrayed(one, places))
    return found
