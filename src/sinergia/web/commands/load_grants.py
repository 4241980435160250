"""`sinergia load grants`: a fund's table from the terminal, with progress and a report."""

from collections.abc import Mapping
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy

from sinergia.applications.actions import loads
from sinergia.applications.forms.loads import FIELD_NAMES
from sinergia.applications.reading import read_grants
from sinergia.applications.words import explain
from sinergia.base.tables.models import Load
from sinergia.base.tables.results import Tally
from sinergia.base.tables.running import ALONE, Told
from sinergia.base.tables.words import Wording
from sinergia.calls.models import Fund
from sinergia.calls.queries import fund_by
from sinergia.people.actions import command_person
from sinergia.web.commands.loading import Options, load_rows, run_in_turn

WORDING = Wording(gettext_lazy("Application"), explain, FIELD_NAMES)


def load_grants(file: Path, fund: str, mapping: Mapping[str, str], options: Options) -> int:
    """Load `file` for the fund of code `fund`; give the exit code."""
    known = fund_by(fund) or Fund(code=fund)

    def try_load(told: Told) -> Tally:
        return loads.try_load(read_grants(file, mapping, known.currency).rows, known, told=told)

    def load(told: Told) -> Load:
        rows = read_grants(file, mapping, known.currency).rows
        me, now = command_person(timezone.now()), timezone.now()
        offered = loads.offer_grants(
            file, fund, file_name=file.name, mapping=mapping, actor=me, now=now
        )
        return run_in_turn(
            offered,
            lambda: loads.run_load(offered, rows, actor=me, pace=ALONE, told=told),
            is_quiet=options.is_quiet,
        )

    return load_rows(file, WORDING, options, try_load=try_load, load=load)
