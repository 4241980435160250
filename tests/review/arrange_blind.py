"""An application of which the rules hide nearly everything, with a canary in every hidden field."""

from collections.abc import Iterator
from datetime import timedelta

from sinergia.applications.actions.screening import Given, decide
from sinergia.applications.actions.submitting import submit
from sinergia.base.drafts.actions import Save
from sinergia.base.files.actions import keep_upload
from sinergia.calls.actions.contests import NewContest, make_contest
from sinergia.calls.models import Contest
from sinergia.engine.project import parse_path
from sinergia.organisations.models import Centre, Identifier, Organisation
from sinergia.packs.rules import shipped
from sinergia.packs.rules.fields import FIELDS, ROWS
from sinergia.packs.rules.schema import FieldRule
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import Attachment
from sinergia.review.models import Examination
from tests.afterwards import run_errands
from tests.arrange import NOON, a_fund, a_ready_project, an_organisation, an_upload

CANARY = "снегирь"  # looked for
MARK = "пропавшая"  # stands behind it wherever it could leak: no page repeats it by itself
KINDS = ("text", "line")  # of fields and cells that hold what somebody typed
OPEN = ("problem", "lines", "direction", "presentation")  # what this contest shows to experts
BLIND = ("applicant", *(name for name in FIELDS if name not in (*OPEN, "starts_on", "ends_on")))
INN = "7707083893"


def typed() -> Iterator[tuple[str, str]]:
    """A canary at every path of a hidden field that takes words."""
    for name, kind in FIELDS.items():
        if name not in BLIND:
            continue
        if name in ROWS:
            cells = [cell for cell, of in ROWS[name].items() if of in KINDS]
            yield from ((f"{name}/aaaaaa/{cell}", f"{CANARY} {MARK} {name}") for cell in cells)
        elif kind in KINDS:
            yield name, f"{CANARY} {MARK} {name}"


def asked_of_everything() -> dict[str, FieldRule]:
    """Every field and cell that any rules ask for; what is further may be left out."""
    free = {"is_required": False, "lines": None, "longest": None}

    def optional(rule: FieldRule) -> FieldRule:
        cells = {cell: one.model_copy(update=free) for cell, one in (rule.cells or {}).items()}
        return rule.model_copy(update={"cells": cells})

    fields = {name: optional(rule) for name, rule in shipped()["presidential-2026"].fields.items()}
    for name in ("accountant", "income", "last_year"):
        fields[name] = fields[name].model_copy(update={"is_required": False})
    return fields


def a_blind_contest(centre: Centre, operator: Person) -> Contest:
    """A contest in its intake whose experts see hardly anything of who applies."""
    rules = shipped()["regional"]
    review = rules.review.model_copy(update={"blind": BLIND})
    update = {"review": review, "fields": asked_of_everything()}
    given = NewContest("Вслепую", 2026, rules.model_copy(update=update), a_fund("b"))
    contest = make_contest(centre, given, actor=operator, now=NOON)
    contest.opens_at, contest.closes_at = NOON - timedelta(days=1), NOON + timedelta(days=7)
    contest.stage = "open"
    contest.save()
    return contest


def a_hidden_organisation() -> Organisation:
    """An organisation outside the public register, known by the canary and a number."""
    made = an_organisation(f"{CANARY} {MARK} организация")
    made.is_public = False
    made.save()
    Identifier.objects.create(organisation=made, scheme="RU-INN", value=INN)
    return made


def a_hidden_examination(
    contest: Contest, applicant: Organisation, *, leader: Person, operator: Person
) -> Examination:
    """Its application under review, with the canary wherever it is hidden, files too."""
    project = a_ready_project(organisation=applicant, contest=contest)
    versions = dict(project.fields.values_list("path", "version"))
    saves = [
        Save(path, text, versions.get(str(path), 0))
        for name, text in typed()
        if (path := parse_path(name)) is not None
    ]
    save_fields(project, saves, actor=leader, now=NOON)
    for field in ("letters", "presentation", "evidence", "recommendations"):
        upload = an_upload(leader, b"Letter", f"{CANARY} {MARK}.txt")
        file = keep_upload(upload, actor=leader, now=NOON)
        Attachment.objects.create(project=project, field=field, file=file, by=leader.key, at=NOON)
    made = submit(project, actor=leader, now=NOON)
    for kind, seen in (("register", "submitted"), ("admit", "registered")):
        decide(made, Given(kind, seen), actor=operator, now=NOON)
        run_errands()
    number = Examination.objects.filter(contest=contest).count() + 1
    return Examination.objects.create(
        contest=contest,
        submission=made,
        code=f"A-{number:03}",
        category=made.frozen.category,
        due=2,
    )
