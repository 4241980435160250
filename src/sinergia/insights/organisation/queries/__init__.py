"""Organisations seen along the thread: the register with its facets, and one card."""

from sinergia.insights.organisation.queries.card import Card, Line, card_of
from sinergia.insights.organisation.queries.filters import FILED, OrganisationFilter, Reader
from sinergia.insights.organisation.queries.rows import found

__all__ = ["FILED", "Card", "Line", "OrganisationFilter", "Reader", "card_of", "found"]
