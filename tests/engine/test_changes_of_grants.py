"""A change of a plan: what is against it, how large it is, and what can never come of it."""

from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.granting.changes import (
    Held,
    cap_of,
    following_parts,
    gaps_of_change,
    granted_under,
    proposed_plan,
    settled_texts,
    texts_to_change,
)
from sinergia.engine.granting.periods import parts_of
from sinergia.engine.granting.plan import WHOLE, GrantPlan, read_plan, write_plan
from sinergia.engine.granting.weighing import (
    article_effects,
    caps_above,
    needs_consent,
    result_effects,
    weigh,
)
from sinergia.engine.project import read_document
from sinergia.packs.rules import Rules, shipped
from sinergia.packs.rules.grants import Changes

TEXTS: Mapping[str, str] = {
    "direction": "community",
    "title": "Тёплый двор",
    "starts_on": "2027-01-10",
    "ends_on": "2027-06-30",
    "results/aaaaaa/what": "Жители пришли",
    "results/aaaaaa/number": "120",
    "team/aaaaaa/name": "Петров",
    "events/aaaaaa/what": "Встреча",
    "events/aaaaaa/starts_on": "2027-02-01",
    "events/aaaaaa/ends_on": "2027-02-02",
    "lines/aaaaaa/what": "Чай",
    "lines/aaaaaa/article": "7",
    "lines/aaaaaa/price": "600",
    "lines/aaaaaa/comment": "Чай и сахар",
    "lines/bbbbbb/what": "Бумага",
    "lines/bbbbbb/article": "3",
    "lines/bbbbbb/price": "400",
    "lines/bbbbbb/comment": "Пачки",
}
GRANT = {"aaaaaa": 600_00, "bbbbbb": 400_00}
SUM = 1_000_00


def a_plan(
    changed: Mapping[str, str] | None = None, grant: Mapping[str, int] | None = None
) -> GrantPlan:
    texts = {path: text for path, text in ({**TEXTS, **(changed or {})}).items() if text}
    return GrantPlan(texts, grant or GRANT, read_document(texts, currency="RUB"))


def capped(code: str = "3", most_minor: int = 450_00) -> Rules:
    rules = shipped()["regional"]
    articles = tuple(
        one.model_copy(update={"most_minor": most_minor}) if one.code == code else one
        for one in rules.budget.articles
    )
    return rules.model_copy(
        update={"budget": rules.budget.model_copy(update={"articles": articles})}
    )


def held(
    spent: Mapping[str, int] | None = None, rules: Rules | None = None, reported: int = 0
) -> Held:
    parts = parts_of(date(2027, 1, 10), date(2027, 6, 30), SUM, [1], report_workdays=15)  # type: ignore[list-item]  # a whole share
    return Held(SUM, "RUB", spent or {}, date(2027, 2, 1), parts, reported, rules)


def asked(**changed: str) -> dict[str, str]:
    """Texts of a request; `__` stands for a slash."""
    given = {name.replace("__", "/"): text for name, text in changed.items()}
    return texts_to_change(a_plan(), "RUB") | given


def gaps(texts: Mapping[str, str], at: Held) -> list[tuple[str, str]]:
    base = a_plan()
    told = gaps_of_change(base, proposed_plan(base, texts, currency="RUB"), at)
    return [(one.code, one.path) for one in told]


def test_a_request_begins_with_the_plan_and_asks_for_nothing() -> None:
    assert gaps(asked(), held()) == [("change.nothing", "")]
    assert "title" not in asked()
    assert "starts_on" not in asked()


def test_a_line_that_was_cut_begins_with_what_was_left_of_it() -> None:
    cut = a_plan(grant={"aaaaaa": 500_00, "bbbbbb": 400_00})

    texts = texts_to_change(cut, "RUB")

    assert texts["lines/aaaaaa/granted"] == "500.00"
    assert "lines/bbbbbb/granted" not in texts
    assert dict(proposed_plan(cut, texts, currency="RUB").plan.grant) == cut.grant


