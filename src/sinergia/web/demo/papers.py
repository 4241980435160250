"""Papers of the demo as files: small, real, and of nobody."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from sinergia.base.tables.paper import font_folder

TEMPLATE = Path(__file__).parent / "words" / "paper.typ"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet."""

    organisation: str
    heading: str
    number: str  # and the day, as one line; "" for none
    lines: Sequence[str]
    foot: str = "Вымышленный документ для знакомства с системой"


def pdf_of(sheet: Sheet) -> bytes:
    """Set a sheet on A4."""
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(asdict(sheet), ensure_ascii=False)},
        format="pdf",
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made
