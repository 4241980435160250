"""From conditions to the signature: everything that is missing is told, nothing happens twice."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.files.models import StoredFile
from sinergia.calls.models import Contest
from sinergia.engine.granting.periods import Part
from sinergia.grants.actions.beginning import Won
from sinergia.grants.actions.conditions import add_condition, meet_condition, reopen_condition
from sinergia.grants.actions.following import remind_to_sign
from sinergia.grants.actions.signing import (
    Agreed,
    decline_grant,
    follow_award,
    keep_agreement,
    keep_template,
    sign_grant,
)
from sinergia.grants.actions.terms import correct_won, name_curator, write_periods
from sinergia.grants.models import AgreementTemplate, Grant, GrantPaper, Period
from sinergia.grants.papers.agreement import agreement_docx, form_docx, gaps_of_form
from sinergia.grants.papers.filling import Table, Values, filled, places_in
from sinergia.grants.queries.agreement import facts_of, seen_of, typed_before
from sinergia.grants.queries.grants import latest_plan, thawed_plan
from sinergia.notices.models import Notice
from sinergia.organisations.models import BankAccount, Centre, Head, Standing
from sinergia.people.models import Person
from sinergia.review.actions.declining import decline_award, take_back_declining
from sinergia.review.models import Award
from sinergia.review.queries.following import next_in_reserve
from tests.afterwards import codes_of
from tests.arrange import (
    NOON,
    a_consultant,
    a_leader,
    an_organisation,
    an_upload,
)
from tests.arrange_grants import (
    FIRST,
    LAST,
    SIGNED_ON,
    a_scan,
    elsewhere,
    fresh,
    in_two,
    met,
    signed,
    tranches,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def sign(grant: Grant, actor: Person, number: str = "1-26", on: date = SIGNED_ON) -> Grant:
    agreed = Agreed(number, on, a_scan(actor))
    return sign_grant(grant, agreed, actor=actor, now=NOON)


def test_a_signature_needs_every_condition_a_number_a_day_and_a_file(
    grant: Grant, operator: Person
) -> None:
    late = Agreed(" ", date(2100, 1, 1), None)

    assert codes_of(lambda: sign_grant(grant, late, actor=operator, now=NOON)) == [
        "signing.no_number",
        "signing.tomorrow",
        "signing.condition",
        "signing.condition",
        "signing.condition",
        "signing.no_file",
    ]
    assert fresh(grant).stage == "preparing"


def test_signed_twice_it_is_under_way_once_and_the_register_knows_it(
    grant: Grant, operator: Person
) -> None:
    met(grant, operator)
    for _press in range(2):
        sign(grant, operator)

    row = fresh(grant)
    assert (row.stage, row.number, row.signed_on) == ("under_way", "1-26", SIGNED_ON)
    paper = GrantPaper.objects.get()
    assert (paper.kind, paper.signed is not None, paper.made) == ("agreement", True, None)
    standing = Standing.objects.get()
    assert (standing.organisation, standing.code) == (grant.organisation, "grant_under_way")
    assert (standing.since, standing.until) == (SIGNED_ON, None)
    assert Notice.objects.filter(code="grants.signed").count() == 1


def test_a_detached_signature_is_of_the_agreement_that_was_made(
    grant: Grant, operator: Person
) -> None:
    met(grant, operator)
    made = keep_agreement(
        grant,
        an_upload(operator, form_docx(language="ru", now=NOON), "agreement.docx"),
        {"city": "Кленовск"},
        number="1-26",
        on=SIGNED_ON,
        actor=operator,
        now=NOON,
    )
    sign(grant, operator)

    made.refresh_from_db()
    assert (made.signed is not None, made.signature, made.plan) == (True, None, latest_plan(grant))


def test_nobody_signs_but_who_runs_it_and_who_has_an_interest_decides_nothing(
    grant: Grant, leader: Person, operator: Person, centre: Centre
) -> None:
    met(grant, operator)
    with pytest.raises(PermissionDenied):
        sign(grant, leader)
    both = a_consultant("both", centre=centre)
    a_place = grant.organisation
    Head.objects.create(
        organisation=a_place, name="Б", person=both, entered_by=both.key, entered_at=NOON
    )

    assert codes_of(lambda: sign(grant, both)) == ["decision.own"]


def test_a_condition_is_met_by_a_note_or_a_file_and_may_be_opened_again(
    grant: Grant, operator: Person, leader: Person
) -> None:
    row = grant.conditions.get(code="account")
    bare = codes_of(lambda: meet_condition(row, " ", None, actor=operator, now=NOON))
    assert bare == ["condition.no_ground"]
    with pytest.raises(PermissionDenied):
        meet_condition(row, "Да", None, actor=leader, now=NOON)
    upload = an_upload(operator)
    for _press in range(2):
        meet_condition(row, "", upload, actor=operator, now=NOON)
    row.refresh_from_db()
    assert (row.met_at, row.file is not None) == (NOON, True)
    for _press in range(2):
        reopen_condition(row, actor=operator, now=NOON)
    row.refresh_from_db()
    assert row.met_at is None

    first = add_condition(grant, "Отдельный счёт", actor=operator, now=NOON)
    assert add_condition(grant, "Отдельный счёт", actor=operator, now=NOON) == first
    assert codes_of(lambda: add_condition(grant, " ", actor=operator, now=NOON)) == [
        "condition.no_text"
    ]


def test_after_the_signing_neither_conditions_nor_periods_change(
    grant: Grant, operator: Person
) -> None:
    row = signed(grant, operator)
    condition = row.conditions.all()[0]
    part = Part(FIRST, LAST, LAST, row.sum_minor)

    def refused(act: Callable[[], object]) -> bool:
        return codes_of(act) == ["grant.not_preparing"]

    assert refused(lambda: reopen_condition(condition, actor=operator, now=NOON))
    assert refused(lambda: add_condition(row, "Ещё", actor=operator, now=NOON))
    assert refused(lambda: write_periods(row, [part], actor=operator, now=NOON))
    assert refused(lambda: decline_grant(row, "Поздно", actor=operator, now=NOON))


def test_periods_come_to_the_sum_whatever_is_written(grant: Grant, operator: Person) -> None:
    in_two(grant, operator, first=60_000_00)
    assert tranches(grant) == [60_000_00, 30_000_00]
    part = Part(FIRST, LAST, LAST, 1)

    wrong = codes_of(lambda: write_periods(grant, [part], actor=operator, now=NOON))

    assert wrong == ["period.sum"]
    assert tranches(grant) == [60_000_00, 30_000_00]


def test_a_grant_that_is_declined_frees_the_reserve_and_is_declined_once(
    grant: Grant, leader: Person, operator: Person
) -> None:
    assert codes_of(lambda: decline_grant(grant, " ", actor=leader, now=NOON)) == [
        "award.no_reason"
    ]
    for _press in range(2):
        decline_grant(grant, "Не сможем", actor=leader, now=NOON)

    award = Award.objects.get()
    assert (award.follow, fresh(grant).stage) == ("declined", "declined")
    assert next_in_reserve(award.examination.contest) is None
    assert Notice.objects.filter(code="grants.declined", person=operator).count() == 1


def test_an_award_declined_on_its_own_page_closes_what_is_prepared_and_kept_it_goes_on(
    grant: Grant, award: Award, leader: Person, operator: Person
) -> None:
    met(grant, operator)
    decline_award(award, "Не сможем", actor=leader, now=NOON)
    assert codes_of(lambda: sign(grant, operator)) == ["grant.declined_since"]

    run_due_errands(now=NOON + timedelta(minutes=1))

    assert fresh(grant).stage == "declined"
    assert follow_award(grant, actor=operator, now=NOON).stage == "declined"
    take_back_declining(award, "Ошибка", actor=operator, now=NOON)
    run_due_errands(now=NOON + timedelta(minutes=1))
    assert fresh(grant).stage == "preparing"


def test_a_signed_award_is_declined_no_more(
    grant: Grant, award: Award, leader: Person, operator: Person
) -> None:
    signed(grant, operator)

    assert codes_of(lambda: decline_award(award, "Поздно", actor=leader, now=NOON)) == [
        "award.signed"
    ]


def test_days_for_signing_are_told_once_before_at_the_last_and_after(
    grant: Grant, operator: Person, leader: Person
) -> None:
    last = grant.sign_by
    assert last is not None
    told = []
    for days in (-30, -14, -13, -3, 0, 1, 2):
        today = last + timedelta(days=days)
        told.append(remind_to_sign(grant, today=today, actor=operator, now=NOON))

    assert told == [False, True, False, True, False, True, False]
    rows = Notice.objects.filter(code__startswith="grants.signing").order_by("pk")
    assert [(one.code, one.person) for one in rows] == [
        ("grants.signing_soon", leader),
        ("grants.signing_soon", operator),
        ("grants.signing_soon", leader),
        ("grants.signing_soon", operator),
        ("grants.signing_late", operator),
    ]


def test_a_curator_is_of_the_centre_and_is_told(
    grant: Grant, operator: Person, centre: Centre, leader: Person
) -> None:
    other = a_consultant("other", centre=centre)
    for _press in range(2):
        name_curator(grant, other, actor=operator, now=NOON)
    with pytest.raises(PermissionDenied):
        name_curator(grant, leader, actor=operator, now=NOON)

    assert fresh(grant).curator == other
    assert Notice.objects.filter(code="grants.curator", person=other).count() == 1


def test_a_grant_elsewhere_is_signed_by_its_own_people_and_corrected_before() -> None:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    grant = elsewhere(organisation, leader)
    scan = a_scan(leader)
    made = keep_agreement(grant, scan, {}, number="25-1", on=None, actor=leader, now=NOON)
    assert made.plan == latest_plan(grant)
    correct_won(grant, Won(100_00, FIRST, LAST), actor=leader, now=NOON)
    assert dict(thawed_plan(latest_plan(grant), grant).grant) == {"whole": 100_00}
    assert tranches(grant) == [100_00]
    kept = GrantPaper.objects.get(pk=made.pk)
    assert (kept.plan, kept.made) == (None, made.made)

    row = sign_grant(grant, Agreed("25-1", SIGNED_ON), actor=leader, now=NOON)

    assert (row.stage, Standing.objects.get().key) == ("under_way", grant.key)
    again = Won(1, FIRST, LAST)
    assert codes_of(lambda: correct_won(grant, again, actor=leader, now=NOON)) == [
        "grant.not_preparing"
    ]


def text_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    feet = [one.text for one in document.sections[0].footer.paragraphs]
    return "\n".join([one.text for one in document.paragraphs] + cells + feet)


def test_the_agreement_says_what_the_site_knows_and_what_was_typed(
    grant: Grant, operator: Person
) -> None:
    BankAccount.objects.create(
        organisation=grant.organisation, number="4" * 20, bik="0" * 9, bank="Банк & Ко"
    )
    typed = {"number": "1-26", "date": "23 ноября 2026", "head_signer": "директора Яровой & <b>"}

    told = text_of(agreement_docx(grant, facts_of(grant), typed, language="ru", now=NOON))

    for words in (
        "1-26",
        "директора Яровой & <b>",
        "Девяносто тысяч рублей 00 копеек",
        "Банк & Ко",
        "Встреча во дворе",
        "Чай",
        latest_plan(grant).digest,
    ):
        assert words in told
    assert "{" not in told


def test_a_centre_keeps_a_form_of_its_own_with_places_that_are_known(
    grant: Grant, contest: Contest, operator: Person, leader: Person
) -> None:
    document = Document()
    broken = document.add_paragraph()
    for piece in ("Договор {num", "ber", "} на {sum}"):
        broken.add_run(piece)
    document.add_paragraph("{table_budget}")
    written = BytesIO()
    document.save(written)
    own = written.getvalue()
    assert places_in(own) == ["number", "sum", "table_budget"]
    assert gaps_of_form(own) == []
    upload = an_upload(operator, own, "form.docx")
    with pytest.raises(PermissionDenied):
        keep_template(contest, upload, actor=leader, now=NOON)
    for _press in range(2):
        keep_template(contest, upload, actor=operator, now=NOON)
    assert AgreementTemplate.objects.count() == 1

    told = text_of(agreement_docx(grant, facts_of(grant), {"number": "7"}, language="ru", now=NOON))
    assert "Договор 7 на 90 000 ₽".replace(" 000", "\u00a0000").replace(" ₽", "\u00a0₽") in told
    assert "Чай" in told

    keep_template(contest, None, actor=operator, now=NOON)
    assert not AgreementTemplate.objects.exists()


def test_a_form_with_unknown_places_or_none_is_refused() -> None:
    document = Document()
    document.add_paragraph("{nobody} {number} {и так}")
    written = BytesIO()
    document.save(written)
    gap = gaps_of_form(written.getvalue())[0]
    plain = BytesIO()
    Document().save(plain)

    assert (gap.code, gap.values) == ("template.unknown", {"names": "nobody"})
    assert [one.code for one in gaps_of_form(plain.getvalue())] == ["template.no_places"]
    assert [one.code for one in gaps_of_form(b"text")] == ["template.not_docx"]
    kept = filled(
        written.getvalue(),
        Values({"number": "1"}, {"nobody": Table([], [])}),
        page_words="{page}/{pages}",
    )
    assert "{nobody} 1 {и так}" in text_of(kept)


def test_the_form_of_the_site_has_known_places_alone() -> None:
    assert gaps_of_form(form_docx(language="ru", now=NOON)) == []


def test_what_the_site_sees_of_conditions(grant: Grant) -> None:
    today = NOON.date()

    def seen() -> dict[str, str]:
        return {code: one.code for code, one in seen_of(grant, today=today).items()}

    assert seen() == {"account": "account_none", "charter": "head_none", "plan": "budget_whole"}
    BankAccount.objects.create(organisation=grant.organisation, number="4" * 20, bik="0" * 9)
    head = Head.objects.create(
        organisation=grant.organisation,
        name="Яровая Татьяна Ивановна",
        post="Директор",
        until=today,
        entered_by=grant.key,
        entered_at=NOON,
    )
    assert (seen()["account"], seen()["charter"]) == ("account_fault", "head_until")
    Head.objects.filter(pk=head.pk).update(until=today - timedelta(days=1))
    assert seen()["charter"] == "head_over"
    Head.objects.filter(pk=head.pk).update(until=None)
    assert seen()["charter"] == "head_open"
    typed = typed_before(grant, operator="Центр")
    assert typed["head_signer"] == "директора Яровой Татьяны Ивановны"
    assert typed["head_short"] == "Яровая Т. И."


def test_a_plan_that_was_touched_is_seen(grant: Grant) -> None:
    plan = latest_plan(grant)
    plan.content = b"{}"
    plan.save()
    with pytest.raises(ValueError, match="changed"):
        thawed_plan(plan, grant)
    assert Period.objects.count() == 1
    assert StoredFile.objects.count() == 0
