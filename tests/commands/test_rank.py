from pathlib import Path

import pytest

from sinergia.command import answer

SCORES = """application,expert,criterion,score
A-1,e1,relevance,7
A-1,e1,team,9
A-1,e2,relevance,8
A-1,e2,team,10
A-2,e1,relevance,7.5
A-2,e1,team,9.5
A-3,e2,team,1
A-3,e2,relevance,1
"""
WEIGHTS = "criterion,weight\nrelevance,2.5\nteam,0.5\n"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SINERGIA_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


def ranked(scores: str, *more: str, weights: str = "") -> str:
    Path("S.csv").write_text(scores, encoding="utf-8")
    Path("W.csv").write_text(weights, encoding="utf-8")
    given = ["--weights", "W.csv"] if weights else []
    code = answer(["engine", "rank", "S.csv", *given, "--out", "OUT.csv", *more])
    assert code == 0
    return Path("OUT.csv").read_text(encoding="utf-8")


def test_scores_by_criteria_are_weighed_and_equals_share_a_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ranked(SCORES, weights=WEIGHTS) == (
        "application,n,score,rank\nA-1,2,23.50,1\nA-2,1,23.50,1\nA-3,1,3.00,3\n"
    )
    assert capsys.readouterr().out == '{"applications": 3, "experts": 2, "scores": 8}\n'


def test_one_score_of_each_expert_is_averaged_and_the_lowest_may_stand_first() -> None:
    scores = "expert,score,application\n1,1,B\n2,2,B\n1,1,A\n3,4,C\n2,1,A\n3,2,A\n"

    assert ranked(scores, "--lower-is-better") == (
        "application,n,score,rank\nA,3,1.33,1\nB,2,1.50,2\nC,1,4.00,3\n"
    )


@pytest.mark.parametrize(
    ("scores", "weights", "told"),
    [
        ("application,expert\nA,1\n", "", "S.csv: there is no column “score”."),
        ("application,expert,score\n", "", "S.csv: there is no score."),
        ("application,expert,score\nA,1,high\n", "", "S.csv, line 2: “high” is no number."),
        ("application,expert,score\nA,1,1e999\n", "", "“1e999” is too large a number."),
        ("application,expert,score\nA,1,1e1000000\n", "", "“1e1000000” is too large a number."),
        ("application,expert,score\nA,1,1e-99999999\n", "", "“1e-99999999” has too many digits."),
        (
            "application,expert,score\nA,1,7,5\n",
            "",
            "more cells than the head has; write decimals with a point.",
        ),
        ("application,expert,score\nA,1,NaN\n", "", "S.csv, line 2: “NaN” is no number."),
        ("application,expert,score\nA,1,\n", "", "S.csv, line 2: a cell is empty."),
        (
            "application,expert,score\nA,1,3\nA,1,3\n",
            "",
            "S.csv, line 3: the score stands here twice.",
        ),
        (
            "application,expert,score\nA,1,3\n",
            WEIGHTS,
            "S.csv: weights need a column “criterion”, and there is none.",
        ),
        (
            SCORES + "A-3,e2,scale,4\n",
            WEIGHTS,
            "S.csv, line 10: there is no weight of criterion “scale”.",
        ),
        (
            SCORES + "A-4,e2,team,4\n",
            WEIGHTS,
            "S.csv: nobody scored application “A-4” on criterion “relevance”.",
        ),
        (SCORES, "criterion,weight\nteam,-1\n", "W.csv, line 2: a weight is not below nought."),
        (SCORES, "criterion,weight\nteam,0\n", "W.csv: no criterion weighs anything."),
        (
            SCORES,
            WEIGHTS + "team,1\n",
            "W.csv, line 4: the criterion stands here twice.",
        ),
    ],
)
def test_what_cannot_be_ranked_is_told_in_one_line(
    scores: str, weights: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("S.csv").write_text(scores, encoding="utf-8")
    Path("W.csv").write_text(weights, encoding="utf-8")
    given = ["--weights", "W.csv"] if weights else []

    code = answer(["engine", "rank", "S.csv", *given, "--out", "OUT.csv"])

    said = capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.strip().endswith(told)
    assert not Path("OUT.csv").exists()


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["engine", "rank", "none.csv", "--out", "OUT.csv"]) == 2
    assert capsys.readouterr().err == "none.csv: No such file or directory\n"


def test_real_reviews_with_many_ties_are_ranked(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (shared_data / "local-only/review/nih_r01_odd_ids.csv").read_text().splitlines()
    cells = [line.split(",") for line in lines[1:]]
    rows = [f"{cell[0]},{number},{cell[6]}" for number, cell in enumerate(cells)]
    scores = "application,expert,score\n" + "\n".join(rows) + "\n"

    told = [line.split(",") for line in ranked(scores, "--lower-is-better").splitlines()[1:]]

    assert len(told) == len({cell[0] for cell in cells})
    assert sum(int(row[1]) for row in told) == len(rows)
    assert [int(row[3]) for row in told] == sorted(int(row[3]) for row in told)
    places: dict[str, set[str]] = {}
    for row in told:
        places.setdefault(row[2], set()).add(row[3])
    assert all(len(some) == 1 for some in places.values())


def test_scores_are_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("S.csv").write_text(SCORES)

    code = answer(["engine", "rank", "S.csv", "--out", "./S.csv"])

    assert (code, Path("S.csv").read_text()) == (2, SCORES)
    assert capsys.readouterr().err == "S.csv and ./S.csv are one file: give two.\n"
