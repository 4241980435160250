"""What the columns of a list of organisations are called, for pages and papers."""

from django.utils.translation import gettext_lazy as _

FIELD_NAMES = {
    "ogrn": _("OGRN"),
    "inn": _("INN"),
    "kpp": _("KPP"),
    "name": _("Full name"),
    "short_name": _("Short name"),
    "region": _("Region"),
    "municipality": _("Municipality"),
    "oktmo": _("OKTMO"),
    "legal_form_code": _("OKOPF code"),
    "legal_form": _("Legal form"),
    "status": _("Status"),
    "registered_on": _("Date of registration"),
    "closed_on": _("Date of closing"),
    "address": _("Address"),
    "site": _("Site"),
    "field": _("Field of work"),
    "link": _("Page in a network"),
}
# Our own template: what is written in a column, and how it may look.
FIELD_NOTES = {
    "ogrn": (_("13 digits, as text: a table takes a long number for a figure"), "1127800004914"),
    "inn": (_("10 digits, as text: a table loses the first zero"), "0411137185"),
    "kpp": (_("9 signs; may stay empty"), "780101001"),
    "name": (_("By the charter"), _("Autonomous non-profit organisation “Light of the village”")),
    "short_name": (_("By the charter; may stay empty"), _("ANO “Light of the village”")),
    "region": (_("Its full name; it may stay empty where all rows are of one"), ""),
    "municipality": (_("Town or district; not needed where there is an OKTMO"), ""),
    "oktmo": (_("8 or 11 digits; says the municipality surely"), "65701000001"),
    "legal_form_code": (_("5 digits of the classifier"), "71400"),
    "legal_form": (_("In words, where there is no code"), ""),
    "status": (_("Active, in liquidation, closed …"), _("Active")),
    "registered_on": (_("Day, month, year"), "17.06.2014"),
    "closed_on": (_("Only of a closed one"), ""),
    "address": (_("As in the state’s register"), ""),
    "site": (_("Without “http”"), "light.example"),
    "field": (_("Several are parted by semicolons"), _("Sport; Ecology")),
    "link": (_("Address of a page in a network"), "vk.com/light"),
}
