"""What hosts are written: their sessions, what changed, the link by which they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from sinergia.exchange.models import Confirmation, ProgrammeVersion, Session, Visit
from sinergia.exchange.queries.hosts import token_of
from sinergia.exchange.queries.sessions import place_said
from sinergia.exchange.queries.telling import HostAddressee
from sinergia.exchange.words.changes import as_text, span_said, when_said

LANGUAGE = "ru"  # of whoever has no account and chose none


@dataclass(frozen=True)
class LetterSaid:
    """A letter, ready to go."""

    to: str
    subject: str
    text: str
    language: str = LANGUAGE


def link_of(asked: Confirmation) -> str:
    """The whole address by which a host answers."""
    return settings.SITE_URL + reverse("visits:host", args=[token_of(asked)])


def asking_of(asked: Confirmation) -> LetterSaid:
    """The letter that asks for one session."""
    context = {"rows": rows_of([asked]), "asked": asked}
    return _letter("asking", asked.session.visit, asked.email, context)


def chat_of(asked: Confirmation) -> str:
    """The same in a few lines for a chat."""
    context = {"row": rows_of([asked])[0], "visit": asked.session.visit}
    with timezone.override(ZoneInfo(asked.session.visit.time_zone)):
        return render_to_string("exchange/letters/chat.txt", context).strip()


def changed_for(visit: Visit, version: ProgrammeVersion, host: HostAddressee) -> LetterSaid:
    """What a version changes for the hosts of one mailbox, with their links."""
    with translation.override(LANGUAGE), timezone.override(ZoneInfo(visit.time_zone)):
        changes = as_text(host.changes)
        rows = rows_of(host.asked)
    context = {"changes": changes, "rows": rows, "names": host.names, "version": version}
    return _letter("changed", visit, host.address, context)


def stage_for(news: str, visit: Visit, host: HostAddressee, why: str) -> LetterSaid:
    """That nothing comes of these sessions, or of them after all. news: the letter's name."""
    links = {str(one.session.key): link_of(one) for one in host.asked}
    with translation.override(LANGUAGE), timezone.override(ZoneInfo(visit.time_zone)):
        pictures = [(one.key, one.after or one.before) for one in host.changes]
        rows = [
            {
                "title": one["title"],
                "when": when_said(one),
                "place": one["place"],
                "url": links.get(key, ""),
            }
            for key, one in pictures
        ]
    return _letter(news, visit, host.address, {"rows": rows, "why": why})


def late_for(session: Session, address: str, minutes: int) -> LetterSaid:
    """That the delegation comes later; 0: in time after all. With the link, where it is theirs."""
    asked: Confirmation | None = getattr(session, "confirmation", None)
    with translation.override(LANGUAGE):
        row = _row_of(session)
    row["url"] = link_of(asked) if asked is not None and asked.email == address else ""
    return _letter("late", session.visit, address, {"row": row, "minutes": minutes})


def rows_of(asked: Sequence[Confirmation]) -> list[dict[str, str]]:
    """A session each, with when and where, and its link."""
    return [_row_of(one.session) | {"url": link_of(one)} for one in asked]


def _row_of(session: Session) -> dict[str, str]:
    with timezone.override(ZoneInfo(session.visit.time_zone)):
        when = span_said(session.starts_at, session.ends_at)
    return {"title": session.title, "when": when, "place": place_said(session)}


def _letter(name: str, visit: Visit, to: str, context: dict[str, object]) -> LetterSaid:
    with translation.override(LANGUAGE), timezone.override(ZoneInfo(visit.time_zone)):
        said = render_to_string(f"exchange/letters/{name}.txt", context | {"visit": visit})
    subject, _, text = said.strip().partition("\n")
    return LetterSaid(to, subject.strip(), text.strip())
