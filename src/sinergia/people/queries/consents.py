"""How consents and their texts are read."""

import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files

from django.db.models import QuerySet

from sinergia.people.models import Consent, ConsentText, Person

Purpose = ConsentText.Purpose


@lru_cache(maxsize=1)
def shipped_texts() -> tuple[ConsentText, ...]:
    """The first version of each text as the program brings it; not saved."""
    folder = files("sinergia.people") / "consents"
    read = {purpose: (folder / f"{purpose}.toml").read_text("utf-8") for purpose in Purpose.values}
    tables = {purpose: tomllib.loads(text) for purpose, text in read.items()}
    return tuple(
        ConsentText(
            purpose=purpose,
            version=table["version"],
            text_ru=table["ru"].strip(),
            text_en=table["en"].strip(),
            from_on=table["from_on"],
        )
        for purpose, table in tables.items()
    )


def text_in_force(purpose: str, *, on: date) -> ConsentText:
    """What one agrees to on a day; before anything was kept, what the program brings."""
    kept = ConsentText.objects.filter(purpose=purpose, from_on__lte=on).order_by("-version").first()
    return kept or next(text for text in shipped_texts() if text.purpose == purpose)


def text_by(purpose: str, version: int) -> ConsentText | None:
    """One version of a text, be it kept or only shipped."""
    kept = ConsentText.objects.filter(purpose=purpose, version=version).first()
    named = (purpose, version)
    return kept or next((t for t in shipped_texts() if (t.purpose, t.version) == named), None)


def versions_of(purpose: str) -> QuerySet[ConsentText]:
    """Every version that is kept, newest first."""
    return ConsentText.objects.filter(purpose=purpose).order_by("-version")


def consents_of(person: Person) -> QuerySet[Consent]:
    """Everything a person ever agreed to, newest first."""
    return Consent.objects.filter(person=person).select_related("text").order_by("-pk")


def consent_in_force(person: Person, purpose: str) -> Consent | None:
    """What a person agreed to and has not withdrawn; none where there is nothing."""
    return consents_of(person).filter(purpose=purpose, withdrawn_at=None).first()


def agreeing(purpose: str) -> QuerySet[Consent]:
    """Consents of everybody who agrees to one purpose now: join them, or filter by `person`."""
    return Consent.objects.filter(purpose=purpose, withdrawn_at=None, person__is_active=True)
