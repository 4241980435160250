"""`sinergia feed`: each answer is one line, each fault too, with the right exit code."""

import pytest

from tests.commands.installation import Installation
from tests.practices.arrange_feeds import a_home

NEAR = {"SINERGIA_FEEDS_NEAR": "1"}


def test_a_feed_is_added_listed_read_and_removed(prepared: Installation) -> None:
    with a_home() as home:
        home.publish()
        done = [
            prepared.run("feed", *words, **NEAR)
            for words in (["list"], ["add", home.site], ["list"], ["pull"], ["remove", home.site])
        ]
        address = f"{home.site}/practices/feed.json"

    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 5
    told = [one.stdout for one in done]
    assert told[0] == "No feed is read.\n"
    assert told[1] == f"{address}: 1 came or changed, 0 left.\n"
    assert told[2].startswith(f"{address}: 1 practice, read 20")
    assert told[3] == f"{address}: 0 came or changed, 0 left.\n"
    assert told[4] == f"{address} is read no more; its practices left the catalogue.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["add", "ftp://ngo.example.org"], 2, "This is no address of a site"),
        (["add", "http://127.0.0.1:9"], 2, "lies inside a network"),
        (["add", "http://localhost/"], 2, "lies inside a network"),
        (["pull", "https://127.0.0.1/feed.json"], 2, "lies inside a network"),
        (["remove", "nonsense://"], 2, "This is no address of a site"),
    ],
)
def test_a_fault_is_one_line(
    words: list[str], code: int, said: str, prepared: Installation
) -> None:
    done = prepared.run("feed", *words)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert said in done.stderr


def test_a_home_that_does_not_answer_leaves_the_feed_and_says_how_to_remove_it(
    prepared: Installation,
) -> None:
    added = prepared.run("feed", "add", "http://127.0.0.1:9", **NEAR)
    listed = prepared.run("feed", "list", **NEAR)
    pulled = prepared.run("feed", "pull", **NEAR)

    assert (added.returncode, pulled.returncode, listed.returncode) == (1, 1, 0)
    assert "does not answer" in listed.stdout
    assert added.stderr.splitlines() == [
        "http://127.0.0.1:9/practices/feed.json: "
        "The site does not answer, or its answer broke off.",
        "The feed is kept all the same and read each hour; to remove it: "
        "sinergia feed remove http://127.0.0.1:9/practices/feed.json",
    ]
