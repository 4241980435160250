"""A correction of frozen rules on its way from the page that shows it to the one that keeps it."""

from dataclasses import asdict, dataclass
from hashlib import sha256

from django.core import signing

SALT = "calls.correction"


@dataclass(frozen=True)
class Looked:
    """A correction that was looked at, and is kept nowhere yet.

    contest: its key. content: canonical rules. seen: the digest of those beside which they were.
    """

    contest: str
    content: str
    reason: str
    seen: str

    def is_beside(self, digest: str) -> bool:
        """Whether the rules stand as they were seen, or are these by now: pressed twice."""
        return digest in (self.seen, sha256(self.content.encode()).hexdigest())

    def signed(self) -> str:
        """As a form carries it: nobody changes what was shown."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def looked_at(text: str, contest: str) -> Looked | None:
    """What a form of this contest has carried; none where that was not signed here."""
    try:
        found = Looked(**signing.loads(text, salt=SALT))
    except signing.BadSignature:
        return None
    return found if found.contest == contest else None
