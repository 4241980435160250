"""Practices of the demo that others took home, through the same actions as on the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from sinergia.base.drafts.actions import Save
from sinergia.engine.project import parse_path
from sinergia.organisations.queries.roles import organisations_of
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.practices.actions import adopting as actions
from sinergia.practices.actions.adopting import Intent, Proof
from sinergia.practices.actions.letters import write_letter
from sinergia.practices.models import Adoption, Practice
from sinergia.practices.queries.adoptions import adoptions_of, may_have_grown
from sinergia.practices.queries.catalogue import published
from sinergia.practices.words.catalogue import audience_name
from sinergia.projects.actions.adopting import Draft, begin_from, join_project
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import Project
from sinergia.projects.queries.adopting import may_join
from sinergia.projects.words.adopting import HELP
from sinergia.web.demo import stock

Told = Mapping[str, Any]


def take_practices_home() -> None:
    """Tell each of them; taken again, what is there stays as it is."""
    people = {person.email: person for person in invented_people()}
    for told in stock.adoptions():
        practice = published().filter(title=told["practice"]).first()
        person = people.get(told["by"])
        if practice is not None and person is not None:
            with transaction.atomic():
                _Telling(told, people, practice, person).tell(now=timezone.now())


@dataclass(frozen=True)
class _Telling:
    """One of them, and who has to do with it."""

    told: Told
    people: Mapping[str, Person]
    practice: Practice
    person: Person

    def tell(self, *, now: datetime) -> None:
        """Take it home and bring it as far as the story says."""
        told, at = self.told, now - timedelta(days=self.told["days"])
        if adoptions_of(self.person).filter(practice=self.practice, made_by=self.person.key):
            return
        organisation = organisations_of(self.person).first()
        if organisation is None:
            raise LookupError(told["by"])
        intent = Intent(told["way"], told["changes"])
        made = actions.intend(self.practice, organisation, intent, actor=self.person, now=at)
        for day, letter in enumerate(told["letters"], start=1):
            self._write(made, letter, now=at + timedelta(days=day))
        self._do(made, now=at + timedelta(days=4))
        self._come_to(made, now=at + timedelta(days=10))

    def _write(self, made: Adoption, letter: Told, *, now: datetime) -> None:
        actor, offer = self.people[letter["by"]], letter.get("offer", "")
        write_letter(made, letter["text"], offer=offer, actor=actor, now=now)

    def _do(self, made: Adoption, *, now: datetime) -> None:
        """A project that does it: one that is there, or one that begins with its texts."""
        told = self.told
        there = may_join(made, self.person).filter(title__startswith=told.get("joins", "?"))
        if "joins" in told and (project := there.first()) is not None:
            join_project(project, made, actor=self.person, now=now)
        if told.get("project"):
            key = uuid5(NAMESPACE_URL, f"demo adoption {self.practice.title}")
            draft = Draft(key, audience_name, help=str(HELP.get(made.way, "")))
            self._rewrite(begin_from(made, draft, actor=self.person, now=now), now=now)

    def _rewrite(self, project: Project, *, now: datetime) -> None:
        versions = dict(project.fields.values_list("path", "version"))
        paths = {name: parse_path(name) for name in self.told["written"]}
        saves = [
            Save(path, self.told["written"][name], versions.get(name, 0))
            for name, path in paths.items()
            if path is not None
        ]
        save_fields(project, saves, actor=self.person, now=now)

    def _come_to(self, made: Adoption, *, now: datetime) -> None:
        told, state, actor = self.told, self.told["state"], self.person
        if state == "dropped":
            actions.drop(made, told["why_not"], actor=actor, now=now)
        if state in ("running", "said", "proven"):
            made = actions.run(made, actor=actor, now=now)
        if state in ("said", "proven"):
            later = now + timedelta(days=90)
            made = actions.say_proven(made, Proof(**told["proof"]), actor=actor, now=later)
            if "confirmed_by" in told:
                confirmer = self.people[told["confirmed_by"]]
                actions.confirm_proven(made, actor=confirmer, now=later + timedelta(days=3))
        if "grew" in told:
            own = may_have_grown(made).filter(title=told["grew"]).first()
            if own is not None:
                actions.grow_practice(own, made, actor=actor, now=now)
