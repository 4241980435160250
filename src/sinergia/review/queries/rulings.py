"""What the council ruled, and whom the rule of so many unfounded sheets is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from sinergia.calls.models import Contest
from sinergia.engine.minutes import Followed
from sinergia.packs.rules.schema import Rules
from sinergia.people.models import Person
from sinergia.review.models import Examination, Exclusion, Expert, Item, Ruling, Sheet
from sinergia.review.queries.listing import whole_sheets


@dataclass(frozen=True)
class Suspect:
    """An expert of whom sheets are held for unfounded, or all are ignored.

    held: how many; exclusion: its key, where it stands.
    """

    key: UUID
    code: str
    name: str
    held: int
    is_due: bool
    exclusion: UUID | None


def suspects_of(contest: Contest, rules: Rules) -> list[Suspect]:
    """Experts with unfounded sheets, those first of whom the rules allow to ignore all.

    One query; none where the rules know no such thing.
    """
    most = rules.review.unfounded_most
    if most is None:
        return []
    standing = Exclusion.objects.filter(expert=OuterRef("pk"), ended_at=None)
    rows = (
        Expert.objects.filter(contest=contest)
        .annotate(held=_held(), exclusion=Subquery(standing.values("key")))
        .filter(Q(held__gt=0) | Q(exclusion__isnull=False))
        .order_by("pk")
        .values_list("pk", "key", "code", "name", "held", "exclusion")
    )
    told = [
        Suspect(key, code, name, number, number >= most, exclusion)
        for _pk, key, code, name, number, exclusion in rows
    ]
    return sorted(told, key=lambda one: (one.exclusion is not None, not one.is_due, -one.held))


def _held() -> Coalesce:
    """How many sheets of an expert are held for unfounded."""
    rulings = Ruling.objects.filter(sheet__expert=OuterRef("pk"), ended_at=None).order_by()
    held = rulings.values("sheet__expert").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(held), 0)


def rulings_of(examination: Examination) -> list[tuple[Ruling, Person | None]]:
    """Everything that was ruled about an application, with who did; the latest first."""
    rows = Ruling.objects.filter(examination=examination).select_related("sheet__expert")
    rulings = list(rows.order_by("-pk"))
    people = {one.key: one for one in Person.objects.filter(key__in={one.by for one in rulings})}
    return [(one, people.get(one.by)) for one in rulings]


def followed_by(items: Sequence[Item]) -> dict[int, Followed]:
    """What adopted items of a commission did to ratings and assessments, by primary key."""
    kinds = (Item.Kind.RATING, Item.Kind.UNFOUNDED)
    adopted = [one for one in items if one.kind in kinds and one.decision == Item.Decision.ADOPTED]
    rulings = {one.item_id: one for one in Ruling.objects.filter(item__in=adopted)}
    told = {}
    for one in adopted:
        made = rulings.get(one.pk)
        before = "" if made is None or made.before is None else f"{made.before.normalize():f}"
        told[one.pk] = Followed(is_done=made is not None, before=before)
    return told


def sheets_of_application(examination: Examination) -> Sequence[Sheet]:
    """Every sheet of an application, those set aside too."""
    return list(whole_sheets(Sheet.objects.filter(examination=examination)).order_by("pk"))


def examination_by(contest: Contest, key: UUID) -> Examination | None:
    """An application under review by its key."""
    rows = Examination.objects.filter(contest=contest, key=key)
    return rows.select_related("submission__organisation", "contest").first()


def ruling_by(contest: Contest, key: UUID) -> Ruling | None:
    """A ruling of a contest by its key."""
    rows = Ruling.objects.filter(examination__contest=contest, key=key)
    return rows.select_related("examination__contest").first()


def expert_by(contest: Contest, key: UUID) -> Expert | None:
    """An expert of a contest by their key, with how many sheets are held for unfounded: `held`."""
    rows = Expert.objects.filter(contest=contest, key=key).annotate(held=_held())
    return rows.select_related("contest__call").first()


def exclusion_by(contest: Contest, key: UUID) -> Exclusion | None:
    """An exclusion of a contest by its key."""
    rows = Exclusion.objects.filter(expert__contest=contest, key=key)
    return rows.select_related("expert__contest__call").first()
