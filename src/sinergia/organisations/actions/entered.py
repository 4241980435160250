"""The row of an organisation that is entered: all its columns, without an object of the model."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID


class Entered(NamedTuple):
    """Its fields are the columns of the table; they are read by the names of the model's.

    A load enters hundreds of thousands, and needs none of them for more than its words, its place
    in the cube and its number.
    """

    id: int
    key: UUID
    name: str
    name_folded: str
    short_name: str
    kind: str
    is_public: bool
    region_id: int | None
    municipality_id: int | None
    legal_form_id: int | None
    status: str
    registered_on: date | None
    closed_on: date | None
    address: str
    site: str
    site_key: str
    made_at: datetime
    applications_count: int = 0
    won_count: int = 0

    @property
    def pk(self) -> int:
        """The register's number of the organisation."""
        return self.id
