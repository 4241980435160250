"""A press note is made from facts, kept by hand, and tells nothing that was not agreed to."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.engine.press import Kept
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.consents import agree_to_quote, take_back_quote
from sinergia.exchange.actions.press import (
    Spoken,
    publish_item,
    put_item_away,
    remove_quote,
    save_press,
    write_quote,
)
from sinergia.exchange.forms.press import NoteForm
from sinergia.exchange.models import Commitment, PressVersion, Quote, Visit
from sinergia.exchange.queries.press import latest_press, press_facts
from sinergia.exchange.words.press import facts_said, left_of, lines_of
from tests.arrange import a_visit
from tests.exchange.arrange_home import (
    AFTER,
    FIRST_DAY,
    a_commitment,
    a_session,
    a_traveller,
    person_of,
)
from tests.exchange.arrange_press import (
    NEVER,
    SECRET,
    a_public_visit,
    a_quote,
    kept,
    outside,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = AFTER + timedelta(hours=1)


def said(visit: Visit, side: str = "host", language: str = "en") -> dict[str, str]:
    return {one.code: one.text for one in facts_said(press_facts(visit, now=AFTER), side, language)}


def test_each_sentence_is_there_with_its_fact_and_not_without() -> None:
    visit, *_rest = a_public_visit()
    told = said(visit)

    assert {"days", "delegation", "lead", "sessions", "practices", "commitments"} <= set(told)
    assert "2 people travelled." in told["delegation"]
    assert "Яровая" in told["lead"]
    assert not {"programme", "feedback", "hosts"} & set(told)
    bare = said(a_visit("Другой", centre=visit.centre))
    assert set(bare) == {"headline", "days", "centre"}


def test_both_sides_and_both_languages_say_it_in_their_own_way() -> None:
    visit, *_rest = a_public_visit()

    days = {
        said(visit, side, language)["days"]
        for side in ("host", "sending")
        for language in ("ru", "en")
    }

    assert len(days) == 4


def test_the_practice_that_is_not_published_is_not_named() -> None:
    visit, *_rest = a_public_visit()
    assert "practices" in said(visit)

    practice = press_facts(visit, now=AFTER).report.practices[0]
    practice.stage = practice.Stage.DRAFT
    practice.save()

    assert "practices" not in said(visit)


def test_while_the_visit_goes_on_only_what_is_over_was_held() -> None:
    visit, *_rest = a_public_visit()
    a_session(visit, "Завтрашняя встреча")
    visit.stage = visit.Stage.UNDER_WAY

    during = FIRST_DAY + timedelta(minutes=70)
    facts = press_facts(visit, now=during)

    told = {one.code: one.text for one in facts_said(facts, "host", "en")}
    assert told["sessions"] == "1 session was held."
    assert [one.title for one in facts.report.sessions] == ["Реабилитация на дому"]


def test_what_is_written_by_hand_is_marked_and_keeps_its_source() -> None:
    visit, author, *_rest = a_public_visit()
    facts = press_facts(visit, now=AFTER)
    rows = [Kept(one.code, f"{one.text}!", one.fact) for one in lines_of(facts, "host", "ru", None)]
    save_press(visit, "host", "ru", rows, seen=0, actor=author, now=AFTER)

    lines = lines_of(press_facts(visit, now=AFTER), "host", "ru", latest_press(visit, "host", "ru"))

    assert all(one.is_edited and one.source and one.url for one in lines)
    assert not any(one.is_changed for one in lines)


def test_facts_that_changed_since_are_told_and_the_text_stays() -> None:
    visit, author, named, _silent = a_public_visit()
    made = kept(visit, author)
    a_commitment(named, "Клуб отцов")

    lines = lines_of(press_facts(visit, now=AFTER), "host", "ru", made)
    changed = [one for one in lines if one.is_changed]

    assert [one.code for one in changed] == ["commitments"]
    assert "1" in changed[0].text
    assert "2" in changed[0].fact
    Commitment.objects.update(state="taken_back")
    gone = next(
        one for one in lines_of(press_facts(visit, now=AFTER), "host", "ru", made) if one.is_changed
    )
    assert (gone.code, gone.fact) == ("commitments", "")


def form_of(visit: Visit, typed: dict[str, str]) -> NoteForm:
    lines = lines_of(press_facts(visit, now=AFTER), "host", "ru", latest_press(visit, "host", "ru"))
    shown = {f"initial-{one.field}": one.text for one in lines}
    form = NoteForm(lines, {one.field: one.text for one in lines} | shown | typed)
    assert form.is_valid()
    return form


def test_sentences_are_moved_left_out_and_put_in_again() -> None:
    visit, author, *_rest = a_public_visit()
    kept(visit, author)
    before = [one.code for one in form_of(visit, {}).lines]

    up = [one.code for one in form_of(visit, {}).kept("up", before[2], [])]
    top = [one.code for one in form_of(visit, {}).kept("up", before[1], [])]
    out = form_of(visit, {}).kept("out", "days", [])
    save_press(visit, "host", "ru", out, seen=1, actor=author, now=LATER)
    lines = lines_of(press_facts(visit, now=AFTER), "host", "ru", latest_press(visit, "host", "ru"))
    left = left_of(press_facts(visit, now=AFTER), "host", "ru", lines)
    back = form_of(visit, {}).kept("in", "days", left)

    assert up == [before[0], before[2], before[1], *before[3:]]
    assert top == before  # the headline stays on top
    assert [one.code for one in left] == ["days"]
    assert back[-1].code == "days"


def test_two_who_write_at_once_lose_nothing() -> None:
    visit, author, *_rest = a_public_visit()
    kept(visit, author)
    first, second = form_of(visit, {"s-days": "Первый"}), form_of(visit, {"s-aims": "Второй"})
    save_press(visit, "host", "ru", first.kept("", "", []), seen=1, actor=author, now=LATER)
    with pytest.raises(Refused) as fault:
        save_press(visit, "host", "ru", second.kept("", "", []), seen=1, actor=author, now=LATER)
    assert [gap.code for gap in fault.value.gaps] == ["press.meanwhile"]

    stale = dict(second.data.items())
    lines = lines_of(press_facts(visit, now=AFTER), "host", "ru", latest_press(visit, "host", "ru"))
    again = NoteForm(lines, stale)
    assert again.is_valid()
    texts = {one.code: one.text for one in again.kept("", "", [])}
    clash = NoteForm(lines, stale | {"s-days": "Третий"})
    assert clash.is_valid()

    assert (texts["days"], texts["aims"]) == ("Первый", "Второй")
    with pytest.raises(Refused) as fault:
        clash.kept("", "", [])
    assert [(gap.code, gap.path) for gap in fault.value.gaps] == [("changed_meanwhile", "s-days")]


def test_what_was_typed_into_a_sentence_that_was_left_out_meanwhile_is_put_back() -> None:
    visit, author, *_rest = a_public_visit()
    kept(visit, author)
    stale = dict(form_of(visit, {"s-days": "Дописано", "own": "Своё"}).data.items())
    out = form_of(visit, {}).kept("out", "days", [])
    save_press(visit, "host", "ru", out, seen=1, actor=author, now=LATER)

    for seen in (2, 3):  # the second one is the same press once more
        lines = lines_of(
            press_facts(visit, now=AFTER), "host", "ru", latest_press(visit, "host", "ru")
        )
        again = NoteForm(lines, stale)
        assert again.is_valid()
        rows = again.kept("", "", left_of(press_facts(visit, now=AFTER), "host", "ru", lines))
        save_press(visit, "host", "ru", rows, seen=seen, actor=author, now=LATER)

    made = latest_press(visit, "host", "ru")
    assert made is not None
    lines = lines_of(press_facts(visit, now=AFTER), "host", "ru", made)
    assert [(one.text, one.is_changed) for one in lines[-2:]] == [
        ("Дописано", False),
        ("Своё", False),
    ]
    assert (made.number, len(lines)) == (3, len(out) + 2)
    untouched = NoteForm(lines, {"initial-s-sites": "x", "s-sites": "x"})
    assert [one.code for one in untouched.lines] == [one.code for one in lines]


def test_the_same_again_is_no_version_and_a_delegate_keeps_none() -> None:
    visit, author, named, _silent = a_public_visit()
    rows = [Kept("days", "Ездили")]
    for _time in range(2):
        save_press(visit, "host", "ru", rows, seen=0, actor=author, now=AFTER)

    assert PressVersion.objects.count() == 1
    with pytest.raises(PermissionDenied):
        save_press(visit, "host", "ru", rows, seen=1, actor=person_of(named), now=AFTER)


def test_quotes_go_out_as_they_were_agreed_to_and_others_stay_inside(client: Client) -> None:
    visit, author, named, silent = a_public_visit()
    a_quote(visit, author, "Здесь всё можно повторить", named, is_agreed=True)
    a_quote(visit, author, NEVER, silent, is_agreed=False)
    a_quote(visit, author, "Приезжайте ещё", None, is_agreed=True)
    kept(visit, author, more=f"Одна гостья сказала: «{NEVER.lower()}»!")

    public = outside(visit, client)
    client.force_login(author)
    inside = client.get(f"/visits/{visit.key}/press/host/ru/write/").content.decode()

    assert "Здесь всё можно повторить" in public
    assert "Приезжайте ещё" in public
    assert NEVER.lower() not in public.lower()
    assert SECRET not in public
    assert NEVER in inside


def test_other_words_are_to_be_agreed_to_anew() -> None:
    visit, author, named, _silent = a_public_visit()
    quote = a_quote(visit, author, "Хорошо", named, is_agreed=True)

    write_quote(visit, Spoken("Плохо", named), quote=quote, actor=author, now=LATER)

    assert press_facts(visit, now=AFTER).agreed.quotes == set()


def test_writing_anew_brings_nothing_back_that_was_put_away_meanwhile() -> None:
    visit, author, named, _silent = a_public_visit()
    quote = a_quote(visit, author, "Хорошо", named, is_agreed=False)
    opened = Quote.objects.get(pk=quote.pk)
    remove_quote(quote, is_removed=True, actor=author, now=AFTER)

    with pytest.raises(Refused) as refused:
        write_quote(visit, Spoken("Плохо", named), quote=opened, actor=author, now=LATER)

    quote.refresh_from_db()
    assert [gap.code for gap in refused.value.gaps] == ["quote.put_away"]
    assert (quote.text, quote.removed_at) == ("Хорошо", AFTER)


def test_whoever_has_an_account_agrees_themselves() -> None:
    visit, author, named, _silent = a_public_visit()
    quote = a_quote(visit, author, "Хорошо", named, is_agreed=False)

    with pytest.raises(PermissionDenied):
        agree_to_quote(quote, seen=quote.digest, told="Сказала мне", actor=author, now=AFTER)
    host = a_quote(visit, author, "Приезжайте", None, is_agreed=False)
    with pytest.raises(Refused):
        agree_to_quote(host, seen=host.digest, told=" ", actor=author, now=AFTER)


def test_a_quote_that_is_put_away_or_taken_back_is_gone_at_once(client: Client) -> None:
    visit, author, named, _silent = a_public_visit()
    first = a_quote(visit, author, "Первые слова", named, is_agreed=True)
    second = a_quote(visit, author, "Вторые слова", named, is_agreed=True)
    kept(visit, author)
    assert "Первые слова" in outside(visit, client)

    take_back_quote(first, actor=person_of(named), now=LATER)
    remove_quote(second, is_removed=True, actor=author, now=LATER)

    public = outside(visit, client)
    assert "Первые слова" not in public
    assert "Вторые слова" not in public


def test_a_note_is_read_by_everybody_once_published_and_by_nobody_when_put_away(
    client: Client,
) -> None:
    visit, author, *_rest = a_public_visit()
    url = f"/visits/{visit.key}/press/host/ru/"
    assert client.get(url).status_code == 404
    kept(visit, author)
    assert client.get(url).status_code == 200
    rows = [Kept("days", "Новая версия")]
    save_press(visit, "host", "ru", rows, seen=1, actor=author, now=LATER)

    assert "Новая версия" not in client.get(url).content.decode()
    put_item_away(visit, "press-host-ru", actor=author, now=LATER)
    assert [client.get(one).status_code for one in (url, f"{url[:-1]}.pdf")] == [404, 404]
    verbs = [one.verb for one in Entry.objects.filter(verb__startswith="visit.item").order_by("pk")]
    assert verbs == ["visit.item_published", "visit.item_put_away"]


def test_nothing_is_published_that_was_not_previewed_or_of_a_hidden_visit() -> None:
    visit, author, *_rest = a_public_visit()
    name = "press-host-ru"
    with pytest.raises(Refused) as fault:
        publish_item(visit, name, seen=0, actor=author, now=AFTER)
    assert [gap.code for gap in fault.value.gaps] == ["press.not_kept"]
    save_press(visit, "host", "ru", [Kept("days", "Ездили")], seen=0, actor=author, now=AFTER)
    with pytest.raises(Refused) as fault:
        publish_item(visit, name, seen=0, actor=author, now=AFTER)
    assert [gap.code for gap in fault.value.gaps] == ["press.meanwhile"]
    visit.course.is_public = False
    visit.course.save()
    with pytest.raises(Refused) as fault:
        publish_item(visit, name, seen=1, actor=author, now=AFTER)
    assert [gap.code for gap in fault.value.gaps] == ["press.visit_hidden"]


def test_hiding_the_visit_hides_its_papers(client: Client) -> None:
    visit, author, *_rest = a_public_visit()
    kept(visit, author)
    visit.course.is_public = False
    visit.course.save()

    assert client.get(f"/visits/{visit.key}/press/host/ru/").status_code == 404


def test_a_traveller_reads_no_draft_and_the_page_of_a_note_escapes(client: Client) -> None:
    visit, author, named, _silent = a_public_visit()
    client.force_login(person_of(named))
    assert client.get(f"/visits/{visit.key}/press/host/ru/").status_code == 404
    kept(visit, author, more="<script>alert(1)</script>")

    page = client.get(f"/visits/{visit.key}/press/host/ru/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_new_delegate_is_counted_and_not_named(client: Client) -> None:
    visit, author, *_rest = a_public_visit()
    a_traveller("Никому Неизвестный", visit)
    kept(visit, author)

    assert "Неизвестн" not in outside(visit, client)
