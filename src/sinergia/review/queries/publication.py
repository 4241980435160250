"""Publications as errands find them."""

from sinergia.review.models import Award, Publication
from sinergia.review.queries.letters import told_of


def publication_keyed(key: str) -> Publication | None:
    """When a contest's result is told, with the contest; none where it is gone."""
    rows = Publication.objects.select_related("contest__call__fund", "contest__centre")
    return rows.filter(key=key).first()


def told_award(key: str) -> tuple[Award, Publication] | None:
    """An award with its publication, as letters need them."""
    row = Award.objects.select_related("examination__contest").filter(key=key).first()
    if row is None:
        return None
    contest = row.examination.contest
    found = Publication.objects.select_related("contest__call").filter(contest=contest).first()
    award = told_of(contest).filter(pk=row.pk).first()
    return (award, found) if award is not None and found is not None else None
