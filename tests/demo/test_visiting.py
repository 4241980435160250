"""The programmes of the demo: one sound, told and held; one in which much is to be mended."""

from datetime import date
from itertools import count

import pytest

from sinergia.exchange.actions.own import write_wishes
from sinergia.exchange.models import Confirmation, Session, Visit
from sinergia.exchange.queries.sessions import coverage_of, findings_of, sessions_of
from sinergia.web.commands.laying import lay_programmes
from sinergia.web.demo import stock
from tests.arrange import NOON, a_delegate, a_person, a_theme, a_visit, an_organisation
from tests.exchange.arrange import staff_of

pytestmark = pytest.mark.django_db
HELD, PREPARED = (one["name"] for one in stock.programmes()["visits"])


def a_laid_visit(name: str) -> Visit:
    visit, numbers = a_visit(name), count()
    Visit.objects.update(starts_on=date(2026, 12, 19), ends_on=date(2026, 12, 20))
    visit.refresh_from_db()
    for code, oktmo in stock.programmes()["towns"].items():
        town = next(one for one in stock.municipalities() if one.oktmo == oktmo)
        visit.to_region.municipalities.create(
            oktmo=oktmo, name_ru=code, name_folded=code, latitude=town.latitude,
            longitude=town.longitude,
        )  # fmt: skip
    told = next(one for one in stock.programmes()["visits"] if one["name"] == name)
    brands = {one["host"] for one in told["sessions"] if "host" in one}
    hosts = {brand: an_organisation(f"{brand} {next(numbers)}") for brand in sorted(brands)}
    lay_programmes(visit, hosts, by=staff_of(visit), now=NOON)
    lay_programmes(visit, hosts, by=staff_of(visit), now=NOON)
    return visit


def test_the_visit_that_was_held_has_nine_sessions_all_confirmed_and_told_once() -> None:
    visit = a_laid_visit(HELD)

    meetings = sessions_of(visit).filter(kind__in=["meeting", "table", "workshop"])
    answers = Confirmation.objects.filter(session__in=meetings).values_list("answer", flat=True)
    visit.course.refresh_from_db()
    assert (meetings.count(), list(answers)) == (9, ["yes"] * 9)
    assert findings_of(visit, list(sessions_of(visit))) == []
    assert visit.course.version == 1


def test_the_visit_in_preparation_has_conflicts_to_find_and_a_wish_nobody_serves() -> None:
    themes = ("Экология", "Молодёжь", "Гражданское общество")
    made = {name: a_theme(name) for name in themes}
    visit = a_laid_visit(PREPARED)
    row = a_delegate(visit=visit)
    row.person = a_person("chekmazova")
    row.save()
    write_wishes(row, "", list(made.values()), actor=row.person, now=NOON)

    sessions = list(sessions_of(visit))
    found = {one.code for one in findings_of(visit, sessions)}
    served, _themes = coverage_of(visit, sessions)

    assert found == {"session.overlap", "session.short_way", "session.no_break"}
    assert [one.theme for one in served if one.is_missing] == ["экология"]
    assert Session.objects.filter(confirmation__answer="no").count() == 1
