"""Addresses of reports: their list, one report, its payments and files, its check."""

from django.urls import path

from sinergia.grants.views import (
    report_check,
    report_files,
    report_list,
    report_money,
    report_reading,
    report_section,
    reports,
)

app_name = "reports"
ONE = "grants/<uuid:key>/reports/<uuid:row>/"
PAID = f"{ONE}payments/<uuid:payment>/"
urlpatterns = [
    path("grants/reports/", report_list.reports, name="list"),
    path("grants/reports/export.<str:form>", report_list.export, name="export"),
    path("grants/<uuid:key>/reports/", reports.reports, name="reports"),
    path("grants/<uuid:key>/reports/begin/<slug:which>/", reports.begin, name="begin"),
    path(ONE, reports.report, name="report"),
    path(f"{ONE}sign/", reports.to_sign, name="to_sign"),
    path(f"{ONE}submit/", reports.submit, name="submit"),
    path(f"{ONE}sections/<slug:name>/", report_section.section, name="section"),
    path(f"{ONE}save/", report_section.save, name="save"),
    path(f"{ONE}take-out/", report_section.take_out, name="take_out"),
    path(f"{ONE}move/", report_section.move, name="move"),
    path(f"{ONE}read/", report_reading.read, name="read"),
    path(f"{ONE}report.pdf", report_reading.paper, name="paper"),
    path(f"{ONE}payments.xlsx", report_reading.table, name="table"),
    path(f"{ONE}files.zip", report_files.archive, name="archive"),
    path(f"{ONE}versions/", report_reading.versions, name="versions"),
    path(f"{ONE}files/add/", report_files.add, name="add_file"),
    path(f"{ONE}files/<uuid:attached>/", report_files.file, name="file"),
    path(f"{ONE}files/<uuid:attached>/remove/", report_files.remove, name="remove_file"),
    path(f"{ONE}payments/new/", report_money.new, name="new_payment"),
    path(f"{ONE}payments/load/", report_money.load, name="load"),
    path(f"{ONE}payments/documents/", report_money.documents, name="documents"),
    path(f"{ONE}payments/template.xlsx", report_money.template, name="template"),
    path(PAID, report_money.change, name="payment"),
    path(f"{PAID}document/", report_money.document, name="document"),
    path(f"{PAID}remove/", report_money.remove, name="remove_payment"),
    path(f"{PAID}verdict/", report_check.verdict, name="verdict"),
    path(f"{ONE}check/", report_check.check, name="check"),
    path(f"{ONE}check/remark/", report_check.remark, name="remark"),
    path(f"{ONE}check/<slug:act>/", report_check.settle, name="settle"),
    path(f"{ONE}remarks/<uuid:remark>/drop/", report_check.drop, name="drop"),
    path(f"{ONE}remarks/<uuid:remark>/answer/", reports.answer, name="answer"),
]
