"""Tables of grants, gathered where Django looks for them."""

from sinergia.grants.models.agreement import (
    AgreementTemplate,
    Condition,
    Grant,
    GrantPaper,
    Plan,
)
from sinergia.grants.models.changes import (
    Change,
    ChangeText,
)
from sinergia.grants.models.closing import (
    Closing,
    Result,
)
from sinergia.grants.models.joining import (
    Attendance,
    DiaryEntry,
    DiaryPicture,
    JoinedAgain,
    Joiner,
    JoinerParent,
    ProjectPage,
    Role,
)
from sinergia.grants.models.money import (
    Period,
    Transfer,
)
from sinergia.grants.models.reports import (
    Report,
    ReportFile,
    ReportRemark,
    ReportReminder,
    ReportText,
    ReportVersion,
    Spending,
)

__all__ = [
    "AgreementTemplate",
    "Attendance",
    "Change",
    "ChangeText",
    "Closing",
    "Condition",
    "DiaryEntry",
    "DiaryPicture",
    "Grant",
    "GrantPaper",
    "JoinedAgain",
    "Joiner",
    "JoinerParent",
    "Period",
    "Plan",
    "ProjectPage",
    "Report",
    "ReportFile",
    "ReportRemark",
    "ReportReminder",
    "ReportText",
    "ReportVersion",
    "Result",
    "Role",
    "Spending",
    "Transfer",
]
