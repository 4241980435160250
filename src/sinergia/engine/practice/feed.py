"""Practices as they go from one installation to another: the pages of a feed, in both directions.

`schema_of_feed` writes the JSON Schema of a page from the very types it is read into.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from sinergia.engine.practice.document import PRACTICE
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical_texts
from sinergia.engine.text import clean_line

FEED, CONTENT = "sinergia.practices/1", "practice/1"
PAGE = 50  # practices that our own feed gives at once
MOST_ITEMS = 200  # that a page of another installation may hold
MOST_CHARACTERS = 300_000  # of one practice
MOST_PATHS = 3_000  # texts of one practice
MOST_OCTETS = 4 * 1024 * 1024  # of a page of ours, below what is read of another's
LARGEST = 2**53 - 1

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256, hexadecimal")]
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def _lined(told: object) -> object:
    """What was typed elsewhere, on one line, without signs that nobody sees and no table keeps."""
    return clean_line(told) if isinstance(told, str) else told


def _sober(moment: datetime) -> datetime:
    if not EARLIEST <= moment.replace(tzinfo=UTC) < EARLIEST.replace(year=9000):
        raise ValueError("no moment of a practice")
    return moment


Line = BeforeValidator(_lined)
Address = Annotated[str, Field(max_length=500, pattern="^https?://"), Line]
Number = Annotated[int, Field(ge=0, le=LARGEST)]
Words = Annotated[str, Field(max_length=500), Line]
Moment = Annotated[AwareDatetime, AfterValidator(_sober)]
Path = Annotated[str, Field(max_length=120)]


class Strict(BaseModel):
    """What is read whole; names that are not known here are passed over, for later versions."""

    model_config = ConfigDict(frozen=True, strict=False, extra="ignore")


class Authors(Strict):
    """The organisation whose practice it is, as its home shows it to everybody."""

    name: Words
    address: Address


class Place(Strict):
    """The region of its authors. code: ISO 3166-2 where there is one."""

    code: Annotated[str, Field(max_length=10), Line]
    name_ru: Words
    name_en: Words = ""


class Content(Strict):
    """What everybody reads of a practice, text by path; people to ask are left at home."""

    schema_: Annotated[Literal["practice/1"], Field(alias="schema")]
    values: dict[Path, str]


class Item(Strict):
    """A practice that is in the catalogue of its home, or one that is there no more.

    number: of its last change; a later change has a greater one. Of one that was withdrawn, nothing
    below `state` is told. hash: SHA-256 of the canonical JSON (RFC 8785) of `content`.
    """

    key: UUID
    number: Annotated[int, Field(ge=1, le=LARGEST)]
    changed_at: Moment
    address: Address
    state: Literal["published", "withdrawn"]
    hash: Hash | Literal[""] = ""
    licence: Annotated[str, Field(max_length=40), Line] = ""
    published_at: Moment | None = None
    authors: Authors | None = None
    region: Place | None = None
    evidence: Annotated[int, Field(ge=0, le=4)] = 0
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "RUB"
    content: Content | None = None


class Page(Strict):
    """Changes in their order, the oldest first, from the one behind `after` of the address on.

    after: number of the last one here; last: of the last one there is; next: where it goes on, none
    at the end. key: Ed25519, base64, with which this installation signs what it reports.
    """

    schema_: Annotated[Literal["sinergia.practices/1"], Field(alias="schema")]
    site: Address
    name: Words
    key: Annotated[str, Field(max_length=64)]
    items: Annotated[list[Item], Field(max_length=MOST_ITEMS)]
    after: Number
    last: Number
    next: Address | None = None


def schema_of_feed() -> dict[str, Any]:
    """The JSON Schema of a page, as it is served and stands in the documentation."""
    told = Page.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | told


def hash_of(values: dict[str, str]) -> str:
    """SHA-256 of the canonical JSON of what stands in a practice."""
    return sha256(canonical_texts(CONTENT, values)).hexdigest()


def read_feed(told: bytes, *, origin: str, after: int) -> Page:
    """Read a page that was asked for at `origin`, behind the number `after`.

    Raises Refused for what is no page, speaks of another site, goes round in a circle, or lies
    about what it holds: a page is taken whole or not at all.
    """
    try:
        page = Page.model_validate_json(told)
    except (ValidationError, RecursionError) as error:
        raise Refused([Gap("feed.no_feed", values={"place": _place(error)})]) from error
    for address in (page.site, page.next or page.site, *(one.address for one in page.items)):
        if origin_of(address) != origin:
            values = {"said": origin_of(address)[:200], "read": origin}
            raise Refused([Gap("feed.other_site", values=values)])
    _check_order(page, after)
    for item in page.items:
        _check(item)
    return page


def origin_of(address: str) -> str:
    """Scheme, host and port of an address, in small letters; "" of what is no address."""
    try:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}".lower() if parts.hostname else ""
    except ValueError:
        return ""


def cleaned(content: Content) -> dict[str, str]:
    """The texts that a practice has here, each as it would be kept if it were typed here."""
    paths = ((PRACTICE.parse(path), path, text) for path, text in content.values.items())
    told = {name: PRACTICE.clean(path, text) for path, name, text in paths if path is not None}
    return {name: text for name, text in told.items() if text}


def is_large(values: Mapping[str, str]) -> bool:
    """Whether this is more than a feed carries of one practice."""
    return len(values) > MOST_PATHS or sum(map(len, values.values())) > MOST_CHARACTERS


def item_of(told: dict[str, object]) -> dict[str, object]:
    """An item as it stands in a page, dates and all; raises ValidationError for our own faults."""
    return Item.model_validate(told).model_dump(mode="json", by_alias=True)


def _check_order(page: Page, after: int) -> None:
    numbers = [after, *(one.number for one in page.items)]
    is_rising = all(one < other for one, other in pairwise(numbers))
    is_whole = page.after == numbers[-1] and (page.items or page.next is None)
    keys = {one.key for one in page.items}
    if not (is_rising and is_whole and len(keys) == len(page.items)):
        raise Refused([Gap("feed.in_a_circle")])


def _check(item: Item) -> None:
    if item.state == "withdrawn":
        return
    values = item.content.values if item.content is not None else {}
    named = {"practice": str(item.key)}
    if is_large(values):
        raise Refused([Gap("feed.item_large", values=named)])
    if item.content is None or not cleaned(item.content).get("title"):
        raise Refused([Gap("feed.no_title", values=named)])
    try:
        is_true = hash_of(values) == item.hash
    except UnicodeEncodeError:  # half of a sign, which JSON can write and no text can hold
        is_true = False
    if not is_true:
        raise Refused([Gap("feed.lies", values=named)])


def _place(error: Exception) -> str:
    """Where in the page it failed, as far as it is known."""
    faults: Sequence[Any] = error.errors() if isinstance(error, ValidationError) else []
    return ".".join(str(part) for part in faults[0]["loc"])[:100] if faults else ""
