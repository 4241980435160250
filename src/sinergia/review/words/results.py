"""What each reader is told of the decision about an application, in their language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import money
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.sheet import PROMPTS
from sinergia.notices.models import Notice
from sinergia.notices.words import letter_of
from sinergia.review.actions.result_letters import CODE, Letter
from sinergia.review.models import Award, Publication
from sinergia.review.queries.following import is_held
from sinergia.review.queries.letters import Reader, comments_on
from sinergia.review.words.course import rating_said

Comments = Sequence[Mapping[str, str]]


def letters_said(publication: Publication, readers: Sequence[Reader]) -> list[Letter]:
    """The letter of each reader; two queries for all of them.

    Whoever has an account gets the values alone: a message is put in words when it is looked at.
    """
    contest = publication.contest
    kept = rules_of(contest)
    is_shown = kept is not None and kept.rules.review.are_comments_shown
    asked = {one.award.examination_id for one in readers}
    comments = comments_on(sorted(asked)) if is_shown else {}
    return [_said(one, publication, comments.get(one.award.examination_id, ())) for one in readers]


def written_out(letter: Letter) -> Letter:
    """The same with subject and text, as a bare mailbox takes them."""
    with translation.override(letter.reader.language):
        whole = render_to_string(f"review/notices/{CODE}.txt", letter.values).strip()
    subject, _line, text = whole.partition("\n")
    link = f"\n\n{settings.SITE_URL}{letter.url}" if letter.url else ""
    return replace(letter, subject=subject, text=text.strip() + link)


def as_read(letter: Letter) -> tuple[str, str]:
    """Subject and text as its reader will have them."""
    person = letter.reader.person
    if person is None:
        return letter.subject, letter.text
    said = letter_of(
        Notice(person=person, code=CODE, values=dict(letter.values), url=letter.url, is_urgent=True)
    )
    return said.subject, said.text


def prompt_names() -> Mapping[str, str]:
    """What experts are asked to write, by the path of a sheet."""
    names = (_("Strong sides"), _("What lowers the score"), _("What to mend"))
    return dict(zip(PROMPTS, names, strict=True))


def _said(reader: Reader, publication: Publication, comments: Comments) -> Letter:
    url = results_path(publication.contest)
    with translation.override(reader.language):
        values = _values(reader.award, publication, comments, reader.language)
    letter = Letter(reader, values, url)
    return letter if reader.person is not None else written_out(letter)


def results_path(contest: Contest) -> str:
    """Where the result is read; a contest for practice has no such page."""
    return "" if contest.is_training else reverse("decision:results", args=[contest.call.key])


def _values(
    award: Award, publication: Publication, comments: Comments, language: str
) -> dict[str, str]:
    row, contest = award.examination.submission, publication.contest
    is_won, is_declined = is_held(award), award.follow == Award.Follow.DECLINED
    other = publication.next_en if language == "en" else publication.next_ru
    return {
        "number": row.shown_number,
        "title": row.title,
        "contest": contest.call.name,
        "outcome": "won" if is_won else award.follow or award.outcome,
        "sum": money(award.awarded_minor, row.currency) if is_won else "",
        "asked": money(row.asked_minor, row.currency) if award.cuts and not is_declined else "",
        "rating": rating_said(award.rating) if award.rating is not None else "",
        "place": str(award.place),
        "reserve": str(award.reserve) if award.reserve and not award.follow else "",
        "reason": award.reason,
        "comments": _comments(comments),
        "next": (other or publication.next_ru or publication.next_en) if is_won else "",
    }


def _comments(comments: Comments) -> str:
    """Sheet by sheet, without who wrote it."""
    names = prompt_names()
    told = []
    for number, one in enumerate(comments, start=1):
        lines = [f"{names[path]}: {one[path]}" for path in PROMPTS if path in one]
        told.append("\n".join([_("Sheet %(number)s") % {"number": number}, *lines]))
    return "\n\n".join(told)
