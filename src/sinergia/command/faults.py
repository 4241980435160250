"""What a person is told in one line where a file cannot be used."""


class Unusable(Exception):  # noqa: N818  # it is an answer to a person
    """A file that cannot be used. Its text is the line."""
