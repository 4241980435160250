"""Payments of an organisation: what is refused and where; a table; sums that always come out."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sinergia.base.tables.export import Value, xlsx_bytes
from sinergia.engine.granting.balance import Moved, Spent, balance_of
from sinergia.engine.granting.comparing import Bounds, Span, compare
from sinergia.engine.granting.plan import read_plan, write_plan
from sinergia.engine.granting.reporting import read_report
from sinergia.engine.granting.spending import Frame, Payment, gaps_of_payment
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.actions.spending import enter_spending
from sinergia.grants.models import Grant, Plan, Spending
from sinergia.grants.queries.money import money_of
from sinergia.grants.queries.reports import written
from sinergia.people.models import Person
from tests.arrange_reports import (
    LINES,
    RENT,
    SIGNED_ON,
    TEXTS,
    TOOLS,
    a_payment,
    begun,
    entered,
    now,
    under_way,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

REFUSED = [
    ({"minor": 60_000_01}, "spending.above_line", "sum"),
    ({"minor": -1}, "spending.not_positive", "sum"),
    ({"minor": 0}, "spending.not_positive", "sum"),
    ({"currency": "USD"}, "spending.currency", "sum"),
    ({"on": SIGNED_ON - timedelta(days=1)}, "spending.before_agreement", "on"),
    ({"on": date(2026, 6, 1)}, "spending.after_period", "on"),
    ({"on": timezone.localdate() + timedelta(days=2)}, "spending.tomorrow", "on"),
    ({"line": "ffffff"}, "spending.no_line", "line"),
    ({"number": " "}, "spending.no_number", "number"),
    ({"payee": ""}, "spending.no_payee", "payee"),
]


@pytest.mark.parametrize(("given_", "code", "path"), REFUSED)
def test_what_cannot_be_is_said_by_its_field(
    grant: Grant, operator: Person, leader: Person, given_: dict[str, object], code: str, path: str
) -> None:
    report = begun(under_way(grant, operator), leader)

    with pytest.raises(Refused) as told:
        enter_spending(report, a_payment(**given_), None, actor=leader, now=now())  # type: ignore[arg-type]  # by name

    assert [(gap.code, gap.path) for gap in told.value.gaps] == [(code, path)]
    assert not Spending.objects.exists()


def test_the_same_document_spelled_otherwise_is_a_double(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    entered(report, leader, a_payment(number="АБ-17"))

    with pytest.raises(Refused) as told:
        entered(report, leader, a_payment(10_00, number="аб-17", payee="ооо  «уют»"))

    assert [gap.code for gap in told.value.gaps] == ["spending.known"]


def test_after_the_closing_nothing_is_entered(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    Grant.objects.filter(pk=grant.pk).update(stage="closed", closed_on=date(2026, 11, 1))

    with pytest.raises(Refused) as told:
        entered(report, leader, has_file=False)

    assert told.value.gaps == [Gap("report.not_under_way")]


def test_a_refused_payment_leaves_what_was_typed(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    client.force_login(leader)
    client.cookies["django_language"] = "en"
    url = f"/grants/{report.grant.key}/reports/{report.key}/payments/new/"
    typed = {
        "line": RENT,
        "sum": "70 000",
        "on": "2026-04-02",
        "document": "Cheque",
        "number": "17",
        "payee": "ООО «Уют»",
    }

    with translation.override("en"):
        above = client.post(url, typed)
        negative = client.post(url, typed | {"sum": "-5"})
        dollars = client.post(url, typed | {"sum": "5 USD"})

    told = [page.context["form"].errors for page in (above, negative, dollars)]
    assert [page.status_code for page in (above, negative, dollars)] == [422, 422, 422]
    assert [list(errors) for errors in told] == [["sum"], ["sum"], ["sum"]]
    assert "is left of this line" in str(told[0])
    assert "without it the report is not handed in" in above.content.decode()
    assert 'value="70 000"' in above.content.decode()


def a_table(*rows: list[Value]) -> bytes:
    head = ["Строка бюджета", "Вид документа", "Номер документа", "Дата", "Кому оплачено", "Сумма"]
    return xlsx_bytes(head, rows, sheet="Платежи")


def test_a_table_is_looked_through_then_entered_and_the_second_time_changes_nothing(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    client.force_login(leader)
    url = f"/grants/{report.grant.key}/reports/{report.key}/payments/load/"
    table = a_table(
        ["Аренда зала", "Чек", "1", date(2026, 4, 1), "ООО «Уют»", 20000],
        ["аренда  зала", "Чек", "2", "05.04.2026", "ООО «Уют»", "30 000,50"],
        ["Аренда зала", "Чек", "3", date(2026, 4, 3), "ООО «Уют»", 20000],
        ["Автобус", "Чек", "4", date(2026, 4, 3), "ИП Лебедев", 100],
        ["Инструменты", "Чек", "5", "вчера", "ИП Лебедев", 100],
    )

    def sent(act: str) -> object:
        file = SimpleUploadedFile("payments.xlsx", table)
        return client.post(url, {"file": file, "act": act})

    looked = sent("look")
    assert [row.kind for row in looked.context["rows"]] == ["ok", "ok", "bad", "bad", "bad"]  # type: ignore[attr-defined]  # of a test's answer
    assert not Spending.objects.exists()
    sent("enter")
    first = list(Spending.objects.order_by("number").values_list("number", "sum_minor", "line"))
    again = sent("enter")

    assert first == [("1", 20000_00, RENT), ("2", 30000_50, RENT)]
    assert again.status_code == 422  # type: ignore[attr-defined]  # of a test's answer
    assert Spending.objects.count() == 2


def test_our_own_table_is_read_back(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    client.force_login(leader)
    here = f"/grants/{report.grant.key}/reports/{report.key}/payments/"
    empty = client.get(f"{here}template.xlsx").content

    file = SimpleUploadedFile("payments.xlsx", empty)
    answer = client.post(f"{here}load/", {"file": file, "act": "look"})

    assert (answer.status_code, answer.context["rows"]) == (200, [])


def test_lines_of_the_same_words_are_told_apart_and_none_is_guessed(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    same = write_plan(TEXTS | {f"lines/{TOOLS}/what": "Аренда зала"}, LINES)
    Plan.objects.filter(pk=report.plan_id).update(content=same.content, digest=same.digest)
    client.force_login(leader)
    client.cookies["django_language"] = "ru"
    here = f"/grants/{report.grant.key}/reports/{report.key}/payments/"
    book = load_workbook(BytesIO(client.get(f"{here}template.xlsx").content))
    named = [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)]
    table = a_table(
        *(
            [name, "Чек", str(at), date(2026, 4, 1), "ООО «Уют»", 100]
            for at, name in enumerate(named)
        ),
        ["Аренда зала", "Чек", "9", date(2026, 4, 1), "ООО «Уют»", 100],
    )

    file = SimpleUploadedFile("payments.xlsx", table)
    looked = client.post(f"{here}load/", {"file": file, "act": "look"})
    file = SimpleUploadedFile("payments.xlsx", table)
    client.post(f"{here}load/", {"file": file, "act": "enter"})

    assert named == ["Аренда зала (№ 1)", "Аренда зала (№ 2)"]
    assert [row.kind for row in looked.context["rows"]] == ["ok", "ok", "bad"]
    paid = Spending.objects.order_by("number").values_list("number", "line")
    assert list(paid) == [("0", RENT), ("1", TOOLS)]


def test_spent_sums_of_the_report_are_those_of_the_statement(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    entered(report, leader, a_payment(20_000_00))
    entered(report, leader, a_payment(5_000_00, number="18"))
    refused = entered(report, leader, a_payment(1_000_00, line=TOOLS))
    Spending.objects.filter(pk=refused.pk).update(verdict="refused")

    lines = {one.line.id: one.spent_minor for one in written(report).compared.lines}
    balance = money_of(report.grant)

    assert lines == {RENT: 25_000_00, TOOLS: 0}
    assert lines == {name: one.spent_minor for name, one in balance.lines.items()}
    assert balance.lines[TOOLS].refused_minor == 1_000_00


payments = st.lists(
    st.tuples(st.sampled_from([RENT, TOOLS]), st.integers(1, 70_000_00), st.booleans()),
    max_size=30,
)


@given(payments)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_of_a_report_and_the_statement_of_money_always_agree(
    told: list[tuple[str, int, bool]],
) -> None:
    kept = write_plan(TEXTS, LINES)
    plan = read_plan(kept.content, currency="RUB")
    left, taken = dict(LINES), []
    for at, (line, minor, is_refused) in enumerate(told):
        paid = Payment(line, date(2026, 4, 1), "Чек", str(at), "ООО", minor, "RUB")
        frame = Frame("RUB", SIGNED_ON, date(2026, 5, 31), date(2026, 11, 1), left, {})
        if gaps_of_payment(paid, frame):
            assert minor > left[line]
            continue
        if not is_refused:
            left[line] -= minor
        taken.append(Spent(line, minor, is_refused))

    balance = balance_of(plan.grant, [Moved("paid", 90_000_00)], taken)
    spent = {name: one.spent_minor for name, one in balance.lines.items()}
    span = Span(SIGNED_ON, date(2026, 5, 31))
    seen = compare(plan, read_report({}), span, Bounds(), spent=spent, here=spent)

    assert sum(one.spent_minor for one in seen.lines) == balance.spent_minor
    assert sum(one.left_minor for one in seen.lines) == balance.left_minor
    assert {one.line.id: one.left_minor for one in seen.lines} == left
    assert all(one.left_minor >= 0 for one in seen.lines)
    assert balance.paid_minor == balance.spent_minor + balance.on_account_minor
