"""The demo's contest of this year under review, by the actions of the site."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation

from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.drafts import Path
from sinergia.notices.actions import see_about
from sinergia.organisations.models import Centre
from sinergia.packs.rules import Rules
from sinergia.people.actions import invent_person
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.review.actions.accepting import accept, give_readings
from sinergia.review.actions.answering import accept_invitation
from sinergia.review.actions.assigning import Wanted, make_assignment, propose
from sinergia.review.actions.beginning import begin_review
from sinergia.review.actions.conflicts import enter_conflict
from sinergia.review.actions.course import call_further, remind_experts, set_term
from sinergia.review.actions.experts import Given, Profile, invite_experts
from sinergia.review.actions.scoring import open_sheet, save_sheet, sign_sheet
from sinergia.review.actions.statements import confirm_no_conflict, sign_statement
from sinergia.review.models import Expert, Item, Sheet, Statement
from sinergia.review.queries.calling import needs_of, propose_further
from sinergia.review.queries.statements import wording_of
from sinergia.review.words.experts import letter_to
from sinergia.web.commands.actions.signed import Filling, lay_signed
from sinergia.web.commands.holding import heads
from sinergia.web.commands.intake import SCREENER, screened_contest
from sinergia.web.commands.queries import experts_named, has_commission, sheets_there
from sinergia.web.commands.sessions import compose, convene, put
from sinergia.web.demo import reviewed as told
from sinergia.web.demo import stock
from sinergia.web.demo.readers import LARGE_MOST, MOST, Reader, lent, readers_of_2026
from sinergia.web.demo.reviewed import Pair, pairs_of, signing, unsigned_of
from sinergia.web.demo.scoring import scores_to, texts_of_sheet
from sinergia.web.demo.story import Demo

EACH = 10  # sheets of an expert
LENDER = "XA-SVB"
HASTY = 7  # the expert of whom one sheet looks so, of those in their order
HALF = 4  # scores of a sheet that is begun
SOON = timedelta(seconds=95)


@dataclass(frozen=True)
class Review:
    """A contest, who runs it, and the moment at which the demo is loaded."""

    contest: Contest
    operator: Person
    me: Person
    seed: int
    moment: datetime

    @cached_property
    def rules(self) -> Rules:
        """By which it is reviewed."""
        kept = rules_of(self.contest)
        if kept is None:
            raise LookupError(self.contest)
        return kept.rules

    def ago(self, days: int, hours: int = 0) -> datetime:
        """So many days before the demo is loaded, at ten in the morning and so many hours."""
        zone = ZoneInfo(self.contest.time_zone)
        day = self.moment.astimezone(zone) - timedelta(days=days)
        return day.replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(hours=hours)

    def chance(self, what: str) -> Random:
        """Chance that another part of the story does not move."""
        return Random(f"{self.seed}:{what}")  # noqa: S311  # nothing is kept secret by it

    def invite(
        self, readers: Sequence[Reader], *, most: int, at: datetime, lent_by: Centre | None = None
    ) -> list[Expert]:
        """Invite experts, who accept and sign what is signed before anything is shown."""
        given = [
            Given(_profile(one, most), email=one.email, lent_by=lent_by, line=line)
            for line, one in enumerate(readers, start=1)
        ]
        with translation.override("ru"):
            sent = invite_experts(
                self.contest, given, ends_at=at + timedelta(days=14), actor=self.operator,
                now=at, letter=letter_to,
            )  # fmt: skip
        experts = []
        for place, (one, by) in enumerate(zip(sent, given, strict=True)):
            answered = at + timedelta(hours=3 + place * 5 % 44)
            person = self.person(by.email, by.profile.name, at=at)
            key, token = one.invitation.key, one.token
            experts.append(accept_invitation(key, token, by.profile, actor=person, now=answered))
            self.sign_statements(experts[-1], person, at=answered)
            see_about(experts[-1], now=answered)  # who runs it has looked
        return experts

    def person(self, email: str, name: str, *, at: datetime) -> Person:
        """Somebody's account."""
        return invent_person(email, name, is_administrator=False, actor=self.me, now=at)

    def sign_statements(self, expert: Expert, person: Person, *, at: datetime) -> None:
        """Sign the three statements, in their order."""
        for minute, kind in enumerate(Statement.Kind.values, start=4):
            version = wording_of(kind, self.contest, "ru").version
            sign_statement(
                expert, kind, version=version, language="ru", actor=person,
                now=at + timedelta(minutes=minute),
            )  # fmt: skip

    def write(self, sheet: Sheet, texts: dict[str, str], *, at: datetime) -> Person:
        """Open a sheet and write it; who did."""
        person = sheet.expert.person
        if person is None:
            raise LookupError(sheet)
        confirm_no_conflict(sheet.expert, [sheet.key], ties={}, actor=person, now=at)
        open_sheet(sheet, actor=person, now=at)
        saves = [Save(Path(path), text, 0) for path, text in texts.items()]
        save_sheet(sheet, saves, actor=person, now=at + timedelta(minutes=1))
        return person

    def sign(
        self, sheet: Sheet, texts: dict[str, str], *, opened: datetime, signed: datetime
    ) -> None:
        """Write a sheet and sign it."""
        sign_sheet(sheet, actor=self.write(sheet, texts, at=opened), now=signed)


