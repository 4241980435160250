"""The demo's contest of the year before: read, decided, published, as the fund's list tells it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from django.db import transaction

from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.review.actions.archiving import make_archive
from sinergia.review.actions.beginning import begin_review
from sinergia.review.actions.deciding import decide_contest
from sinergia.review.actions.declining import decline_award, promote_next
from sinergia.review.actions.publishing import (
    Planned,
    plan_publication,
    publish_now,
    write_some_outcomes,
)
from sinergia.review.actions.recutting import Given, lines_of, send_budget, settle_budget
from sinergia.review.actions.result_letters import queue_letters
from sinergia.review.actions.ruling import exclude_expert, hold_unfounded
from sinergia.review.actions.sittings import close_sitting
from sinergia.review.models import Award, Examination, Expert, Item, Sheet
from sinergia.review.queries.costs import affinities_between
from sinergia.review.queries.decision import awards_of
from sinergia.review.queries.following import due_minor, is_due, next_in_reserve
from sinergia.review.queries.letters import readers_of, told_of
from sinergia.review.queries.results import totals_of
from sinergia.review.queries.sittings import lines_of as lines_asked
from sinergia.review.words.results import letters_said
from sinergia.web.commands.actions.former import Former
from sinergia.web.commands.actions.signed import Filling, give, lay_signed
from sinergia.web.commands.holding import heads
from sinergia.web.commands.intake import SCREENER
from sinergia.web.commands.queries import examinations_of, experts_named, is_held, sheets_of
from sinergia.web.commands.reviewing import Review
from sinergia.web.commands.sessions import Seated, compose, convene, meet, put
from sinergia.web.demo import decided as told
from sinergia.web.demo import stock
from sinergia.web.demo.applying import REGION
from sinergia.web.demo.decided import Decided
from sinergia.web.demo.grants import DECLINED
from sinergia.web.demo.readers import MOST, readers_of_2025
from sinergia.web.demo.scoring import advice, beside, scores_to, texts_of_sheet
from sinergia.web.demo.story import Demo

PATIENCE = timedelta(minutes=20)


def decide_former(demo: Demo, me: Person) -> None:
    """Hold the contest of the year before from its end on; whole or not at all, and only once."""
    centre, head = heads()[REGION]
    screener = invented_people().get(email=SCREENER)
    former = Former(demo, centre, head, screener, me)
    if is_held(former.call):
        return
    with transaction.atomic():
        contest = former.take_in()
        every = told.decided(demo, {})
        deciding = Deciding(former, contest, every)
        deciding.read()
        deciding.select(deciding.rule())
        following = Following(former, contest, every)
        following.publish()
        following.follow()


@dataclass(frozen=True)
class Deciding:
    """The contest from the end of its intake to its decision."""

    former: Former
    contest: Contest
    every: Sequence[Decided]

    @property
    def operator(self) -> Person:
        """Who runs it."""
        return self.former.screener

    def at(self, told_at: str) -> datetime:
        """A moment of the story."""
        return self.former.moment(told_at)

    def read(self) -> None:
        """Experts are invited, each application is given to two of them, all sheets are signed."""
        begin_review(self.contest, actor=self.operator, now=self.at(told.BEGUN))
        seed, moment = self.former.demo.seed, self.at(told.BEGUN)
        review = Review(self.contest, self.operator, self.former.me, seed, moment)
        experts = review.invite(readers_of_2025(), most=MOST, at=self.at(told.INVITED))
        examinations = examinations_of(self.contest)
        reading = [one for one in self.every if told.is_admitted(one)]
        given = self._given(reading, examinations, experts)
        fillings = [two for one in reading for two in self._filled(review, one, given[one.number])]
        lay_signed(fillings, self.former.rules)

    def _given(
        self,
        reading: Sequence[Decided],
        examinations: Mapping[int, Examination],
        experts: Sequence[Expert],
    ) -> dict[int, list[Sheet]]:
        """Two sheets of every application, by its number; the ignored expert's go first."""
        turn = cycle(experts[1:])
        wanted = [
            (one.number, expert)
            for one in reading
            for expert in (experts[0] if one.ignored is not None else next(turn), next(turn))
        ]
        every, at = list(examinations.values()), self.at(told.GIVEN)
        near = affinities_between(every, experts, self.contest, self.former.rules)
        places = {one.pk: place for place, one in enumerate(every)}
        sheets = [
            Sheet(
                examination=examinations[number],
                expert=expert,
                affinity=near[places[examinations[number].pk], experts.index(expert)],
                given_at=at,
                confirmed_at=at,
            )
            for number, expert in wanted
        ]
        by_number: dict[int, list[Sheet]] = {}
        for sheet in give(sheets):
            by_number.setdefault(sheet.examination.submission.number, []).append(sheet)
        return by_number

    def _filled(self, review: Review, one: Decided, sheets: Sequence[Sheet]) -> Iterator[Filling]:
        """Both sheets of an application; the ignored one is the first."""
        examination, chance = sheets[0].examination, review.chance(f"2025:{one.number}")
        rules, category = self.former.rules, examination.category
        first, second = one.pair
        base = scores_to(second, rules, category, chance=chance)
        other = beside(base, first, rules, category, chance=chance)
        asked = examination.submission.asked_minor
        for sheet, scores, rating in zip(sheets, (other, base), (first, second), strict=True):
            texts = texts_of_sheet(scores, rating, asked, chance=chance)
            if one.is_unfounded and sheet is sheets[0]:
                texts = {path: text for path, text in texts.items() if "comments" not in path}
                texts |= stock.review()["decided"]["unfounded_words"]
                texts |= advice(rating, 0, chance=Random(0)) | {"sum": ""}  # noqa: S311
            opened = self._moment(chance)
            signed = opened + timedelta(minutes=chance.randrange(14, 70))
            yield Filling(sheet, texts, opened, signed)

    def _moment(self, chance: Random) -> datetime:
        """Some hour of a day on which experts read."""
        day, minute = chance.randrange(told.DAYS_OF_READING), chance.randrange(0, 660)
        return self.at(told.FIRST) + timedelta(days=day, minutes=minute)

    def rule(self) -> Seated:
        """The commission holds three sheets for unfounded; by the rules none of ten count."""
        words, begins_at = stock.review()["decided"], self.at(told.SESSIONS[0])
        seated = compose(
            self.contest, order_on=self.at(told.BEGUN), actor=self.operator, me=self.former.me
        )
        sitting = convene(seated, "1", begins_at=begins_at, now=begins_at - timedelta(days=5))
        last, items = told.crossing(self.every), {}
        for one, sheet in self._unfounded():
            question = f"{words['unfounded']} {one.row.number} «{one.row.title}»"
            items[one.number] = put(
                sitting, Item.Kind.UNFOUNDED, question, words["why"], seated,
                examination=sheet.examination, sheet=str(sheet.key),
            )  # fmt: skip
        meet(sitting, seated, recused_from=items[last.number])
        close_sitting(sitting, actor=seated.secretary, now=begins_at + timedelta(hours=2))
        later = begins_at + timedelta(hours=4)
        for _one, sheet in self._unfounded():
            hold_unfounded(sheet, why=words["why"], actor=self.operator, now=later)
        (expert,) = experts_named(self.contest, [readers_of_2025()[0].name])
        exclude_expert(
            expert,
            self.former.rules,
            why=words["excludes"],
            actor=self.operator,
            now=later + PATIENCE,
        )
        return seated

    def _unfounded(self) -> list[tuple[Decided, Sheet]]:
        """Applications of which the first sheet is no assessment, with that sheet."""
        by_number = sheets_of(self.contest, readers_of_2025()[0].name)
        return [(one, by_number[one.number]) for one in self.every if one.is_unfounded]

    def select(self, seated: Seated) -> None:
        """The commission cuts what was asked too much, and adopts the list; it is written down."""
        words, begins_at = stock.review()["decided"], self.at(told.SESSIONS[1])
        sitting = convene(seated, "2", begins_at=begins_at, now=begins_at - timedelta(days=5))
        examinations = examinations_of(self.contest)
        for one in self.every:
            awarded = int((one.row.awarded or one.row.asked) * 100)
            less = int(one.row.asked * 100) - awarded
            if less:
                examination = examinations[one.number]
                question = f"{one.row.number} «{one.row.title}»"
                asked = {line.id: line.minor for line in lines_asked(examination)}
                cuts = cuts_of(asked, less)
                left = {line: asked[line] - cut for line, cut in cuts.items()}
                put(
                    sitting, Item.Kind.LESS, question, words["less"], seated,
                    examination=examination, left=left,
                )  # fmt: skip
        put(sitting, Item.Kind.LIST, words["list"], "", seated)
        meet(sitting, seated)
        closed_at = begins_at + timedelta(hours=3)
        decide_contest(self.contest, sitting, actor=self.operator, now=closed_at - PATIENCE)
        close_sitting(sitting, actor=seated.secretary, now=closed_at)


