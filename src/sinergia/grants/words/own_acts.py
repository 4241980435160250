"""What somebody who joined may do on their own page: each act, what follows, what is said then."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergia.grants.models import Joiner

Stage = Joiner.Stage


@dataclass(frozen=True)
class Act:
    """An act. kind: of its button. follows: what happens when it is done."""

    code: str
    button: str
    follows: str
    kind: str = "secondary"


def acts_of(row: Joiner) -> list[Act]:
    """What may be done as somebody stands; of who was erased nothing is left to be done."""
    if not row.name:
        return []
    acts = []
    if row.stage in (Stage.ASKED, Stage.CONFIRMED, Stage.WAITING):
        words = _("Your place, or your turn, goes to somebody who waits. You may come back later.")
        acts.append(Act("leave", _("I do not come"), words))
    if row.stage == Stage.LEFT:
        words = _("You ask for a place anew, at the end of the line.")
        acts.append(Act("return", _("I come after all"), words))
    if row.shown_at is not None:
        words = _("Pictures in which you can be recognised are taken off the page at once.")
        acts.append(Act("hide", _("Do not show me in pictures"), words))
    elif row.stage == Stage.CONFIRMED:
        words = _(
            "The organisers may put pictures on the project’s page in which you can be recognised. "
            "You can take it back here at any time."
        )
        acts.append(Act("show", _("I may be shown in pictures"), words))
    words = _(
        "Your name, address and age are erased for good. Your place goes to somebody who waits, "
        "your certificate is confirmed no more. That somebody was there stays as a number."
    )
    acts.append(Act("forget", _("Take the consent back and erase me"), words, "quiet"))
    return acts


def refusal_of_parent() -> Act:
    """What follows where a parent does not agree, or not any more."""
    words = _(
        "Name, address and age of your child and your own name and address are erased for good. "
        "Their place goes to somebody who waits, their certificate is confirmed no more. That "
        "somebody was there stays as a number."
    )
    return Act("refuse", _("I do not agree: erase everything"), words)


def done_said(code: str) -> str:
    """What is said once an act is done."""
    return {
        "leave": _("Your place is free for somebody else. Thank you for saying so."),
        "return": _("You are back: see below how you stand."),
        "show": _("Noted: you may be shown in pictures."),
        "hide": _("Noted: pictures with you are taken off the page."),
        "forget": _("What was written of you is erased."),
        "here": _("You are here: it is noted."),
    }[code]