def test_the_sum_stays_the_grants() -> None:
    assert gaps(asked(lines__aaaaaa__price="700"), held()) == [("change.sum", "lines")]
    moved = asked(lines__aaaaaa__price="650", lines__bbbbbb__price="350")
    assert gaps(moved, held()) == []


def test_a_line_costs_at_least_what_the_grant_pays_of_it() -> None:
    moved = asked(lines__aaaaaa__granted="650", lines__bbbbbb__granted="350")
    assert gaps(moved, held()) == [("change.above_line", "lines/aaaaaa/granted")]


def test_a_broken_cap_is_told_at_the_line_through_which_it_breaks() -> None:
    moved = asked(lines__aaaaaa__price="500", lines__bbbbbb__price="500")

    assert gaps(moved, held()) == []
    told = gaps(moved, held(rules=capped()))
    assert told == [("change.cap", "lines/bbbbbb/granted")]


def test_a_cap_that_was_above_before_is_not_held_against_a_change() -> None:
    moved = asked(lines__aaaaaa__price="700", lines__bbbbbb__price="300")
    assert gaps(moved, held(rules=capped(most_minor=100_00))) == []


def test_nothing_comes_below_what_was_spent() -> None:
    moved = asked(lines__aaaaaa__price="650", lines__bbbbbb__price="350")
    assert gaps(moved, held({"bbbbbb": 350_00})) == []
    assert gaps(moved, held({"bbbbbb": 350_01})) == [("change.spent", "lines/bbbbbb/granted")]
    gone = {path: "" if "bbbbbb" in path else text for path, text in moved.items()}
    gone["lines/aaaaaa/price"] = "1000"
    assert gaps(gone, held({"bbbbbb": 1})) == [("change.spent", "lines")]


def test_cells_that_cannot_be_read_are_told_at_their_places() -> None:
    wrong = asked(lines__aaaaaa__granted="много", events__aaaaaa__starts_on="скоро")
    told = {path: code for code, path in gaps(wrong, held())}
    assert told["lines/aaaaaa/granted"] == "cell.money_number"
    assert told["events/aaaaaa/starts_on"] == "cell.date"


def test_a_dash_accepted_long_ago_bars_no_change_until_it_is_typed_anew() -> None:
    base = a_plan({"events/aaaaaa/people": "—"})
    texts = texts_to_change(base, "RUB") | {"summary": "Иначе"}

    def told(typed: str) -> list[str]:
        given = texts | {"events/aaaaaa/people": typed}
        found = gaps_of_change(base, proposed_plan(base, given, currency="RUB"), held())
        return [gap.path for gap in found]

    assert base.document.faults
    assert "events/aaaaaa/people" not in told("—")
    assert "events/aaaaaa/people" in told("нет")


def test_the_last_day_moves_while_its_period_is_open() -> None:
    later = asked(ends_on="2027-08-31")
    assert gaps(later, held()) == []
    assert gaps(later, held(reported=1)) == [("change.reported", "ends_on")]
    assert gaps(asked(ends_on="2027-01-31"), held()) == [("change.ends_early", "ends_on")]
    assert gaps(asked(ends_on=""), held()) == [("change.no_end", "ends_on")]


def test_an_event_outside_the_project_is_told_by_the_rules() -> None:
    moved = asked(events__aaaaaa__ends_on="2027-09-01")
    told = gaps(moved, held(rules=shipped()["regional"]))
    assert told == [("event.outside", "events/aaaaaa/ends_on")]


def weighed(texts: Mapping[str, str], bounds: Changes | None = None) -> list[tuple[str, bool]]:
    base = a_plan()
    plan = proposed_plan(base, texts, currency="RUB").plan
    return [(one.code, one.is_large) for one in weigh(base, base, plan, bounds or Changes())]