@dataclass(frozen=True)
class Following:
    """The decided contest from its publication on."""

    former: Former
    contest: Contest
    every: Sequence[Decided]

    @property
    def operator(self) -> Person:
        """Who runs it."""
        return self.former.screener

    def at(self, told_at: str) -> datetime:
        """A moment of the story."""
        return self.former.moment(told_at)

    def publish(self) -> None:
        """Everybody learns of it: figures, letters, the archive."""
        words, now = stock.review()["decided"], self.at(told.PUBLISHED)
        planned = Planned(now, **{name: words[name] for name in ("intro", "next_ru", "next_en")})
        plan_publication(self.contest, planned, actor=self.operator, now=now - timedelta(days=1))
        publication = publish_now(self.contest, actor=self.operator, now=now)
        past = 0
        while past := write_some_outcomes(publication, past=past, now=now):
            pass
        queue_letters(letters_said(publication, readers_of(list(told_of(self.contest)))), now=now)
        make_archive(self.contest, actor=self.former.me, now=now)

    def follow(self) -> None:
        """Winners cut their budgets; one declines, and the first of the reserve list moves up."""
        words = stock.review()["decided"]
        declined = next(one for one in self.every if one.row.status == DECLINED)
        for award in self._awards():
            if award.examination.submission.number == declined.number:
                decline_award(
                    award, words["declines"], actor=self.operator, now=self.at(told.DECLINED_AT)
                )
            elif is_due(award):
                self._recut(award)
        first, budget = next_in_reserve(self.contest), self.contest.budget_minor or 0
        if first is not None and due_minor(first) <= budget - totals_of(self.contest).taken_minor:
            promote_next(
                self.contest, words["promotes"], seen=first, actor=self.operator,
                now=self.at(told.PROMOTED_AT),
            )  # fmt: skip

    def _recut(self, award: Award) -> None:
        """The leader cuts the lines as the commission did, and the operator accepts them."""
        leader = invented_people().get(key=award.examination.submission.frozen.submitted_by)
        left = {
            str(one["id"]): int(one["granted_minor"])
            for one in lines_of(award)
            if one["granted_minor"] != one["asked_minor"]
        }
        now = self.at(told.REVISED)
        sent = send_budget(award, Given(left), actor=leader, now=now)
        settle_budget(sent, accepts=True, actor=self.operator, now=now + timedelta(hours=26))

    def _awards(self) -> list[Award]:
        rows = awards_of(self.contest).select_related(
            "examination__contest__call", "examination__submission__frozen"
        )
        return list(rows.order_by("at"))


def cuts_of(asked: Mapping[str, int], less: int) -> dict[str, int]:
    """What is cut of which lines: half of each at most, the dearest first."""
    cuts: dict[str, int] = {}
    for line in sorted(asked, key=lambda name: (-asked[name], name)):
        cut = min(asked[line] // 2, less - sum(cuts.values()))
        if cut:
            cuts[line] = cut
    return cuts
