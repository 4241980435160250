"""Every change of messages."""

from sinergia.notices.actions.erasing import erase_personal_data_of, tidy_messages
from sinergia.notices.actions.mailings import (
    Addressee,
    draft_mailing,
    drop_mailing,
    rewrite_mailing,
    send_mailing,
)
from sinergia.notices.actions.notices import (
    Message,
    choose,
    give_receipt,
    see,
    see_about,
    see_all,
    see_unless_of,
    tell,
    tell_urgently,
)
from sinergia.notices.actions.phoning import forget_phoned, note_phoned, try_recipient_again

__all__ = [
    "Addressee",
    "Message",
    "choose",
    "draft_mailing",
    "drop_mailing",
    "erase_personal_data_of",
    "forget_phoned",
    "give_receipt",
    "note_phoned",
    "rewrite_mailing",
    "see",
    "see_about",
    "see_all",
    "see_unless_of",
    "send_mailing",
    "tell",
    "tell_urgently",
    "tidy_messages",
    "try_recipient_again",
]