def test_a_tenth_of_an_article_goes_by_notice_and_a_kopeck_more_by_consent() -> None:
    small = asked(lines__aaaaaa__price="540", lines__bbbbbb__price="460")
    large = asked(lines__aaaaaa__price="539.99", lines__bbbbbb__price="460.01")
    assert weighed(small) == [("shift_small", False)]
    assert weighed(large) == [("shift_large", True)]


def test_a_share_is_told_so_that_its_side_of_the_bound_is_seen() -> None:
    moved = asked(lines__aaaaaa__price="539.99", lines__bbbbbb__price="460.01")
    plan = proposed_plan(a_plan(), moved, currency="RUB").plan

    (reason,) = weigh(a_plan(), a_plan(), plan, Changes())

    assert (reason.values["share"], reason.values["most"]) == ("10.1", 10)


def test_an_event_of_far_fewer_people_needs_consent() -> None:
    base = a_plan({"events/aaaaaa/people": "500"})
    texts = texts_to_change(base, "RUB")

    def told(people: str, **more: str) -> list[tuple[str, bool]]:
        given = texts | {"events/aaaaaa/people": people}
        given |= {name.replace("__", "/"): text for name, text in more.items()}
        plan = proposed_plan(base, given, currency="RUB").plan
        return [(one.code, one.is_large) for one in weigh(base, base, plan, Changes())]

    assert told("450") == [("event_other", False)]
    assert told("449") == [("event_fewer", True)]
    assert told("500", events__aaaaaa__starts_on="2027-01-31", events__aaaaaa__where="Парк") == [
        ("event_moved", False),
        ("event_other", False),
    ]


def test_notices_add_up_since_the_last_consent() -> None:
    agreed = a_plan()
    base = a_plan(
        {"lines/aaaaaa/price": "540", "lines/bbbbbb/price": "460"},
        {"aaaaaa": 540_00, "bbbbbb": 460_00},
    )
    texts = texts_to_change(base, "RUB")
    texts |= {"lines/aaaaaa/price": "530", "lines/bbbbbb/price": "470"}
    plan = proposed_plan(base, texts, currency="RUB").plan

    (reason,) = weigh(agreed, base, plan, Changes())

    assert (reason.code, reason.is_large) == ("shift_large", True)
    assert dict(reason.values) == {"article": "7", "moved_minor": 70_00, "share": 12, "most": 10}


def test_an_event_moves_by_thirty_days_by_notice() -> None:
    near = asked(events__aaaaaa__starts_on="2027-03-03", events__aaaaaa__ends_on="2027-03-04")
    far = asked(events__aaaaaa__starts_on="2027-03-04", events__aaaaaa__ends_on="2027-03-04")
    assert weighed(near) == [("event_moved", False)]
    assert weighed(far) == [("event_far", True)]
    gone = {path: "" if path.startswith("events/") else text for path, text in asked().items()}
    assert weighed(gone) == [("event_gone", True)]
    renamed = asked(events__aaaaaa__what="Другая", events__aaaaaa__starts_on="2027-02-02")
    assert weighed(renamed) == [("event_moved", False), ("event_renamed", True)]
    other = asked(events__bbbbbb__what="Ещё одна", events__aaaaaa__where="Парк")
    assert weighed(other) == [("event_other", False), ("event_new", False)]


def test_fields_of_the_rules_need_consent_and_others_do_not() -> None:
    assert weighed(asked(results__aaaaaa__number="110")) == [("consent_field", True)]
    assert weighed(asked(team__aaaaaa__name="Сидоров")) == [("small_field", False)]
    bare = Changes(consent=())
    assert weighed(asked(ends_on="2027-07-30"), bare) == [("end_moved", False)]
    assert weighed(asked(ends_on="2027-07-31"), bare) == [("end_far", True)]
    assert needs_consent(weigh(a_plan(), a_plan(), a_plan(), bare)) is False


