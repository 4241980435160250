"""Tables of review, gathered where Django looks for them."""

from sinergia.review.models.commission import (
    Commission,
    Item,
    Member,
    Presence,
    Recusal,
    Sitting,
    Vote,
)
from sinergia.review.models.course import (
    Course,
    Exclusion,
    Flag,
)
from sinergia.review.models.decision import (
    Archive,
    Award,
    Publication,
)
from sinergia.review.models.experts import (
    Conflict,
    Expert,
    Statement,
)
from sinergia.review.models.following import (
    Chosen,
    ExpertSalt,
    ResultLetter,
    RevisedBudget,
)
from sinergia.review.models.objections import Objection
from sinergia.review.models.sheets import (
    Assignment,
    Examination,
    Ruling,
    Score,
    Sheet,
    SheetText,
    SignedSheet,
)

__all__ = [
    "Archive",
    "Assignment",
    "Award",
    "Chosen",
    "Commission",
    "Conflict",
    "Course",
    "Examination",
    "Exclusion",
    "Expert",
    "ExpertSalt",
    "Flag",
    "Item",
    "Member",
    "Objection",
    "Presence",
    "Publication",
    "Recusal",
    "ResultLetter",
    "RevisedBudget",
    "Ruling",
    "Score",
    "Sheet",
    "SheetText",
    "SignedSheet",
    "Sitting",
    "Statement",
    "Vote",
]