def review_of(demo: Demo, me: Person) -> Review:
    """The review of the contest that was screened."""
    operator = invented_people().get(email=SCREENER)
    return Review(screened_contest(), operator, me, demo.seed, timezone.now())


def begin(demo: Demo, me: Person) -> None:
    """Experts are invited and given what they are to read; whole or not at all, and only once."""
    review = review_of(demo, me)
    contest, operator = review.contest, review.operator
    if experts_named(contest).exists():
        return
    with transaction.atomic():
        readers = readers_of_2026(is_large=demo.is_large)
        most = LARGE_MOST if demo.is_large else MOST
        begin_review(contest, actor=operator, now=review.ago(told.BEGUN))
        review.invite(readers, most=most, at=review.ago(told.INVITED))
        at = review.ago(told.GIVEN)
        set_term(contest, review.ago(told.TERM).date(), actor=operator, now=at)
        wanted = Wanted() if demo.is_large else Wanted(least=EACH, most=EACH)
        asked = propose(contest, wanted, actor=operator, now=at)
        make_assignment(asked, now=at)
        asked.refresh_from_db()
        accept(asked, actor=operator, now=at + timedelta(hours=1))
        if demo.is_large:
            asked.refresh_from_db()
            give_readings(asked, actor=operator, now=at + timedelta(hours=1))
        _confirm(contest, now=at + timedelta(hours=2))


def _confirm(contest: Contest, *, now: datetime) -> None:
    """Everybody says of what they were given that nothing ties them to it."""
    given: dict[Expert, list[UUID]] = {}
    for sheet in sheets_there(contest):
        given.setdefault(sheet.expert, []).append(sheet.key)
    for expert, keys in given.items():
        if expert.person is not None:
            confirm_no_conflict(expert, keys, ties={}, actor=expert.person, now=now)


def score(demo: Demo, me: Person) -> None:
    """Sheets are signed but for those of who is late; only once."""
    review = review_of(demo, me)
    sheets = sheets_there(review.contest)
    if any(one.signed_at for one in sheets):
        return
    given = [told.Given(one.pk, one.expert_id, one.examination_id) for one in sheets]
    applications = {one.examination_id for one in sheets}
    if demo.is_large:
        unsigned = told.some_of(given, chance=review.chance("unsigned"))
        apart = len(applications) // told.APART_OF_LARGE
    else:
        unsigned, apart = unsigned_of(given, _late_among(sheets)), told.DIVERGENT
    pairs = pairs_of(given, unsigned, apart=apart, chance=review.chance("pairs"))
    fillings = list(_fillings(review, sheets, pairs))
    with transaction.atomic():
        if demo.is_large:
            lay_signed([one for one in fillings if one.sheet.pk not in unsigned], review.rules)
        else:
            _sign(review, fillings, unsigned)


def _late_among(sheets: Sequence[Sheet]) -> dict[int, int]:
    """How many sheets are signed by those who are late, by their primary keys."""
    late = {one.name: one.late for one in readers_of_2026(is_large=False)}
    told_late = {one.expert_id: late[one.expert.name] for one in sheets}
    return {expert: signed for expert, signed in told_late.items() if signed is not None}


def _fillings(
    review: Review, sheets: Sequence[Sheet], pairs: Mapping[int, Pair]
) -> Iterator[Filling]:
    """What each sheet says, and when it is opened and signed; experts in their order."""
    seen: set[int] = set()
    now = review.ago(0)
    by_expert: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        by_expert.setdefault(sheet.expert_id, []).append(sheet)
    for number, theirs in enumerate(by_expert.values()):
        for place, sheet in enumerate(theirs):
            pair, examination = pairs[sheet.examination_id], sheet.examination
            rating = pair.second if examination.pk in seen else pair.first
            seen.add(examination.pk)
            chance = review.chance(f"sheet:{number}:{place}")
            scores = scores_to(rating, review.rules, examination.category, chance=chance)
            asked = examination.submission.asked_minor
            texts = texts_of_sheet(scores, rating, asked, chance=chance)
            opened, signed = signing(place, len(theirs), now, chance=chance)
            is_hasty = number == HASTY and place == len(theirs) - 1
            yield Filling(sheet, texts, opened, opened + SOON if is_hasty else signed)


