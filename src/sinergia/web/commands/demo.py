"""`sinergia demo`: an installation of invented regions, made by the same actions as a real one."""

import os
from typing import Annotated

import typer
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.places.queries import regions
from sinergia.web.commands.preparing import prepare
from sinergia.web.commands.progress import progress
from sinergia.web.commands.restore import finish
from sinergia.web.commands.serve import refuse_port, start
from sinergia.web.commands.telling import forget_demo, note_told, steps_of, was_begun, was_told
from sinergia.web.commands.terminal import Failure, say
from sinergia.web.demo.story import tell

SEED = 2026
SIZES = ("small", "large")


def demo(
    size: Annotated[str, typer.Option("--size")] = "small",
    port: Annotated[int, typer.Option("--port")] = 8000,
    reset: Annotated[bool, typer.Option("--reset")] = False,  # noqa: FBT002  # a switch
) -> None:
    """Make the demo where it is not made yet, then serve it."""
    if size not in SIZES:
        raise ValidationError(_("--size is small or large."))
    refuse_port("127.0.0.1", port)
    if reset:
        forget_demo()
    finish()
    prepare()
    if not was_told():
        _make(is_large=size == "large")
    settings.IS_DEMO = True
    os.environ["SINERGIA_DEMO"] = "1"
    start(host="127.0.0.1", port=port)


def _make(*, is_large: bool) -> None:
    """Tell the whole story; broken off, it goes on where it was at the next start."""
    if regions().exists() and not was_begun():
        raise Failure(
            _("These are somebody’s own data: choose another folder with SINERGIA_DATA_DIR.")
        )
    say(_("Inventing two regions, their organisations and contests."))
    steps = steps_of(tell(SEED, is_large=is_large), now=timezone.now())
    with progress(_("Making the demo")) as told:
        for done, step in enumerate(steps, start=1):
            step()
            told(done, len(steps))
    note_told()


COMMANDS = (demo,)
