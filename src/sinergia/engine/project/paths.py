"""Paths of a project's fields, as `engine.drafts` reads them."""

from sinergia.engine.drafts import Fields
from sinergia.packs.rules.fields import ANSWERS, FIELDS, ROWS

PROJECT = Fields(FIELDS, ROWS, ANSWERS)
parse_path = PROJECT.parse