def test_effects_are_told_by_article_and_by_result() -> None:
    base, rules = a_plan(), capped()
    texts = asked(
        lines__aaaaaa__price="550", lines__bbbbbb__price="450", results__aaaaaa__number="110"
    )
    plan = proposed_plan(base, texts, currency="RUB").plan

    articles = article_effects(base, plan, {"bbbbbb": 10_00}, rules)

    assert [
        (one.article, one.before_minor, one.after_minor, one.spent_minor, one.most_minor)
        for one in articles
    ] == [("3", 400_00, 450_00, 10_00, 450_00), ("7", 600_00, 550_00, 0, None)]
    assert caps_above(base, plan, {}, rules) == []
    assert caps_above(base, plan, {}, None) == []
    (result,) = result_effects(base, plan)
    assert (result.what, result.before, result.after) == ("Жители пришли", "120", "110")


def test_a_grant_whose_budget_is_not_known_stays_one_sum() -> None:
    texts = {"title": "Двор", "ends_on": "2027-06-30"}
    base = GrantPlan(texts, {WHOLE: SUM}, read_document(texts, currency="RUB"))
    later = proposed_plan(base, {"ends_on": "2027-07-15"}, currency="RUB")
    assert dict(later.plan.grant) == {WHOLE: SUM}
    assert gaps_of_change(base, later, held()) == []
    lines = {"ends_on": "2027-06-30", "lines/cccccc/what": "Всё", "lines/cccccc/price": "1000"}
    known = proposed_plan(base, lines, currency="RUB")
    assert dict(known.plan.grant) == {"cccccc": SUM}
    spent = gaps_of_change(base, known, held({WHOLE: 5}))
    assert [(one.code, one.path) for one in spent] == [("change.spent", "lines")]


def test_periods_follow_the_end() -> None:
    parts = held().parts
    assert following_parts(parts, date(2027, 6, 30), report_workdays=15) == list(parts)
    (moved,) = following_parts(parts, date(2027, 7, 30), report_workdays=1)
    assert (moved.ends_on, moved.report_on) == (date(2027, 7, 30), date(2027, 8, 2))
    assert moved.tranche_minor == SUM


def test_rows_keep_their_order_in_kept_bytes() -> None:
    texts = asked(lines__000000__what="Новая", lines__000000__price="0")
    plan = proposed_plan(a_plan(), texts, currency="RUB").plan
    before = [one.id for one in plan.document.lines]

    kept = write_plan(settled_texts(plan), plan.grant)

    after = read_plan(kept.content, currency="RUB", digest=kept.digest)
    assert [one.id for one in after.document.lines] == before == ["aaaaaa", "bbbbbb", "000000"]


SUMS = st.integers(0, 1_200).map(str)


@given(
    prices=st.tuples(SUMS, SUMS, SUMS),
    article=st.sampled_from(["3", "7"]),
    spent=st.integers(0, 500_00),
    cap=st.integers(0, 1_000_00),
)
def test_what_nothing_is_against_keeps_the_sum_the_caps_and_what_was_spent(
    prices: tuple[str, str, str], article: str, spent: int, cap: int
) -> None:
    base, rules = a_plan(), capped("3", cap)
    first, second, _third = (int(one) for one in prices)
    texts = asked(
        lines__aaaaaa__price=prices[0],
        lines__bbbbbb__price=prices[1],
        lines__cccccc__what="Новая",
        lines__cccccc__comment="Зачем",
        lines__cccccc__article=article,
        lines__cccccc__price=str(max(1_000 - first - second, 0)),
    )
    at = held({"bbbbbb": spent}, rules)
    proposed = proposed_plan(base, texts, currency="RUB")

    told = gaps_of_change(base, proposed, at)

    plan = proposed.plan
    most = max(cap_of("3", SUM, rules) or 0, granted_under(base, "3"))
    is_right = (
        plan.sum_minor == SUM
        and granted_under(plan, "3") <= most
        and plan.grant["bbbbbb"] >= spent
        and all(one.granted_minor <= one.total_minor for one in plan.lines)
    )
    assert is_right or told != []
