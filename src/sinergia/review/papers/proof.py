"""The proof of an assignment as files that `sinergia engine check-assignment` reads."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from sinergia.review.queries.proposals import Proposal

COMMAND = (
    "sinergia engine check-assignment task.npz --assignment pairs.csv --prices prices.csv "
    "--needs needs.csv --loads loads.csv --reviews 1 --max-load 1\n"
)


def proof_zip(proposal: Proposal) -> bytes:
    """Affinities and conflicts of all pairs, who reads what, prices, bounds, and the command."""
    task, names = proposal.task, (proposal.applications, proposal.experts)
    arrays = BytesIO()
    np.savez_compressed(
        arrays,
        affinity=task.affinity.astype(np.int16),
        conflict=~task.allowed,
        applications=np.array(names[0], dtype=str),
        experts=np.array(names[1], dtype=str),
    )
    pairs = [
        (names[0][one.application], names[1][one.expert], one.parts.total)
        for one in proposal.readings
    ]
    loads = zip(names[1], task.min_load.tolist(), task.max_load.tolist(), strict=True)
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]] = {
        "pairs.csv": (("application", "expert", "affinity"), pairs),
        "prices.csv": (("expert", "price"), zip(names[1], proposal.prices, strict=True)),
        "needs.csv": (
            ("application", "reviews"),
            zip(names[0], task.reviews.tolist(), strict=True),
        ),
        "loads.csv": (("expert", "least", "most"), loads),
    }
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as told:
        told.writestr("task.npz", arrays.getvalue())
        for name, (head, rows) in tables.items():
            told.writestr(name, _csv(head, rows))
        told.writestr("CHECK.txt", COMMAND)
    return target.getvalue()


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    return text.getvalue()
