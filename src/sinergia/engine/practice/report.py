"""What the home of a practice is told of its adoption elsewhere: the least there is to tell."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, ValidationError

from sinergia.engine.practice.feed import Address, Number, Strict, Words, origin_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical
from sinergia.engine.signing import is_signed

REPORT = "sinergia.adoption/1"
LONGEST = 16_000  # octets
GONE = "gone"  # the state of one of which nothing is to be told any more


class Report(Strict):
    """An adoption as its installation tells it. number: a later report has a greater one.

    site: whose key signed it, `key`; practice: by its key at home; adoption: by its key there;
    address: of the organisation's public page, "" where it has none.
    """

    schema_: Annotated[Literal["sinergia.adoption/1"], Field(alias="schema")]
    site: Address
    key: Annotated[str, Field(max_length=64)]
    home: Address
    practice: UUID
    adoption: UUID
    number: Annotated[Number, Field(ge=1, le=1_000_000)]
    state: Literal["intended", "running", "proven", "dropped", "gone"]
    since: date
    organisation: Words
    region: Words = ""
    address: Address | Literal[""] = ""


def written_report(told: dict[str, object]) -> bytes:
    """The bytes that are signed and sent: canonical JSON (RFC 8785)."""
    return canonical(Report.model_validate(told).model_dump(mode="json", by_alias=True))


def read_report(content: bytes, signature: str, *, home: str) -> Report:
    """Read what was sent to `home`. Raises Refused where it is no report, or not signed by its key.

    Whether that is the key of its site, the site alone can say.
    """
    try:
        report = Report.model_validate_json(content)
    except (ValidationError, RecursionError) as error:
        raise Refused([Gap("report.no_report")]) from error
    if not is_signed(content, signature, report.key):
        raise Refused([Gap("report.not_signed")])
    if origin_of(report.home) != origin_of(home):
        raise Refused([Gap("report.other_home")])
    # A site with a path could be one that leads on, and another would answer for it.
    is_bare = report.site.rstrip("/").lower() == origin_of(report.site)
    if not is_bare or (report.address and origin_of(report.address) != origin_of(report.site)):
        raise Refused([Gap("report.other_site")])
    return report
