"""Practices of the demo: told by their organisations, checked by the centre, published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from sinergia.base.drafts.actions import Save
from sinergia.engine.practice import PRACTICE
from sinergia.organisations.access import acts_for
from sinergia.organisations.actions.teams import join_team
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.organisations.queries.roles import staff_serving
from sinergia.people.actions import invent_person
from sinergia.people.models import Person
from sinergia.practices.actions.files import attach
from sinergia.practices.actions.publishing import (
    Published,
    Returned,
    publish_practice,
    return_practice,
)
from sinergia.practices.actions.saving import save_fields
from sinergia.practices.actions.sending import answer_remark, send_practice
from sinergia.practices.actions.starting import Begun, begin_practice
from sinergia.practices.models import Practice
from sinergia.practices.queries.practices import open_remarks, practice_by
from sinergia.practices.queries.writing import themes_for
from sinergia.web.commands.sending import send
from sinergia.web.demo import stock
from sinergia.web.demo.papers import Sheet, pdf_of
from sinergia.web.demo.story import Demo

Told = Mapping[str, Any]


def tell_practices(demo: Demo, me: Person) -> None:
    """Tell them all; taken again, what is there stays as it is."""
    for told in stock.practices():
        key = uuid5(NAMESPACE_URL, f"demo practice {told['texts']['title']}")
        if practice_by(str(key)) is None:
            with transaction.atomic():
                _Telling(demo, me, told).tell(key, now=timezone.now())


@dataclass(frozen=True)
class _Telling:
    """One practice, and who has to do with it."""

    demo: Demo
    me: Person
    told: Told

    def tell(self, key: UUID, *, now: datetime) -> None:
        """Begin it, write it, and bring it as far as the story says."""
        told, at = self.told, now - timedelta(days=self.told["days"])
        organisation = self._organisation()
        author = self._author(organisation, now=at)
        begun = Begun(told["texts"]["title"], key)
        practice = begin_practice(organisation, begun, actor=author, now=at)
        self._write(practice, author, texts_of(told) | {"theme": self._theme(practice)}, now=at)
        if told["state"] == "draft":
            return
        self._attach(practice, author, now=at)
        consultant = staff_serving(organisation).first()
        if consultant is None:
            raise LookupError(told["region"])
        if told["state"] == "checked":
            self._remark(practice, author, consultant, now=at)
            return
        self._publish(practice, author, consultant, now=at)
        if "second" in told:
            later = now - timedelta(days=told["second"]["days"])
            self._write(practice, author, told["second"]["texts"], now=later)
            self._publish(practice, author, consultant, now=later)

    def _organisation(self) -> Organisation:
        brand = f"«{self.told['brand']}»"
        named = (row.ogrn for row in self.demo.organisations if brand in row.name)
        found = organisation_by_number(next(named), "")
        if found is None:
            raise LookupError(brand)
        return found

    def _author(self, organisation: Organisation, *, now: datetime) -> Person:
        person = invent_person(
            self.told["email"],
            self.told["leader"],
            is_administrator=False,
            actor=self.me,
            now=now,
        )
        if not acts_for(person, organisation):
            join_team(organisation, person, "leader", actor=self.me, now=now)
        return person

    def _theme(self, practice: Practice) -> str:
        words = stock.themes()[self.told["region"]].themes
        named = {code: name for code, name, _english in words}[self.told["theme"]]
        return next(str(one.key) for one in themes_for(practice) if one.name_ru == named)

    def _write(
        self, practice: Practice, author: Person, texts: Mapping[str, str], *, now: datetime
    ) -> None:
        versions = dict(practice.texts.values_list("path", "version"))
        paths = {name: PRACTICE.parse(name) for name in texts}
        saves = [
            Save(path, texts[name], versions.get(name, 0))
            for name, path in paths.items()
            if path is not None
        ]
        if len(saves) < len(texts):
            raise KeyError([name for name, path in paths.items() if path is None])
        save_fields(practice, saves, actor=author, now=now)

    def _attach(self, practice: Practice, author: Person, *, now: datetime) -> None:
        if "file" not in self.told:
            return
        row, named = self.told["file"], practice.organisation
        sheet = Sheet(named.name if named is not None else "", row["heading"], "", row["lines"])
        kept = send(pdf_of(sheet), row["name"], by=author, now=now)
        attach(practice, row["field"], kept, actor=author, now=now)

    def _publish(
        self, practice: Practice, author: Person, consultant: Person, *, now: datetime
    ) -> None:
        check = send_practice(practice, actor=author, now=now)
        said = Published(
            evidence=self.told.get("evidence", 0),
            ground=self.told.get("ground", ""),
            files=[one.key for one in practice.files.all()],
        )
        publish_practice(practice, check.sent.key, said, actor=consultant, now=now)

    def _remark(
        self, practice: Practice, author: Person, consultant: Person, *, now: datetime
    ) -> None:
        """Sent, returned with remarks, answered and sent once more."""
        told, check = self.told, send_practice(practice, actor=author, now=now)
        said = Returned(told["words"], told["remarks"])
        return_practice(practice, check.sent.key, said, actor=consultant, now=now)
        self._write(practice, author, told["second"]["texts"], now=now)
        for remark in open_remarks(practice):
            answer_remark(remark, told["answers"][remark.section], actor=author, now=now)
        send_practice(practice, actor=author, now=now)


def texts_of(told: Told) -> dict[str, str]:
    """Texts by path; rows get numbers for ids, in their order."""
    texts: dict[str, str] = dict(told["texts"])
    for number, (field, cells) in enumerate(told["rows"], start=1):
        texts |= {f"{field}/{number:06x}/{name}": text for name, text in cells.items()}
    return texts
