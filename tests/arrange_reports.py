"""Makers of reports: a grant of this year in two periods, its report written, handed in."""

from datetime import date, datetime, timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image

from sinergia.base.drafts.actions import Save
from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.http import accept
from sinergia.base.files.models import DOCUMENT, Upload
from sinergia.engine.granting.plan import write_plan
from sinergia.engine.granting.reporting import REPORT
from sinergia.engine.granting.spending import Payment
from sinergia.grants.actions.reporting import attach, begin_report, save_fields
from sinergia.grants.actions.spending import enter_spending
from sinergia.grants.actions.submitting import submit_report
from sinergia.grants.models import Grant, Period, Plan, Report, ReportVersion, Spending
from sinergia.grants.queries.reports import whole_reports
from sinergia.people.models import Person
from tests.arrange_grants import PDF, fresh, paid, signed

WALK, FAIR, RESULT, RENT, TOOLS = "aaaaaa", "bbbbbb", "cccccc", "dddddd", "eeeeee"
SIGNED_ON, MIDDLE, LAST = date(2026, 2, 1), date(2026, 5, 31), date(2026, 10, 31)
TEXTS = {
    "title": "Тёплый двор",
    f"events/{WALK}/what": "Обход дворов",
    f"events/{WALK}/starts_on": "2026-03-01",
    f"events/{WALK}/ends_on": "2026-03-10",
    f"events/{WALK}/people": "40",
    f"events/{FAIR}/what": "Праздник двора",
    f"events/{FAIR}/starts_on": "2026-09-01",
    f"events/{FAIR}/ends_on": "2026-09-02",
    f"events/{FAIR}/people": "100",
    f"results/{RESULT}/what": "Дворы без опасных углов",
    f"results/{RESULT}/number": "12",
    f"results/{RESULT}/proof": "акты",
    f"lines/{RENT}/what": "Аренда зала",
    f"lines/{RENT}/price": "60000",
    f"lines/{RENT}/quantity": "1",
    f"lines/{TOOLS}/what": "Инструменты",
    f"lines/{TOOLS}/price": "30000",
    f"lines/{TOOLS}/quantity": "1",
}
LINES = {RENT: 60_000_00, TOOLS: 30_000_00}


def a_picture(shade: int = 90) -> bytes:
    """A small picture."""
    target = BytesIO()
    Image.new("RGB", (40, 30), (shade, 120, 90)).save(target, "PNG")
    return target.getvalue()


def now() -> datetime:
    """The moment: reports know what day it is."""
    return timezone.now()


def under_way(grant: Grant, operator: Person) -> Grant:
    """A grant of 90 000 of this year, signed, in two periods, the first tranche paid."""
    row = signed(grant, operator)
    paid(row, operator, 60_000_00 if row.periods.count() > 1 else 90_000_00)
    kept = write_plan(TEXTS, LINES)
    Plan.objects.create(
        grant=row, version=2, content=kept.content, digest=kept.digest, made_at=now()
    )
    Grant.objects.filter(pk=row.pk).update(
        begins_on=SIGNED_ON, signed_on=SIGNED_ON, ends_on=LAST, made_at=now()
    )
    row.transfers.update(on=SIGNED_ON)
    Period.objects.filter(grant=row, number=1).update(
        begins_on=SIGNED_ON, ends_on=MIDDLE, report_on=date(2026, 6, 15)
    )
    Period.objects.get_or_create(
        grant=row,
        number=2,
        defaults={
            "begins_on": MIDDLE + timedelta(days=1),
            "ends_on": LAST,
            "report_on": date(2026, 11, 15),
            "tranche_minor": 0,
        },
    )
    Period.objects.filter(grant=row, number=2).update(
        begins_on=MIDDLE + timedelta(days=1), ends_on=LAST, report_on=date(2026, 11, 15)
    )
    return fresh(row)


def begun(grant: Grant, leader: Person, number: int | None = 1) -> Report:
    """The report on a period, begun; none: the final one."""
    period = grant.periods.get(number=number) if number is not None else None
    return begin_report(grant, period, actor=leader, now=now())


def typed(report: Report, leader: Person, **texts: str) -> None:
    """Texts saved upon whatever stands there; `events__aaaaaa__on` is the path with slashes."""
    versions = dict(report.texts.values_list("path", "version"))
    saves = []
    for name, text in texts.items():
        path = REPORT.parse(name.replace("__", "/"))
        assert path is not None, name
        saves.append(Save(path, text, versions.get(str(path), 0)))
    save_fields(report, saves, actor=leader, now=now())


def a_payment(
    minor: int = 25_000_00,
    *,
    line: str = RENT,
    number: str = "17",
    on: date = date(2026, 4, 2),
    payee: str = "ООО «Уют»",
    currency: str = "RUB",
) -> Payment:
    """A payment of the first period."""
    return Payment(line, on, "Платёжное поручение", number, payee, minor, currency, "аренда")


def a_paper(actor: Person, name: str = "order.pdf", content: bytes = PDF) -> Upload:
    """A document, ready to be kept."""
    upload = begin_upload(DOCUMENT, name=name, size=len(content), actor=actor, now=now())
    return accept(fill_upload(upload, [content]), now=now())


def entered(
    report: Report, leader: Person, payment: Payment | None = None, *, has_file: bool = True
) -> Spending:
    """A payment entered with its document."""
    file = a_paper(leader) if has_file else None
    return enter_spending(report, payment or a_payment(), file, actor=leader, now=now())


def ready(report: Report, leader: Person) -> Report:
    """The report on the first period with everything that it has to tell."""
    typed(
        report,
        leader,
        events__aaaaaa__on="2026-03-05",
        events__aaaaaa__place="Рудный Лог",
        events__aaaaaa__people="44",
        events__aaaaaa__told="Обошли двенадцать дворов",
        done="Жители обошли дворы и составили карту.",
    )
    for at in range(3):  # as many pictures as any rules here ask for
        picture = a_paper(leader, f"walk{at}.png", a_picture())
        attach(report, f"events/{WALK}", picture, "", actor=leader, now=now())
    entered(report, leader)
    return whole_reports().get(pk=report.pk)


def handed_in(grant: Grant, leader: Person) -> tuple[Report, ReportVersion]:
    """The report on the first period, handed in."""
    report = ready(begun(grant, leader), leader)
    version = submit_report(report, actor=leader, now=now())
    return whole_reports().get(pk=report.pk), version
