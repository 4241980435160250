"""Tables of exchange, gathered where Django looks for them."""

from sinergia.exchange.models.commitments import Commitment, CommitmentTurn, Feedback
from sinergia.exchange.models.following import (
    Asked,
    CommitmentReminder,
    FeedbackAsked,
    ReportVersion,
)
from sinergia.exchange.models.press import (
    PhotoPerson,
    PressSentence,
    PressVersion,
    PublicItem,
    Quote,
    VisitConsent,
)
from sinergia.exchange.models.programmes import (
    Aim,
    PartnershipAgreement,
    Party,
    Programme,
    ProgrammePlace,
)
from sinergia.exchange.models.sessions import (
    Attendance,
    Confirmation,
    Session,
    SessionNote,
    SessionPhoto,
    SessionPractice,
    SessionTheme,
)
from sinergia.exchange.models.told import ProgrammeStep, ProgrammeVersion, SessionBefore
from sinergia.exchange.models.visits import (
    Delegate,
    DelegateWish,
    Organiser,
    Travel,
    Visit,
    VisitCourse,
)

__all__ = [
    "Aim",
    "Asked",
    "Attendance",
    "Commitment",
    "CommitmentReminder",
    "CommitmentTurn",
    "Confirmation",
    "Delegate",
    "DelegateWish",
    "Feedback",
    "FeedbackAsked",
    "Organiser",
    "PartnershipAgreement",
    "Party",
    "PhotoPerson",
    "PressSentence",
    "PressVersion",
    "Programme",
    "ProgrammePlace",
    "ProgrammeStep",
    "ProgrammeVersion",
    "PublicItem",
    "Quote",
    "ReportVersion",
    "Session",
    "SessionBefore",
    "SessionNote",
    "SessionPhoto",
    "SessionPractice",
    "SessionTheme",
    "Travel",
    "Visit",
    "VisitConsent",
    "VisitCourse",
]
