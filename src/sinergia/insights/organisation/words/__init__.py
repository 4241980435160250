"""Organisations in words: their journeys, and what is open at those that closed."""
