"""Documents that confirm a submission."""

from datetime import datetime

from sinergia.applications.models import Submission
from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.http import accept
from sinergia.base.files.models import SIGNED, Upload
from sinergia.packs.rules.frozen import thawed
from sinergia.people.models import Person
from tests.arrange import NOON
from tests.arrange_rules import rewrite_rules
from tests.base.sent_files import a_pdf, a_signature


def a_scan(actor: Person, name: str = "scan.pdf", *, now: datetime = NOON) -> Upload:
    content = a_signature() if name.endswith(("sig", "p7s")) else a_pdf()
    upload = begin_upload(SIGNED, name=name, size=len(content), actor=actor, now=now)
    return accept(fill_upload(upload, [content]), now=now)


def sign(submission: Submission, *ways: str, within_days: int = 0) -> Submission:
    """The submission as if its rules asked for these ways."""
    kept = submission.frozen.rules
    rules = thawed(bytes(kept.content))
    signing = rules.signing.model_copy(update={"ways": ways, "within_days": within_days})
    rewrite_rules(kept, rules.model_copy(update={"signing": signing}))
    return Submission.objects.get(pk=submission.pk)
