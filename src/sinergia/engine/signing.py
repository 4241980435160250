"""Signing what is sent to another installation: Ed25519 (RFC 8032), keys and signatures in base64.

Both sides hold no common secret: whoever reads a report needs the sender's public key alone.
"""

from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def public_key(seed: bytes) -> str:
    """The public key of a secret of 32 bytes."""
    return b64encode(_private(seed).public_key().public_bytes_raw()).decode()


def sign(content: bytes, seed: bytes) -> str:
    """Sign these very bytes."""
    return b64encode(_private(seed).sign(content)).decode()


def is_signed(content: bytes, signature: str, key: str) -> bool:
    """Whether the holder of a public key signed these very bytes; junk was signed by nobody."""
    try:
        known = Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True))
        known.verify(b64decode(signature, validate=True), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)
