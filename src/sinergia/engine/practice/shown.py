"""What of a practice a reader may see: people are named to whom its authors say."""

from collections.abc import Mapping

from sinergia.packs.practices.fields import CONTACTS

EVERYBODY, MEMBERS = "everybody", "members"


def for_readers(values: Mapping[str, str], *, is_member: bool) -> dict[str, str]:
    """Texts without people who are not shown to this reader. is_member: has signed in.

    A person of whom nothing is said is shown to nobody.
    """
    open_to = {EVERYBODY, MEMBERS} if is_member else {EVERYBODY}
    return {
        path: text
        for path, text in values.items()
        if not path.startswith(f"{CONTACTS}/") or _said(values, path) in open_to
    }


def without_people(values: Mapping[str, str]) -> dict[str, str]:
    """Texts without anybody to ask: of an earlier text, where who was shown may not be any more."""
    return {path: text for path, text in values.items() if not path.startswith(f"{CONTACTS}/")}


def _said(values: Mapping[str, str], path: str) -> str:
    return values.get(f"{path.rpartition('/')[0]}/shown", "")
