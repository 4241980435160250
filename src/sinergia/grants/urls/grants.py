"""Addresses of grants: their lists, one grant, its signing and its money."""

from django.urls import path

from sinergia.grants.views import grant, lists, money, payments, signing, templates

app_name = "grants"
urlpatterns = [
    path("grants/", lists.grants, name="list"),
    path("grants/export.<str:form>", lists.export, name="export"),
    path("grants/awaiting/", lists.awaiting, name="awaiting"),
    path("grants/payments/", payments.payments, name="payments"),
    path("grants/payments/registry.xlsx", payments.registry, name="registry"),
    path("grants/payments/statement/", payments.statement, name="statement"),
    path("grants/<uuid:key>/", grant.grant, name="grant"),
    path("grants/<uuid:key>/plan/", grant.plan, name="plan"),
    path("grants/<uuid:key>/curator/", grant.curator, name="curator"),
    path("grants/<uuid:key>/files/<uuid:row>/<slug:which>/", grant.file, name="file"),
    path("grants/<uuid:key>/conditions/new/", signing.new_condition, name="new_condition"),
    path("grants/<uuid:key>/conditions/<uuid:row>/", signing.condition, name="condition"),
    path("grants/<uuid:key>/conditions/<uuid:row>/reopen/", signing.reopen, name="reopen"),
    path("grants/<uuid:key>/periods/", signing.periods, name="periods"),
    path("grants/<uuid:key>/agreement/", signing.agreement, name="agreement"),
    path("grants/<uuid:key>/sign/", signing.sign, name="sign"),
    path("grants/<uuid:key>/decline/", signing.decline, name="decline"),
    path("grants/<uuid:key>/correct/", signing.correct, name="correct"),
    path("grants/<uuid:key>/money/", money.money, name="money"),
    path("grants/<uuid:key>/transfers/new/<slug:kind>/", money.transfer, name="transfer"),
    path("grants/<uuid:key>/transfers/<uuid:row>/remove/", money.remove, name="remove"),
    path("organisations/<uuid:key>/grants/", lists.own, name="own"),
    path("applications/<uuid:key>/grant/", lists.begin, name="begin"),
    path("calls/<uuid:key>/agreement-form/", templates.template, name="template"),
    path("calls/<uuid:key>/agreement-form/file/", templates.template_file, name="template_file"),
]
