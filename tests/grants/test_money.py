"""Money of a grant: held, paid once, never too much, taken out again, read from a statement."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from sinergia.base.tables.export import xlsx_bytes
from sinergia.grants.actions.money import Sent, enter_transfer, enter_transfers, remove_transfer
from sinergia.grants.models import Grant, Spending, Transfer
from sinergia.grants.papers.lists import registry_head, registry_lines
from sinergia.grants.queries.matching import Filed, matched
from sinergia.grants.queries.money import (
    accounts_by,
    inns_by,
    money_of,
    payable,
    sums_of,
    tranches_of,
)
from sinergia.grants.reading.statement import read_statement
from sinergia.grants.words.statement import statement_said
from sinergia.notices.models import Notice
from sinergia.organisations.models import BankAccount, Centre, Identifier
from sinergia.people.models import Person
from tests.afterwards import codes_of
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_region,
    a_stored_file,
    sign_in_twice,
)
from tests.arrange_grants import LATER, SIGNED_ON, a_report, elsewhere, in_two, paid, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def under_way(grant: Grant, operator: Person) -> Grant:
    """Two tranches, 60 000 and 30 000; signed."""
    return signed(in_two(grant, operator), operator)


def order(grant: Grant, minor: int, **changes: object) -> Sent:
    given: dict[str, object] = {"period": 1, "currency": "RUB", "number": "1", "on": SIGNED_ON}
    return Sent(kind="paid", sum_minor=minor, **(given | changes))  # type: ignore[arg-type]


def states(grant: Grant) -> list[str]:
    return [one.state for one in tranches_of(grant)]


def test_a_payment_entered_twice_is_one_and_its_organisation_is_told(
    under_way: Grant, operator: Person
) -> None:
    for _press in range(2):
        paid(under_way, operator, 60_000_00)

    told = money_of(under_way)
    assert Transfer.objects.count() == 1
    assert (told.agreed_minor, told.paid_minor, told.to_pay_minor) == (
        90_000_00,
        60_000_00,
        30_000_00,
    )
    assert Notice.objects.filter(code="grants.paid").count() == 1
    again = order(under_way, 1_00)
    assert codes_of(lambda: enter_transfer(under_way, again, actor=operator, now=LATER)) == [
        "transfer.above_tranche"
    ]


def test_an_order_known_with_another_sum_is_refused(under_way: Grant, operator: Person) -> None:
    paid(under_way, operator, 10_000_00)
    other = order(under_way, 20_000_00)

    assert codes_of(lambda: enter_transfer(under_way, other, actor=operator, now=LATER)) == [
        "transfer.known"
    ]


@pytest.mark.parametrize(
    ("minor", "changes", "code"),
    [
        (90_000_01, {}, "transfer.above_agreed"),
        (60_000_01, {}, "transfer.above_tranche"),
        (0, {}, "transfer.not_positive"),
        (-1, {}, "transfer.not_positive"),
        (1, {"currency": "USD"}, "transfer.currency"),
        (1, {"number": " "}, "transfer.no_number"),
        (1, {"on": SIGNED_ON - timedelta(days=1)}, "transfer.too_early"),
        (1, {"on": date(2100, 1, 1)}, "transfer.tomorrow"),
        (1, {"period": 3}, "transfer.no_period"),
        (1, {"period": 2}, "transfer.held"),
        (1, {"kind": "returned"}, "transfer.no_reason"),
    ],
)
def test_what_cannot_be_paid_is_refused_by_its_reason(
    under_way: Grant, operator: Person, minor: int, changes: dict[str, object], code: str
) -> None:
    given = {"kind": "paid", "period": 1, "currency": "RUB", "number": "1", "on": SIGNED_ON}
    sent = Sent(sum_minor=minor, **(given | changes))  # type: ignore[arg-type]

    assert code in codes_of(lambda: enter_transfer(under_way, sent, actor=operator, now=LATER))
    assert not Transfer.objects.exists()


def test_nothing_is_paid_before_the_signing_nor_after_the_closing(
    grant: Grant, operator: Person
) -> None:
    sent = order(grant, 1_00)
    assert codes_of(lambda: enter_transfer(grant, sent, actor=operator, now=LATER)) == [
        "transfer.not_signed"
    ]
    row = signed(grant, operator)
    Grant.objects.filter(pk=row.pk).update(stage="closed", closed_on=SIGNED_ON)
    row.refresh_from_db()
    assert codes_of(lambda: enter_transfer(row, sent, actor=operator, now=LATER)) == [
        "transfer.closed"
    ]
    Grant.objects.filter(pk=row.pk).update(stage="ended", closed_on=None)
    row.refresh_from_db()
    assert codes_of(lambda: enter_transfer(row, sent, actor=operator, now=LATER)) == [
        "transfer.closed"
    ]


def test_a_tranche_waits_for_the_accepted_report_on_the_period_before(
    under_way: Grant, operator: Person, centre: Centre
) -> None:
    first = under_way.periods.get(number=1)
    assert (states(under_way), list(payable(centre))) == (["payable", "held"], [first])
    paid(under_way, operator, 60_000_00)
    report = a_report(first, "submitted")
    assert (states(under_way), list(payable(centre))) == (["paid", "held"], [])
    report.stage = "accepted"
    report.save()

    second = under_way.periods.get(number=2)
    assert (states(under_way), list(payable(centre))) == (["paid", "payable"], [second])
    assert sums_of(payable(centre, operator)) == [("RUB", 1, 30_000_00)]
    paid(under_way, operator, 30_000_00, period=2, number="2")
    assert (states(under_way), list(payable(centre))) == (["paid", "paid"], [])


def test_what_comes_back_is_no_more_than_was_paid(under_way: Grant, operator: Person) -> None:
    transfer = paid(under_way, operator, 60_000_00)
    back = Sent("returned", "9", SIGNED_ON, 10_000_00, "RUB", why="Не потрачено")
    enter_transfer(under_way, back, actor=operator, now=LATER)

    told = money_of(under_way)
    assert (told.returned_minor, told.on_account_minor, told.to_pay_minor) == (
        10_000_00,
        50_000_00,
        30_000_00,
    )
    more = Sent("returned", "10", SIGNED_ON, 50_000_01, "RUB", why="Ещё")
    assert codes_of(lambda: enter_transfer(under_way, more, actor=operator, now=LATER)) == [
        "transfer.above_paid"
    ]
    assert codes_of(lambda: remove_transfer(transfer, "Ошибка", actor=operator, now=LATER)) == [
        "transfer.came_back"
    ]


def test_a_mistake_is_taken_out_with_a_reason_and_the_order_may_come_again(
    under_way: Grant, operator: Person
) -> None:
    transfer = paid(under_way, operator, 60_000_00)
    assert codes_of(lambda: remove_transfer(transfer, " ", actor=operator, now=LATER)) == [
        "transfer.no_reason"
    ]
    for _press in range(2):
        remove_transfer(transfer, "Не тот договор", actor=operator, now=LATER)
    assert money_of(under_way).paid_minor == 0

    paid(under_way, operator, 50_000_00)

    assert money_of(under_way).paid_minor == 50_000_00


def test_spent_counts_what_nobody_refused(under_way: Grant, operator: Person) -> None:
    paid(under_way, operator, 60_000_00)
    for number, minor, verdict in (("1", 10_000_00, ""), ("2", 5_000_00, "refused")):
        Spending.objects.create(
            grant=under_way, line="aaaaaa", on=SIGNED_ON, document="Чек", number=number,
            number_folded=number, payee="Магазин", payee_folded="магазин", sum_minor=minor,
            verdict=verdict, by=operator.key, at=NOON, changed_at=NOON,
        )  # fmt: skip

    told = money_of(under_way)
    assert (told.spent_minor, told.refused_minor, told.on_account_minor) == (
        10_000_00,
        5_000_00,
        50_000_00,
    )
    assert told.lines["aaaaaa"].left_minor == 80_000_00


def test_neither_a_leader_nor_another_centre_enters_money(
    under_way: Grant, leader: Person, centre: Centre
) -> None:
    other = a_centre("Чужой", region=a_region("XB-YAR", "Ярогорский край"))
    stranger = a_consultant("stranger", centre=other)
    for person in (leader, stranger):
        with pytest.raises(PermissionDenied):
            enter_transfer(under_way, order(under_way, 1), actor=person, now=LATER)
    assert list(payable(other)) == []


def test_money_elsewhere_is_no_payment_of_the_centre(centre: Centre, under_way: Grant) -> None:
    leader = a_leader("else", organisation=under_way.organisation)
    row = signed(elsewhere(under_way.organisation, leader), leader, "25-1")
    paid(row, leader, 100_00)

    assert {one.grant for one in payable(centre)} == {under_way}


def a_row(line: int, **cells: object) -> Filed:
    given: dict[str, object] = {"number": str(line), "on": SIGNED_ON, "sum_minor": 60_000_00}
    return Filed(line=line, **(given | cells))  # type: ignore[arg-type]


def test_rows_of_a_statement_are_known_by_key_agreement_or_inn(
    under_way: Grant, operator: Person, centre: Centre
) -> None:
    Identifier.objects.create(
        organisation=under_way.organisation, scheme="RU-INN", value="7701234567"
    )
    rows = [
        a_row(1, key=str(under_way.key), sum_minor=10_000_00),
        a_row(2, purpose="Грант по договору № 1-26 от 23.11.2026", sum_minor=10_000_00),
        a_row(3, inn="7701234567", sum_minor=10_000_00),
        a_row(4, inn="7709999999"),
        a_row(5, purpose="Аренда 11-26"),
        a_row(6, inn="7701234567", sum_minor=30_000_01),
        a_row(7, faults=("statement.bad_sum",)),
        a_row(1, inn="7701234567", sum_minor=10_000_00),
        a_row(8, key="junk"),
    ]

    told = [(one.state, one.period) for one in matched(rows, centre, operator)]

    assert told == [
        ("new", 1), ("new", 1), ("new", 1), ("nobody", None), ("nobody", None), ("held", None),
        ("bad", None), ("known", None), ("nobody", None),
    ]  # fmt: skip


@pytest.mark.usefixtures("in_english")
def test_an_order_that_is_there_with_another_sum_is_not_called_entered(
    under_way: Grant, operator: Person, centre: Centre
) -> None:
    paid(under_way, operator, 10_000_00)  # order 1
    key = str(under_way.key)
    rows = [
        a_row(1, key=key, sum_minor=10_000_00),
        a_row(1, key=key, sum_minor=12_000_00),
        a_row(2, key=key, sum_minor=1_000_00),
        a_row(2, key=key, sum_minor=2_000_00),
    ]

    told = matched(rows, centre, operator)

    assert [one.state for one in told] == ["known", "bad", "new", "bad"]
    assert [one.said for one in statement_said(told)][1:4:2] == [
        "An order with this number and day is entered with another sum."
    ] * 2


def test_a_file_is_entered_whole_or_not_at_all(under_way: Grant, operator: Person) -> None:
    rows = [(under_way, order(under_way, 10_000_00)), (under_way, order(under_way, 1, period=2))]
    rows[1] = (under_way, order(under_way, 1, period=2, number="2"))

    assert codes_of(lambda: enter_transfers(rows, actor=operator, now=LATER)) == [
        "statement.row",
        "transfer.held",
    ]
    assert not Transfer.objects.exists()


def test_the_registry_is_what_is_filtered_and_reads_back_as_payments(
    under_way: Grant, operator: Person, centre: Centre
) -> None:
    owner = under_way.organisation
    BankAccount.objects.create(organisation=owner, number="4" * 20, bik="044525225", is_main=True)
    Identifier.objects.create(organisation=owner, scheme="RU-INN", value="7701234567")
    rows = payable(centre, operator).order_by("pk")
    accounts, inns = accounts_by([owner.pk]), inns_by([owner.pk])
    lines = [list(one) for one in registry_lines(rows, accounts, inns)]
    assert lines[0][2:5] == ["7701234567", "4" * 20, "044525225"]
    lines[0][-2:] = ["77", SIGNED_ON]

    filed = a_stored_file(operator, xlsx_bytes(registry_head(), lines, sheet="Р"), "r.xlsx")
    told = read_statement(filed)

    assert [(one.number, one.on, one.sum_minor, one.key, one.period) for one in told] == [
        ("77", SIGNED_ON, 60_000_00, str(under_way.key), 1)
    ]
    assert [(one.state, one.period) for one in matched(told, centre, operator)] == [("new", 1)]


CSV = """Выписка по счёту;;;
Номер документа;Дата документа;Сумма;ИНН получателя;Назначение платежа
77;24.11.2026;10 000,50;7701234567;Грант
78;вчера;много;7701234567;Грант
;24.11.2026;5;7701234567;Без номера
Итого;;10 005,50;;
"""


def test_a_statement_in_csv_is_read_with_what_is_wrong_in_it(operator: Person) -> None:
    told = read_statement(a_stored_file(operator, CSV.encode("cp1251"), "v.csv"))

    assert [(one.number, one.sum_minor, one.faults) for one in told] == [
        ("77", 10_000_50, ()),
        ("78", 0, ("statement.bad_sum", "statement.bad_date")),
    ]
    plain = a_stored_file(operator, b"a;b\n1;2\n", "n.csv")
    assert codes_of(lambda: read_statement(plain)) == ["statement.no_headings"]


def test_a_statement_is_looked_through_and_entered_through_the_page(
    client: Client, under_way: Grant, operator: Person
) -> None:
    Identifier.objects.create(
        organisation=under_way.organisation, scheme="RU-INN", value="7701234567"
    )
    sign_in_twice(client, operator)
    url = reverse("grants:statement")
    text = CSV.splitlines()
    content = "\n".join(text[1:3]).encode()
    file = SimpleUploadedFile("v.csv", content, "text/csv")
    seen = client.post(url, {"act": "look", "file": file})
    assert seen.status_code == 200
    kept = seen.content.decode().split('name="file-sent" value="')[1].split('"')[0]

    for _press in range(2):
        client.post(url, {"act": "enter", "file-sent": kept})

    assert Transfer.objects.get().sum_minor == 10_000_50


def test_the_registry_of_the_page_is_a_workbook_of_what_is_filtered(
    client: Client, under_way: Grant, operator: Person
) -> None:
    sign_in_twice(client, operator)
    url = reverse("grants:registry")
    whole = load_workbook(BytesIO(client.get(url).content)).active
    none = load_workbook(BytesIO(client.get(f"{url}?q=неттакого").content)).active

    assert whole is not None
    assert none is not None
    assert (whole.max_row, none.max_row) == (2, 1)
