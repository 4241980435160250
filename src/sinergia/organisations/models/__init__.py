"""Tables of the register, gathered where Django looks for them."""

from sinergia.organisations.models.card import (
    BankAccount,
    Card,
    FieldOfWork,
    FieldTheme,
    OrganisationField,
    OrganisationPlace,
    OrganisationTheme,
    Reach,
)
from sinergia.organisations.models.centre import (
    Acquaintance,
    Centre,
    CentreRegion,
    CentreStaff,
    Note,
    Official,
    SavedFilter,
)
from sinergia.organisations.models.contacts import Contact, ContactList, ListedContact, Post
from sinergia.organisations.models.doubles import (
    FormerKey,
    FormerName,
    Merge,
    MergedRow,
    Pair,
    Succession,
)
from sinergia.organisations.models.papers import Paper
from sinergia.organisations.models.register import (
    Change,
    Identifier,
    LegalForm,
    Organisation,
    RegisterCount,
)
from sinergia.organisations.models.sources import (
    Question,
    RegisterLoad,
    Source,
    SourceLayout,
    SourceRecord,
)
from sinergia.organisations.models.standing import Standing
from sinergia.organisations.models.team import Claim, Head, Membership

__all__ = [
    "Acquaintance", "BankAccount", "Card", "Centre", "CentreRegion", "CentreStaff", "Change",
    "Claim", "Contact", "ContactList", "FieldOfWork", "FieldTheme", "FormerKey", "FormerName",
    "Head", "Identifier", "LegalForm", "ListedContact", "Membership", "Merge", "MergedRow", "Note",
    "Official", "Organisation", "OrganisationField", "OrganisationPlace", "OrganisationTheme",
    "Pair", "Paper", "Post", "Question", "Reach", "RegisterCount", "RegisterLoad", "SavedFilter",
    "Source", "SourceLayout", "SourceRecord", "Standing", "Succession",
]  # fmt: skip
