"""The key with which this installation signs what it reports to others."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from sinergia.engine import signing

SALT = "sinergia.practices.reports"


def own_key() -> str:
    """The public half, as others read it."""
    return signing.public_key(_seed())


def signature_of(content: bytes) -> str:
    """Sign these very bytes."""
    return signing.sign(content, _seed())


def _seed() -> bytes:
    """The secret half: made of the installation's own secret, kept nowhere else."""
    return salted_hmac(SALT, "ed25519", secret=settings.SECRET_KEY, algorithm="sha256").digest()
