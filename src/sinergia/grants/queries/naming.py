"""What terms of the filter of grants are called."""

from django.utils.translation import gettext_lazy as _

from sinergia.grants.queries.listing import OVERDUE, REPORT_LATE, SIGN_LATE, TO_CLOSE

TERM_WORDS = {
    OVERDUE: _("Overdue"),
    SIGN_LATE: _("Signing is overdue"),
    REPORT_LATE: _("A report is overdue"),
    TO_CLOSE: _("May be closed"),
}