def _sign(review: Review, fillings: Sequence[Filling], unsigned: Collection[int]) -> None:
    """Whoever is late signs by the actions of the site and begins one more; the others are laid."""
    late = {one.sheet.expert_id for one in fillings if one.sheet.pk in unsigned}
    begun: set[int] = set()
    lay_signed([one for one in fillings if one.sheet.expert_id not in late], review.rules)
    for one in (one for one in fillings if one.sheet.expert_id in late):
        sheet, texts = one.sheet, dict(one.texts)
        if sheet.pk not in unsigned:
            review.sign(sheet, texts, opened=one.opened, signed=one.signed)
        elif sheet.expert_id not in begun:
            begun.add(sheet.expert_id)
            half = dict(list(texts.items())[:HALF]) | {"strong": texts["strong"]}
            review.write(sheet, half, at=review.ago(told.TERM, 6))


def mend(demo: Demo, me: Person) -> None:
    """What was found late: a tie, a gulf between sheets, sheets that are not there; only once."""
    review = review_of(demo, me)
    contest = review.contest
    name = lent().name
    if demo.is_large or experts_named(contest, [name]).exists():
        return
    with transaction.atomic():
        _replace(review)
        _call_further(review)
        names = [one.name for one in readers_of_2026(is_large=False) if one.late is not None]
        late = [str(one.key) for one in experts_named(contest, names)]
        remind_experts(contest, late, actor=review.operator, now=review.ago(told.TERM, 8))


def seat(demo: Demo, me: Person) -> None:
    """The commission is composed, and its session set; only once."""
    review = review_of(demo, me)
    contest = review.contest
    if has_commission(contest):
        return
    with transaction.atomic():
        at = review.ago(told.SEATED)
        seated = compose(contest, order_on=at, actor=review.operator, me=me)
        sitting = convene(seated, "1", begins_at=review.ago(-told.SESSION, 1), now=at)
        words = stock.review()["commission"]["list"]
        put(sitting, Item.Kind.LIST, words, "", seated, now=review.ago(told.TERM))


def _replace(review: Review) -> None:
    """Somebody turns out to keep a partner's accounts: another one reads in their place."""
    name = next(one.name for one in readers_of_2026(is_large=False) if one.leaves)
    sheets = [one for one in sheets_there(review.contest) if one.expert.name == name]
    limit = review.rules.review.further.divergence or 0
    sheet = next(one for one in sheets if one.examination.spread < limit)
    at, tie = review.ago(told.FOUND), stock.review()["lent"]["tie"]
    enter_conflict(sheet.expert, sheet.examination.submission, tie, actor=review.operator, now=at)
    lender, _head = heads()[LENDER]
    (expert,) = review.invite([lent()], most=MOST, at=at + timedelta(hours=2), lent_by=lender)
    pairs = [(sheet.examination.key, expert.key)]
    (given,) = call_further(
        review.contest, review.rules, pairs, actor=review.operator, now=review.ago(told.LENT, 8)
    )
    _sign_again(review, given, days=told.TERM, what="lent")


def _call_further(review: Review) -> None:
    """Two of those where sheets diverge are read once more; the others wait for the operator."""
    late = {one.name for one in readers_of_2026(is_large=False) if one.late is not None}
    needs, at = needs_of(review.contest, review.rules), review.ago(told.CALLED_ON, 2)
    pairs = [
        (need.examination.key, able.expert.key)
        for need, able in propose_further(review.contest, review.rules, needs, now=at).pairs
        if able.expert.name not in late
    ][: told.CALLED]
    given = call_further(review.contest, review.rules, pairs, actor=review.operator, now=at)
    for sheet in given:
        _sign_again(review, sheet, days=told.TERM, what=f"further:{sheet.examination.code}")


def _sign_again(review: Review, sheet: Sheet, *, days: int, what: str) -> None:
    """A sheet beside those that are there, near what they come to."""
    (held,) = [one for one in sheets_there(review.contest) if one.pk == sheet.pk]
    examination = held.examination
    rating = told.near(examination.preliminary)
    chance = review.chance(what)
    scores = scores_to(rating, review.rules, examination.category, chance=chance)
    texts = texts_of_sheet(scores, rating, examination.submission.asked_minor, chance=chance)
    opened = review.ago(days, 4)
    review.sign(held, texts, opened=opened, signed=opened + timedelta(minutes=41))


def _profile(one: Reader, most: int) -> Profile:
    return Profile(
        name=one.name,
        post=one.post,
        work=one.work,
        directions=one.directions,
        topics=one.topics,
        most=most,
    )
