"""What accounts hold about a person, as lines; secrets are named, not shown."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from sinergia.base.journal.queries import details_told
from sinergia.base.ui.templatetags.figures import moment
from sinergia.people.models import Invitation, Person
from sinergia.people.queries.consents import consents_of

Titled = tuple[str, list[str]]


def held_about(person: Person, mailboxes: list[EmailAddress]) -> list[Titled]:
    """Each kind of rows of accounts with its title, in the reader's language."""
    return [
        (_("Account"), _account(person)),
        (_("Addresses"), _addresses(person, mailboxes)),
        (_("Ways to prove yourself (secrets are not shown)"), _factors(person)),
        (_("Sessions: where you signed in"), _sessions(person)),
        (_("Consents"), _consents(person)),
        (_("Invitations"), _invitations(person, addresses_among(person, mailboxes))),
    ]


def mailboxes_of(person: Person) -> list[EmailAddress]:
    """The rows of a person's addresses: the account's and those being confirmed."""
    return list(EmailAddress.objects.filter(user=person).order_by("pk"))


def addresses_of(person: Person) -> list[str]:
    """Every address of a person, as it is written."""
    return addresses_among(person, mailboxes_of(person))


def addresses_among(person: Person, mailboxes: list[EmailAddress]) -> list[str]:
    """The same of rows that are read already."""
    return sorted({person.email, *(row.email.casefold() for row in mailboxes)})


def addresses_to_erase(person: Person) -> list[str]:
    """The same and those they gave up, for erasing alone: a former address proves nothing.

    One that another account has taken up since is theirs, with what went there.
    """
    mine, former = addresses_of(person), former_addresses_of(person)
    taken = EmailAddress.objects.filter(email__in=former).exclude(user=person)
    others = {*taken.values_list("email", flat=True)}
    others |= {*Person.objects.filter(email__in=former).values_list("email", flat=True)}
    return sorted({*mine, *former} - (others - {*mine}))


def former_addresses_of(person: Person) -> list[str]:
    """Addresses that a person gave up for others, from the erasable part of the journal."""
    about = ("people.person", person.key)
    return sorted(set(details_told(about, "person.address_changed", "from")))


def _account(person: Person) -> list[str]:
    password = _("set (only its digest is kept)") if person.has_usable_password() else _("none")
    lines = {
        _("Name"): person.name,
        _("E-mail"): person.email,
        _("Language"): dict(settings.LANGUAGES).get(person.language, person.language),
        _("Password"): password,
        _("Made"): moment(person.made_at),
        _("Signed in last"): moment(person.last_login),
        _("Administrator of the site"): _("yes") if person.is_administrator else _("no"),
        _("Second proof is asked"): _("yes") if person.must_use_mfa else _("no"),
        _("Random key in the journal"): str(person.key),
    }
    return [f"{label}: {value}" for label, value in lines.items()]


def _addresses(person: Person, mailboxes: list[EmailAddress]) -> list[str]:
    now = [
        f"{row.email}: {_('confirmed') if row.verified else _('not confirmed')}"
        for row in mailboxes
    ]
    return now + [f"{email}: {_('your address before')}" for email in former_addresses_of(person)]


def _factors(person: Person) -> list[str]:
    rows = Authenticator.objects.filter(user=person).order_by("pk")
    names = {
        Authenticator.Type.TOTP: _("App with codes"),
        Authenticator.Type.RECOVERY_CODES: _("Spare codes"),
    }
    told = [(names.get(row.type) or f"{_('Passkey')} “{row}”", row.created_at) for row in rows]
    return [f"{name}: {moment(at)}" for name, at in told]


def _sessions(person: Person) -> list[str]:
    rows = UserSession.objects.filter(user=person).order_by("-pk")
    return [f"{moment(row.created_at)}: {row.ip}, {row.user_agent}" for row in rows]


def _consents(person: Person) -> list[str]:
    lines = []
    for one in consents_of(person):
        ended = f" — {moment(one.withdrawn_at)}" if one.withdrawn_at else ""
        version = _("version %d") % one.text.version
        what = f"{one.get_purpose_display()}, {version}, {one.get_how_display()}"
        lines.append(f"{what}: {moment(one.given_at)}{ended}")
    return lines


def _invitations(person: Person, addresses: list[str]) -> list[str]:
    mine = Q(invited_by=person) | Q(taken_by=person) | Q(email__in=addresses)
    rows = Invitation.objects.filter(mine).order_by("-pk")
    return [f"{moment(row.made_at)}: {row.kind}, {row.role}, {row.email or '—'}" for row in rows]
