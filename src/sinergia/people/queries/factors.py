"""How second factors are read; their secrets stay where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.crypto import constant_time_compare, salted_hmac

from sinergia.people.models import Person

Type = Authenticator.Type


@dataclass(frozen=True)
class Factor:
    """One way to prove oneself. kind: totp, webauthn or recovery_codes.

    name: how an address calls it; title: what its owner called it; left: spare codes unused.
    """

    kind: str
    name: str
    title: str
    made_at: datetime
    used_at: datetime | None
    left: int = 0


@dataclass(frozen=True)
class Factors:
    """Everything a person has set up."""

    app: Factor | None
    passkeys: Sequence[Factor]
    spare: Factor | None

    @property
    def is_set_up(self) -> bool:
        """Whether there is an app or a passkey; spare codes alone are none."""
        return bool(self.app or self.passkeys)


def factors_of(person: Person) -> Factors:
    """What a person has set up, oldest passkey first; one query."""
    rows = Authenticator.objects.filter(user=person).order_by("created_at", "pk")
    read = [_factor(row) for row in rows]
    by_kind = {factor.kind: factor for factor in read}
    passkeys = [factor for factor in read if factor.kind == Type.WEBAUTHN]
    return Factors(by_kind.get(Type.TOTP), passkeys, by_kind.get(Type.RECOVERY_CODES))


def passkey_named(person: Person, name: str) -> Authenticator | None:
    """Find one of a person's own passkeys by the name that addresses use."""
    theirs = Authenticator.objects.filter(user=person, type=Type.WEBAUTHN)
    return next((key for key in theirs if constant_time_compare(_name(key), name)), None)


def _factor(row: Authenticator) -> Factor:
    kind = str(row.type)
    return Factor(
        kind=kind,
        name=_name(row),
        title=str(row.wrap().name) if kind == Type.WEBAUTHN else "",
        made_at=row.created_at,
        used_at=row.last_used_at,
        left=len(row.wrap().get_unused_codes()) if kind == Type.RECOVERY_CODES else 0,
    )


def _name(row: Authenticator) -> str:
    return salted_hmac("people.passkey", str(row.pk)).hexdigest()[:32]
