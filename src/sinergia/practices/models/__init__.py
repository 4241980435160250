"""Practices, and who took them home."""

from sinergia.practices.models.adoption import Adoption, Descent, Letter
from sinergia.practices.models.practices import (
    Practice,
    PracticeAudience,
    PracticeFile,
    PracticeRevision,
    PracticeText,
)

__all__ = [
    "Adoption",
    "Descent",
    "Letter",
    "Practice",
    "PracticeAudience",
    "PracticeFile",
    "PracticeRevision",
    "PracticeText",
]
