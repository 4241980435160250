"""What the archive of a contest holds, read from its rows; and a kept archive read again."""

import csv
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from io import StringIO

from django.db.models import Exists, OuterRef

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.bundle import RANKING, Report, opened, verify
from sinergia.engine.bundle.recounting import number_told, seed_of
from sinergia.engine.project import Broken, thaw
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical, salted_digest
from sinergia.packs.rules import Rules
from sinergia.review.models import (
    Award,
    Chosen,
    Expert,
    ExpertSalt,
    Item,
    Ruling,
    Score,
    Sheet,
    SignedSheet,
    Sitting,
)
from sinergia.review.queries.decision import Proposal, awards_of, proposals_of
from sinergia.review.queries.hushing import Json, Parts, hushed
from sinergia.review.queries.ranking import ranked
from sinergia.review.queries.results import is_hushed

SCHEMA = "sinergia-contest/1"
KEPT = 4  # verified archives, so that turning a page counts nothing anew


def files_of(contest: Contest) -> dict[str, bytes]:
    """Every file of the archive. Raises Refused where nothing is decided."""
    kept = rules_of(contest)
    if kept is None or not awards_of(contest).exists():
        raise Refused([Gap("archive.not_decided")])
    cards = _cards(contest, kept.rules)
    by_code = {str(one["code"]): one for one in cards}
    about: Json = {
        "schema": SCHEMA,
        "name": contest.call.name,
        "year": contest.call.contest_year,
        "currency": kept.rules.currency,
        "budget_minor": contest.budget_minor,
        "seed": seed_of(by_code) if "lot" in kept.rules.selection.ties else "",
    }
    parts = Parts(cards, _minutes(contest), _ranking(contest), _sheets(contest))
    if is_hushed(kept.rules):
        parts = hushed(parts)
    return {
        "applications.json": canonical(parts.cards),
        "contest.json": canonical(about),
        "experts.json": canonical(_experts(contest)),
        "minutes.json": canonical(parts.minutes),
        "ranking.csv": _written(parts.ranking),
        "rules.json": bytes(kept.row.content),
        "sheets.json": canonical(parts.sheets),
    }


def experts_without_salt(contest: Contest) -> list[Expert]:
    """Experts of sheets that have no salt yet."""
    rows = Expert.objects.filter(contest=contest, salt=None)
    return list(rows.filter(Exists(Sheet.objects.filter(expert=OuterRef("pk")))).order_by("pk"))


def verified(content: bytes, root: str) -> Report:
    """What verifying shows; bytes that were verified before are not counted anew."""
    return _verified(sha256(content).hexdigest() + root, _Bytes(content), root)


def found_by(content: bytes, asked: str) -> tuple[Json | None, list[Json]]:
    """The card of an application by its number or checksum, and sheets by theirs.

    Sheets: by the checksum of a sheet's receipt, that one; of an application, all about it.
    """
    files, wanted = opened(content).files, asked.strip().lower()
    if not wanted or "applications.json" not in files or "sheets.json" not in files:
        return None, []
    cards, sheets = json.loads(files["applications.json"]), json.loads(files["sheets.json"])
    for card in cards:
        if wanted in (str(card["shown_number"]).lower(), card["digest"]):
            return card, [one for one in sheets if one["application"] == card["code"]]
    for one in sheets:
        if wanted == one["receipt"]:
            card = next((card for card in cards if card["code"] == one["application"]), None)
            return card, [one]
    return None, []


