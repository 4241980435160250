import pytest

from sinergia.base.tables.export import Value, csv_lines
from sinergia.base.tables.sent import (
    KINDS,
    TABLES,
    file_response,
    streamed_file,
    streamed_table,
    table_response,
)

HEAD = ["Name", "Sum"]
ROWS: list[list[Value]] = [["Вишня", 3]]


@pytest.mark.parametrize("form", TABLES)
def test_a_table_is_saved_whole_or_line_by_line_with_the_same_head(form: str) -> None:
    whole = table_response(f"people.{form}", HEAD, ROWS, sheet="People")
    long = streamed_table(f"people.{form}", HEAD, ROWS, sheet="People")

    assert whole["Content-Disposition"] == f'attachment; filename="people.{form}"'
    assert whole["Content-Type"] == KINDS[form]
    assert whole.headers == long.headers
    assert (whole.streaming, long.streaming) == (False, form == "csv")
    assert form == "xlsx" or whole.content == b"".join(csv_lines(HEAD, ROWS))


def test_a_paper_is_looked_at_and_a_name_of_another_script_is_kept() -> None:
    shown = file_response(b"%PDF", "certificate.pdf", is_inline=True)
    named = streamed_file([b"PK"], "вишня.zip")

    assert shown["Content-Disposition"] == 'inline; filename="certificate.pdf"'
    assert shown["Content-Type"] == "application/pdf"
    assert named["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%B2")
