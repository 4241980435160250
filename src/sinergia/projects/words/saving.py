"""What a save comes to, for the page that sent it."""

from collections.abc import Sequence

from sinergia.base.drafts import words
from sinergia.base.drafts.actions import Saved
from sinergia.base.drafts.words import Theirs
from sinergia.people.queries import names_of


def theirs_of(done: Sequence[Saved]) -> dict[str, Theirs]:
    """What others have saved meanwhile, by path."""
    names = names_of(text.by for text in words.conflicts_in(done))
    return words.theirs_of(done, names)
