"""Practices, and who took them home."""

from sinergia.practices.models.adoption import Adoption, Descent, Letter
from sinergia.practices.models.checking import Check, Remark, Withdrawal
from sinergia.practices.models.feeds import (
    AdoptionReport,
    Change,
    Feed,
    ForeignPractice,
    LastChange,
    ReportedAdoption,
)
from sinergia.practices.models.practices import (
    PassportAsk,
    Practice,
    PracticeAudience,
    PracticeFile,
    PracticeRevision,
    PracticeText,
)

__all__ = [
    "Adoption",
    "AdoptionReport",
    "Change",
    "Check",
    "Descent",
    "Feed",
    "ForeignPractice",
    "LastChange",
    "Letter",
    "PassportAsk",
    "Practice",
    "PracticeAudience",
    "PracticeFile",
    "PracticeRevision",
    "PracticeText",
    "Remark",
    "ReportedAdoption",
    "Withdrawal",
]