class _Bytes:
    """Bytes that a cache does not hash again: their digest is beside them."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bytes)


@lru_cache(maxsize=KEPT)
def _verified(_digest: str, content: _Bytes, root: str) -> Report:
    return verify(content.content, root=root)


def _cards(contest: Contest, rules: Rules) -> list[Json]:
    """Every application of the ranking with what its rules make public, in the order of codes."""
    proposals = proposals_of(contest)
    chosen = set(
        Chosen.objects.filter(examination__contest=contest).values_list("examination", flat=True)
    )
    rows = ranked(contest).order_by("code")
    rows = rows.select_related("submission__organisation", "submission__frozen")
    owners: dict[int, str] = {}
    public = set(rules.registration.public_fields)
    cards = []
    for row in rows.iterator(chunk_size=500):
        said, submission = proposals.get(row.pk, Proposal()), row.submission
        owner = owners.setdefault(submission.organisation_id, f"O-{len(owners) + 1:03d}")
        cards.append(
            {
                "code": row.code,
                "number": submission.number,
                "shown_number": submission.shown_number,
                "title": submission.title,
                "organisation": submission.organisation.name,
                "organisation_code": owner,
                "category": row.category,
                "direction": submission.direction,
                "asked_minor": submission.asked_minor,
                "offered_minor": said.offered_minor,
                "moved": said.moved,
                "reason": said.reason,
                "is_chosen": row.pk in chosen,
                "final": number_told(row.final),
                "digest": submission.frozen.digest,
                "public": _public(bytes(submission.frozen.content), public),
            }
        )
    return cards


def _public(content: bytes, fields: set[str]) -> Mapping[str, str]:
    try:
        values = thaw(content).values
    except Broken:
        return {}
    return {path: text for path, text in values.items() if path.split("/")[0] in fields}


def _sheets(contest: Contest) -> list[Json]:
    """Signed sheets without names, those that no longer count too.

    One held for unfounded counts until its expert is excluded.
    """
    ruled = Ruling.objects.filter(sheet=OuterRef("pk"), ended_at=None)
    rows = Sheet.objects.filter(
        examination__in=ranked(contest).order_by().values("pk"),
        stage__in=(Sheet.Stage.SIGNED, Sheet.Stage.SET_ASIDE),
        rating__isnull=False,
    ).annotate(is_unfounded=Exists(ruled))
    scores: dict[int, dict[str, str]] = {}
    given = Score.objects.filter(sheet__examination__contest=contest)
    for sheet, criterion, score in given.values_list("sheet_id", "criterion", "score"):
        scores.setdefault(sheet, {})[criterion] = number_told(score)
    signed = SignedSheet.objects.filter(sheet__examination__contest=contest)
    receipts = dict(signed.order_by("version").values_list("sheet_id", "digest"))
    named = ("pk", "examination__code", "expert__code", "rating", "stage", "is_unfounded")
    return [
        {
            "application": application,
            "expert": expert,
            "scores": scores.get(pk, {}),
            "rating": number_told(rating),
            "counts": stage == Sheet.Stage.SIGNED,
            "unfounded": is_unfounded,
            "receipt": receipts.get(pk, ""),
        }
        for pk, application, expert, rating, stage, is_unfounded in rows.order_by(
            "examination__code", "expert__code"
        ).values_list(*named)
    ]


def _experts(contest: Contest) -> list[Json]:
    """Codes of experts, each with what they alone can open."""
    rows = ExpertSalt.objects.filter(expert__contest=contest).select_related("expert__person")
    told = []
    for one in rows.order_by("expert__code"):
        person = one.expert.person
        content = canonical(["expert", str(person.key) if person is not None else ""])
        digest = salted_digest(content, bytes(one.salt)).hex()
        told.append({"code": one.expert.code, "commitment": digest})
    return told


def _minutes(contest: Contest) -> list[Json]:
    """What sittings decided, in numbers of votes; names stand in the minutes on paper.

    Of reasons only those of adopted moves, as whoever wrote them was told.
    """
    sittings = Sitting.objects.filter(commission__contest=contest).order_by("begins_at", "pk")
    told = []
    for one in sittings.prefetch_related("items__votes", "items__examination", "present"):
        items = [
            {
                "number": item.number,
                "kind": item.kind,
                "application": item.examination.code if item.examination is not None else "",
                "decision": item.decision,
                "reason": item.reason if _is_published(item) else "",
                "votes": _votes([vote.choice for vote in item.votes.all()]),
            }
            for item in sorted(one.items.all(), key=lambda item: item.number)
        ]
        told.append(
            {
                "number": one.number,
                "form": one.form,
                "begins_at": one.begins_at.isoformat(),
                "present": len(one.present.all()),
                "digest": one.digest,
                "items": items,
            }
        )
    return told


def _is_published(item: Item) -> bool:
    return item.kind == Item.Kind.MOVE and item.decision == Item.Decision.ADOPTED


def _votes(choices: list[str]) -> Mapping[str, int]:
    return {name: choices.count(name) for name in ("for", "against", "abstain")}


def _ranking(contest: Contest) -> list[Json]:
    """The ranking as it was decided; what followed later is not in it."""
    lines, running = [], 0
    named = (
        "at", "place", "examination__code", "examination__preliminary", "rating", "outcome",
        "why", "awarded_minor", "reserve",
    )  # fmt: skip
    for row in awards_of(contest).order_by("at").values_list(*named):
        at, place, code, preliminary, rating, outcome, why, awarded, reserve = row
        minor = awarded if outcome == Award.Outcome.WON else 0
        running += minor
        told = [number_told(preliminary), number_told(rating)]
        line = [at, place, code, *told, outcome, why, minor, running, reserve]
        lines.append(dict(zip(RANKING, line, strict=True)))
    return lines


def _written(ranking: Sequence[Json]) -> bytes:
    target = StringIO()
    table = csv.DictWriter(target, RANKING, lineterminator="\n")
    table.writeheader()
    table.writerows(ranking)
    return target.getvalue().encode()
