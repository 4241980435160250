"""Rules of files: the only general addresses are those to which one sends own files in pieces."""

from datetime import timedelta

from django.utils import timezone

from sinergia.base.files.models import DOCUMENT, Upload
from tests.house.matrix.rule import Rule, answers
from tests.house.matrix.world import World

RULES: dict[str, Rule] = {
    # Signed in, but nothing is said of the file.
    "files:begin": Rule(answers(422, others=422), "post"),
    "files:upload": Rule(answers(200, "leader", others=404), names={"key": "upload"}, is_file=True),
}


def samples(world: World) -> dict[str, str]:
    """One upload under way, the leader's own."""
    now = timezone.now()
    upload = Upload.objects.create(
        actor_key=world.people["leader"].key,
        purpose=DOCUMENT.code,
        name="charter.pdf",
        size=1000,
        made_at=now,
        ends_at=now + timedelta(hours=1),
    )
    return {"upload": str(upload.key)}
