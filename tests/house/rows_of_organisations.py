"""A row of every table that knows an organisation."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from django.db.models import Model

from sinergia.applications.models import Submission
from sinergia.exchange.models import (
    Commitment,
    Delegate,
    Organiser,
    PartnershipAgreement,
    Party,
    Session,
    Visit,
)
from sinergia.grants.models import Grant
from sinergia.organisations import models as register
from sinergia.organisations.models import Merge, Organisation
from sinergia.practices.models import Adoption, Letter, PracticeRevision
from sinergia.projects.models import Project
from sinergia.review.models import Expert
from sinergia.support import models as support
from sinergia.support.models import Enrolment, Training
from tests.arrange import (
    NOON,
    a_contest,
    a_delegate,
    a_fund,
    a_municipality,
    a_person,
    a_practice,
    a_theme,
    a_visit,
    an_application,
    an_organisation,
)
from tests.arrange_review import an_expert

Maker = Callable[[Organisation], Model]


def a_field() -> register.FieldOfWork:
    return register.FieldOfWork.objects.create(name="Спорт", name_folded="спорт")


def a_source() -> register.Source:
    made, _ = register.Source.objects.get_or_create(code="list", name="Список")
    return made


def an_earlier_merge(kept: Organisation) -> Model:
    return Merge.objects.create(
        kept=kept, gone_id=0, gone_key=uuid4(), content=b"{}", actor=a_person("early"), at=NOON
    )


def a_contact_post(body: Organisation) -> Model:
    centre = register.Centre.objects.get()
    contact = register.Contact.objects.create(
        centre=centre, name="П", name_folded="п", entered_by=body.key, made_at=NOON
    )
    return register.Post.objects.create(contact=contact, title="П", organisation=body, kind="npo")


def a_note(about: Organisation) -> Model:
    centre = register.Centre.objects.get()
    return register.Note.objects.create(
        centre=centre, organisation=about, text="о", author=a_person("author"), made_at=NOON
    )


def an_acquaintance(with_: Organisation) -> Model:
    centre = register.Centre.objects.get()
    return register.Acquaintance.objects.create(
        centre=centre, organisation=with_, met_on=date(2026, 1, 2)
    )


def a_question(about: Organisation) -> Model:
    return register.Question.objects.create(
        code="conflict", source=a_source(), organisation=about, digest="d", content=b"",
        raised_at=NOON,
    )  # fmt: skip


def a_record(of: Organisation) -> Model:
    return register.SourceRecord.objects.create(
        organisation=of, source=a_source(), digest="d", content=b"{}", loaded_at=NOON
    )


def a_pair(of: Organisation, *, is_first: bool) -> Model:
    other = an_organisation("Третьи")
    first, second = (of, other) if is_first else (other, of)
    if first.pk > second.pk:  # the elder goes first, so the other one is made anew as elder
        Organisation.objects.filter(pk=first.pk).update(id=second.pk + 1_000)
        first = Organisation.objects.get(key=first.key)
        first, second = second, first
    return register.Pair.objects.create(
        first=first, second=second, reasons="name", likeness=60, found_at=NOON
    )


def a_succession(of: Organisation, *, is_predecessor: bool) -> Model:
    other = an_organisation("Иные")
    before, after = (of, other) if is_predecessor else (other, of)
    return register.Succession.objects.create(
        predecessor=before, successor=after, kind="absorbed", entered_by=of.key, entered_at=NOON
    )


def an_expert_of(organisation: Organisation) -> Expert:
    contest = a_contest(centre=register.Centre.objects.get(), fund=a_fund("experts"))
    expert = an_expert(contest=contest)
    Expert.objects.filter(pk=expert.pk).update(organisation=organisation)
    return expert


def a_submission(of: Organisation) -> Model:
    contest = a_contest(centre=register.Centre.objects.get(), fund=a_fund("submissions"))
    project = Project.objects.create(
        organisation=an_organisation("Третьи"), made_by=of.key, made_at=NOON, changed_at=NOON
    )
    return Submission.objects.create(
        contest=contest, project=project, organisation=of, number=1, version=1,
        shown_number="26-1-0001", title="Двор", asked_minor=1, currency="RUB", submitted_at=NOON,
    )  # fmt: skip


def a_centre_of(one: Organisation) -> Model:
    return register.Centre.objects.create(organisation=one, time_zone="UTC", made_at=NOON)


def an_adoption(by: Organisation) -> Adoption:
    practice = a_practice(organisation=an_organisation("Авторы"))
    origin = PracticeRevision.objects.create(
        practice=practice, why="published", content=b"", size=0, by=by.key, at=NOON
    )
    return Adoption.objects.create(
        practice=practice, origin=origin, organisation=by, made_by=by.key, made_at=NOON
    )


def a_letter(of: Organisation) -> Model:
    return Letter.objects.create(
        adoption=an_adoption(an_organisation("Кто берёт")), by=a_person("writer"), of=of,
        text="Поможем.", at=NOON,
    )  # fmt: skip


def a_visit_here() -> Visit:
    return a_visit(centre=register.Centre.objects.get())


def a_party(one: Organisation) -> Model:
    agreement = PartnershipAgreement.objects.create(
        centre=register.Centre.objects.get(), number="4", signed_on=NOON.date(), subject="Обмен",
        made_at=NOON,
    )  # fmt: skip
    return Party.objects.create(agreement=agreement, place=1, organisation=one)


def a_delegate_of(one: Organisation) -> Delegate:
    return Delegate.objects.create(visit=a_visit_here(), place=1, name="Н", organisation=one)


def a_session_at(host: Organisation) -> Model:
    return Session.objects.create(
        visit=a_visit_here(), title="Реабилитация на дому", starts_at=NOON,
        ends_at=NOON + timedelta(hours=1), host=host, changed_by=host.key,
    )  # fmt: skip


def a_commitment_of(one: Organisation) -> Model:
    delegate = a_delegate("Н", visit=a_visit_here())
    return Commitment.objects.create(
        visit=delegate.visit, delegate=delegate, idea="Прокат", organisation=one,
        made_at=NOON, changed_at=NOON,
    )  # fmt: skip


def an_enrolment_of(one: Organisation) -> Model:
    training = Training.objects.create(
        centre=register.Centre.objects.get(), name="Школа", name_folded="школа", where="Дом НКО",
        starts_at=NOON, ends_at=NOON + timedelta(hours=1), hours=1, check_code="code", made_at=NOON,
    )  # fmt: skip
    return Enrolment.objects.create(
        training=training, organisation=one, language="ru", stage="enrolled", enrolled_at=NOON
    )


def a_grant_of(one: Organisation) -> Model:
    won = an_application(organisation=an_organisation("Третьи"))
    return Grant.objects.create(
        application=won, organisation=one, currency="RUB", sum_minor=1,
        begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), made_at=NOON,
    )  # fmt: skip


def a_standing(of: Organisation) -> Model:
    return register.Standing.objects.create(
        organisation=of, code="grant_under_way", key=uuid4(), since=date(2026, 1, 1)
    )


# A key to an organisation, as `table.field`, and how a row of it is made.
def a_request(of: Organisation) -> Model:
    return support.Request.objects.create(
        centre=register.Centre.objects.get(), organisation=of, text="Устав", asked_at=NOON
    )


def a_client(of: Organisation) -> Model:
    return support.Client.objects.create(
        centre=register.Centre.objects.get(), name="Н", organisation=of, made_at=NOON
    )


def a_consultation(of: Organisation) -> Model:
    centre = register.Centre.objects.get()
    topic = support.Topic.objects.create(centre=centre, name_ru="Устав", name_folded="устав")
    return support.Consultation.objects.create(
        centre=centre, organisation=of, topic=topic, held_on=NOON.date(), channel="phone",
        result="solved", minutes=30, consultant=a_person("consultant"), made_at=NOON,
        changed_at=NOON, text="Устав",
    )  # fmt: skip


MAKERS: dict[str, Maker] = {
    "applications.application.organisation": lambda one: an_application(organisation=one),
    "support.client.organisation": a_client,
    "support.consultation.organisation": a_consultation,
    "support.request.organisation": a_request,
    "grants.grant.organisation": a_grant_of,
    "exchange.commitment.organisation": a_commitment_of,
    "exchange.delegate.organisation": a_delegate_of,
    "exchange.organiser.organisation": lambda one: Organiser.objects.create(
        visit=a_visit_here(), side="host", organisation=one, name="Н"
    ),
    "exchange.party.organisation": a_party,
    "exchange.session.host": a_session_at,
    "practices.adoption.organisation": an_adoption,
    "practices.letter.of": a_letter,
    "practices.practice.organisation": lambda one: a_practice(organisation=one),
    "organisations.acquaintance.organisation": an_acquaintance,
    "applications.submission.organisation": a_submission,
    "review.expert.organisation": an_expert_of,
    "support.enrolment.organisation": an_enrolment_of,
    "projects.project.organisation": lambda one: Project.objects.create(
        organisation=one, title="Тёплый двор", made_by=one.key, made_at=NOON, changed_at=NOON
    ),
    "organisations.bankaccount.organisation": lambda one: register.BankAccount.objects.create(
        organisation=one, number="4" * 20, bik="0" * 9
    ),
    "organisations.card.organisation": lambda one: register.Card.objects.create(
        organisation=one, changed_at=NOON
    ),
    "organisations.centre.organisation": a_centre_of,
    "organisations.change.organisation": lambda one: register.Change.objects.create(
        organisation=one, field="name", at=NOON, actor_key=one.key
    ),
    "organisations.claim.organisation": lambda one: register.Claim.objects.create(
        organisation=one, person=a_person("claimer"), role="leader", raised_at=NOON
    ),
    "organisations.formerkey.organisation": lambda one: register.FormerKey.objects.create(
        key=a_person("keyholder").key, organisation=one
    ),
    "organisations.formername.organisation": lambda one: register.FormerName.objects.create(
        organisation=one, name="Прежнее"
    ),
    "organisations.head.organisation": lambda one: register.Head.objects.create(
        organisation=one, name="Н", entered_by=one.key, entered_at=NOON
    ),
    "organisations.identifier.organisation": lambda one: register.Identifier.objects.create(
        organisation=one, scheme="RU-OGRN", value="1027700132195"
    ),
    "organisations.membership.organisation": lambda one: register.Membership.objects.create(
        organisation=one, person=a_person("member"), role="editor", since=NOON
    ),
    "organisations.merge.kept": an_earlier_merge,
    "organisations.note.organisation": a_note,
    "organisations.organisationfield.organisation": lambda one: (
        register.OrganisationField.objects.create(organisation=one, field=a_field())
    ),
    "organisations.organisationplace.organisation": lambda one: (
        register.OrganisationPlace.objects.create(organisation=one, municipality=a_municipality())
    ),
    "organisations.organisationtheme.organisation": lambda one: (
        register.OrganisationTheme.objects.create(organisation=one, theme=a_theme())
    ),
    "organisations.pair.first": lambda one: a_pair(one, is_first=True),
    "organisations.pair.second": lambda one: a_pair(one, is_first=False),
    "organisations.paper.organisation": lambda one: register.Paper.objects.create(
        organisation=one, kind="charter", entered_by=one.key, made_at=NOON
    ),
    "organisations.post.organisation": a_contact_post,
    "organisations.question.organisation": a_question,
    "organisations.reach.organisation": lambda one: register.Reach.objects.create(
        organisation=one, kind="phone", value="+7 900 000-00-01"
    ),
    "organisations.sourcerecord.organisation": a_record,
    "organisations.standing.organisation": a_standing,
    "organisations.succession.predecessor": lambda one: a_succession(one, is_predecessor=True),
    "organisations.succession.successor": lambda one: a_succession(one, is_predecessor=False),
}
