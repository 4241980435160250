"""What the worker runs for letters."""

from django.utils import timezone

from sinergia.base.letters import actions
from sinergia.base.letters.adapters import RefusedForGood, hand_over
from sinergia.base.letters.queries import is_broken, letter_by


def send(key: str) -> None:
    """Hand a letter over; one that went, was refused for good or erased is left alone.

    Whatever else goes wrong is raised, and the errand comes again. A letter that lets in is
    tried even where the mailbox had refused: it was perhaps full, and no other way leads in.
    """
    letter = letter_by(key)
    if letter is None or letter.sent_at or letter.refused_at or not letter.text:
        return
    if is_broken(letter.to) and not letter.is_secret:
        actions.note_refused(letter.key, actions.BROKEN, is_mailbox=False, now=timezone.now())
        return
    try:
        hand_over(letter)
    except RefusedForGood as refusal:
        actions.note_refused(
            letter.key, refusal.fault, is_mailbox=refusal.is_mailbox, now=timezone.now()
        )
        return
    actions.note_sent(letter.key, now=timezone.now())


def tidy() -> None:
    """Forget old letters."""
    actions.tidy_letters(now=timezone.now())
