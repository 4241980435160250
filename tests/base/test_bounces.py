from uuid import UUID

import pytest

from sinergia.base.letters.reading import Bounce, NoReport, read_bounces
from tests.base.reports import HEAD, WHOLE, a_report

KEY = UUID("1e0b2f6a-8a53-4b8e-9a3b-0a4f3ad1c0de")


@pytest.mark.parametrize("returned", [WHOLE, HEAD])
def test_a_report_names_the_letter_by_our_message_id(returned: str) -> None:
    report = a_report("anna@example.org", key=KEY, returned=returned)

    assert read_bounces(report) == [Bounce("anna@example.org", "5.1.1", KEY)]


def test_each_address_of_a_report_is_read_and_the_one_we_wrote_to_goes_first() -> None:
    report = a_report("far@example.net", "away@example.net", original="anna@example.org")

    assert read_bounces(report) == [Bounce("anna@example.org", "5.1.1", None)] * 2


@pytest.mark.parametrize(
    ("status", "action"),
    [
        ("4.4.1", "delayed"),
        ("4.2.2", "failed"),
        ("2.0.0", "delivered"),
        ("5.1.1", "delayed"),
        ("", ""),
    ],
)
def test_what_did_not_fail_for_good_is_left_alone(status: str, action: str) -> None:
    assert read_bounces(a_report("anna@example.org", status=status, action=action, key=KEY)) == []


@pytest.mark.parametrize("crlf", [False, True])
@pytest.mark.parametrize("letter", [b"", b"\0\xff" * 500, b"Subject: Hello\n\nStatus: 5.1.1\n"])
def test_what_is_no_report_is_told_apart(letter: bytes, crlf: bool) -> None:
    with pytest.raises(NoReport):
        read_bounces(letter.replace(b"\n", b"\r\n") if crlf else letter)


@pytest.mark.parametrize("cut", range(0, 700, 23))
def test_a_report_that_is_cut_anywhere_is_read_as_far_as_it_goes(cut: int) -> None:
    whole = a_report("anna@example.org", key=KEY)

    try:
        found = read_bounces(whole[:cut])
    except NoReport:
        found = []

    assert {bounce.status for bounce in found} <= {"5.1.1"}


def test_bytes_that_are_no_text_in_a_report_do_no_harm() -> None:
    report = a_report("анна@example.org", key=KEY).replace(b"5.1.1", b"5.1.1 \xff\xfe")

    assert [bounce.letter for bounce in read_bounces(report)] == [KEY]
