"""The catalogue is kept of every message of the code, wherever it stands."""

from pathlib import Path

from tools.messages import messages_in


def test_a_message_is_found_inside_a_string_too(tmp_path: Path) -> None:
    file = tmp_path / "words.py"
    file.write_text("""
told = f"{_('Paid')} {pgettext('of a row', 'Late')!r}"
said = _("Signed")
""")

    found = {(one.context, one.text) for one in messages_in(file)}

    assert found == {(None, "Paid"), ("of a row", "Late"), (None, "Signed")}
