"""What of a visit is published, in words; what is left out, and for whose sake."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from sinergia.exchange.models import PublicItem, SessionPhoto, Visit
from sinergia.exchange.queries.consents import Agreed, Purpose, Withheld, withheld_of
from sinergia.exchange.queries.holding import private_photos
from sinergia.exchange.queries.press import (
    FEEDBACK,
    ITEMS,
    NOTES,
    REPORT,
    PressFacts,
    latest_press,
    number_to_publish,
    press_item,
)
from sinergia.exchange.words.press import lines_of
from sinergia.practices.models import Practice

MOST_PHOTOS = 200


@dataclass(frozen=True)
class ItemSaid:
    """A paper with its state. number: the version that would be read; 0: none is kept yet."""

    name: str
    title: str
    number: int
    public: PublicItem | None
    url: str
    write: str

    @property
    def needs_version(self) -> bool:
        """Whether it is published as it was kept: a note."""
        return self.name.startswith("press-")

    @property
    def is_behind(self) -> bool:
        """Whether what is read is not what was kept last."""
        return self.public is not None and self.public.number != self.number

    @property
    def may_publish(self) -> bool:
        """Whether there is something that could be published now."""
        has_text = bool(self.number) or not self.needs_version
        return has_text and (self.public is None or self.is_behind)


def items_said(visit: Visit, public: Mapping[str, PublicItem]) -> list[ItemSaid]:
    """Each paper of a visit."""
    pages = {
        REPORT: (_("Report of a visit"), "press:report", "commitments:write_report"),
        FEEDBACK: (_("What delegates thought"), "commitments:feedback_results", ""),
    }
    notes = {press_item(*note): note for note in NOTES}
    said = []
    for name in ITEMS:
        number, row = number_to_publish(visit, name), public.get(name)
        if name in notes:
            args = [visit.key, *notes[name]]
            url, write = reverse("press:note", args=args), reverse("press:write", args=args)
            said.append(ItemSaid(name, note_title(*notes[name]), number, row, url, write))
            continue
        title, page, edit = pages[name]
        url = reverse(page, args=[visit.key])
        write = reverse(edit, args=[visit.key]) if edit else ""
        said.append(ItemSaid(name, title, number, row, url, write))
    return said


def public_said(visit: Visit, public: Mapping[str, PublicItem]) -> list[tuple[str, str]]:
    """What everybody may read beside the page of a visit: title and address."""
    items = items_said(visit, {name: row for name, row in public.items() if name != FEEDBACK})
    return [(one.title, one.url) for one in items if one.public is not None]


def note_title(side: str, language: str) -> str:
    """What a note is called, in the language of whoever reads."""
    names = {code: str(name) for code, name in settings.LANGUAGES}
    titles = {
        "host": _("Press note of the host side"),
        "sending": _("Press note of the sending side"),
    }
    return f"{titles[side]}, {_(names[language]).lower()}"


def left_out_said(facts: PressFacts) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """For each note its address and the sentences that do not go out, each with why."""
    visit, told = facts.report.visit, []
    for side, language in NOTES:
        version = latest_press(visit, side, language)
        if version is None:
            continue
        lines = lines_of(facts, side, language, version)
        out = [(one.text, one.out) for one in lines if one.out]
        if out:
            url = reverse("press:write", args=[visit.key, side, language])
            told.append((note_title(side, language), url, out))
    return told


def photos_said(visit: Visit, agreed: Agreed) -> list[tuple[SessionPhoto, str]]:
    """Pictures that nobody outside sees, each with why."""
    return [(one, _why_private(one, agreed)) for one in private_photos(visit)[:MOST_PHOTOS]]


def pictures_said(visit: Visit, photos: Iterable[SessionPhoto]) -> list[tuple[SessionPhoto, str]]:
    """Pictures with their captions; one that names somebody who has not agreed is without."""
    rows = list(photos)
    withheld = withheld_of(visit) if any(one.caption for one in rows) else Withheld()
    return [(one, "" if withheld.holds(one.caption) else one.caption) for one in rows]


def practices_said(facts: PressFacts) -> list[tuple[Practice, bool]]:
    """Practices that were shown, each with whether everybody reads it."""
    rows = facts.report.practices
    return [(one, one.stage == Practice.Stage.PUBLISHED) for one in rows]


def _why_private(photo: SessionPhoto, agreed: Agreed) -> str:
    shut = [
        one.delegate.name or "—"
        for one in photo.people.all()
        if not agreed.has(Purpose.SHOWN, one.delegate_id)
    ]
    if shut:
        return _("Has not agreed to be shown: %(names)s.") % {"names": ", ".join(shut)}
    return _("A second person has not looked yet.")
