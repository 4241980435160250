"""Gives the organisations of a bench installation what filters ask of; run inside its Django."""

import random
import sys
from datetime import date, timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # Django is set up first
from django.utils import timezone  # noqa: E402

from sinergia.engine.text import fold  # noqa: E402
from sinergia.organisations.actions.counting import recount_register  # noqa: E402
from sinergia.organisations.models import (  # noqa: E402
    Acquaintance,
    Centre,
    CentreRegion,
    FieldOfWork,
    LegalForm,
    Organisation,
    OrganisationField,
    OrganisationTheme,
)
from sinergia.places.models import Municipality, Region, Theme  # noqa: E402

TODAY = date(2026, 11, 23)
STEP = 5_000
MUNICIPALITIES, THEMES, FIELDS = 40, 12, 22  # of each region, of each region, of all
# As often as in the state's register of 2022: forms, states, registrations by year.
FORMS = {
    "75500": 2566, "71400": 1007, "70401": 148, "20202": 117, "20606": 55, "75505": 50,
    "70403": 32, "20210": 19,
}  # fmt: skip
STATES = {"active": 2868, "closed": 1026, "closing": 68, "reorganising": 31, "bankrupt": 6}
YEARS = dict.fromkeys(range(1992, 2015), 140) | dict.fromkeys(range(2015, 2021), 85)
YEARS |= dict.fromkeys(range(2021, 2027), 160) | {0: 40}


def main() -> None:
    """Furnish everything; print the key of the centre."""
    rnd = random.Random(7)
    regions = list(Region.objects.order_by("code"))
    places = municipalities(regions)
    themes = themes_of(regions)
    forms = [
        LegalForm.objects.get_or_create(
            code=code, defaults={"name_ru": f"Форма {code}", "name_folded": f"форма {code}"}
        )[0].pk
        for code in FORMS
    ]
    fields = [
        FieldOfWork.objects.get_or_create(name=f"Поле {n}", name_folded=fold(f"Поле {n}"))[0].pk
        for n in range(FIELDS)
    ]
    pks = list(Organisation.objects.order_by("pk").values_list("pk", "region_id"))
    for start in range(0, len(pks), STEP):
        with transaction.atomic():
            some = pks[start : start + STEP]
            write_rows(some, places, forms, rnd)
            write_links(some, themes, fields, rnd)
    recount_register()
    with connection.cursor() as cursor:
        # A database that has stood for a minute knows by itself what was written (autovacuum).
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    sys.stdout.write(f"{a_centre(regions, pks, rnd).key}\n")


def municipalities(regions: list[Region]) -> dict[int, list[int]]:
    """Towns of each region, by its number."""
    made = Municipality.objects.bulk_create(
        Municipality(
            region=region,
            oktmo=f"{region.pk:03}{n:05}",
            name_ru=f"Город {n}",
            name_folded=f"город {n}",
        )
        for region in regions
        for n in range(MUNICIPALITIES)
    )
    found: dict[int, list[int]] = {region.pk: [] for region in regions}
    for one in made:
        found[one.region_id].append(one.pk)
    return found


def themes_of(regions: list[Region]) -> dict[int, list[int]]:
    """Themes of each region, by its number."""
    made = Theme.objects.bulk_create(
        Theme(region=region, name_ru=f"Тема {n}", name_folded=f"тема {n:02}")
        for region in regions
        for n in range(THEMES)
    )
    found: dict[int, list[int]] = {region.pk: [] for region in regions}
    for one in made:
        found[one.region_id].append(one.pk)
    return found


def write_rows(
    some: list[tuple[int, int]], places: dict[int, list[int]], forms: list[int], rnd: random.Random
) -> None:
    """Write the columns of some organisations."""
    rows = []
    for pk, region in some:
        year = rnd.choices(list(YEARS), list(YEARS.values()))[0]
        day = date(year, 1, 1) + timedelta(days=rnd.randrange(320)) if year else None
        applied = max(0, int(rnd.paretovariate(0.8)) - 3)
        is_group = rnd.random() < 0.01
        rows.append(
            (
                rnd.choices(forms, list(FORMS.values()))[0],
                rnd.choices(list(STATES), list(STATES.values()))[0],
                day,
                rnd.choice(places[region]),
                min(applied, 50),
                min(applied // 3, 20),
                "group" if is_group else "registered",
                not (is_group and rnd.random() < 0.7),
                pk,
            )
        )
    columns = (
        "legal_form_id", "status", "registered_on", "municipality_id", "applications_count",
        "won_count", "kind", "is_public",
    )  # fmt: skip
    put = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        put += ", closed_on = NULL"  # the day of a list would come before the registration
        sql = f"UPDATE organisations_organisation SET {put} WHERE id = %s"  # noqa: S608  # our own names
        cursor.executemany(sql, rows)


def write_links(
    some: list[tuple[int, int]],
    themes: dict[int, list[int]],
    fields: list[int],
    rnd: random.Random,
) -> None:
    """Three of five work on a theme or two; half have a field of work."""
    on_themes, in_fields = [], []
    for pk, region in some:
        if rnd.random() < 0.6:
            chosen = rnd.sample(themes[region], 1 + (rnd.random() < 0.3))
            on_themes += [OrganisationTheme(organisation_id=pk, theme_id=one) for one in chosen]
        if rnd.random() < 0.5:
            in_fields.append(OrganisationField(organisation_id=pk, field_id=rnd.choice(fields)))
    OrganisationTheme.objects.bulk_create(on_themes)
    OrganisationField.objects.bulk_create(in_fields)


def a_centre(regions: list[Region], pks: list[tuple[int, int]], rnd: random.Random) -> Centre:
    """A centre of the first region, the largest, that has met a third of it."""
    organisation, _region = next(one for one in pks if one[1] == regions[0].pk)
    made = Centre.objects.create(
        organisation_id=organisation, time_zone="Europe/Moscow", made_at=timezone.now()
    )
    CentreRegion.objects.create(centre=made, region=regions[0])
    theirs = [pk for pk, region in pks if region == regions[0].pk and rnd.random() < 0.08]
    Acquaintance.objects.bulk_create(
        [
            Acquaintance(
                centre=made,
                organisation_id=pk,
                met_on=TODAY - timedelta(days=rnd.randrange(700)),
            )
            for pk in theirs
        ],
        batch_size=STEP,
    )
    return made


if __name__ == "__main__":
    main()
