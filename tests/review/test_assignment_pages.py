"""Pages of conflicts and of the assignment, as the operator and the applicant walk them."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from sinergia.calls.models import Contest
from sinergia.command import answer
from sinergia.people.models import Person
from sinergia.review.models import Assignment, Conflict, Expert, Objection, Sheet
from tests.afterwards import run_errands
from tests.arrange import a_leader, a_person, an_organisation
from tests.arrange_review import a_sheet, a_submission, an_examination, an_expert

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> Iterator[None]:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


def address(contest: Contest, rest: str = "assignment/") -> str:
    return f"/calls/{contest.call.key}/{rest}"


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def experts(contest: Contest, *names: str) -> list[Expert]:
    made = [an_expert(name, contest=contest) for name in names]
    Expert.objects.update(directions=["community"], topics="двор")
    return made


def test_review_is_begun_proposed_accepted_and_changed_through_pages(
    client: Client, contest: Contest, operator: Person, tmp_path: Path
) -> None:
    for title in ("Двор", "Сад"):
        a_submission(title, contest=contest)
    Contest.objects.update(stage="closed")
    experts(contest, "Альфин", "Бетин", "Гаммин")
    client.force_login(operator)

    assert "Begin the review" in text_of(client, address(contest))
    begun = client.post(address(contest, "assignment/begin/"), follow=True)
    assert "2 applications are put under review." in begun.content.decode()
    asked = {"what": "whole", "least": "1", "most": ""}
    assert client.post(address(contest, "assignment/propose/"), asked).status_code == 302
    assert "An assignment is being made" in text_of(client, address(contest))
    part = client.get(address(contest), headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    run_errands()
    told = text_of(client, address(contest))
    assert "Accept the assignment" in told
    assert "the prices of the assignment prove it" in told

    made = Assignment.objects.get()
    look_before(client, contest, made)
    check_proof(client.get(address(contest, f"assignment/{made.key}/proof.zip")).content, tmp_path)
    accepted = client.post(address(contest, f"assignment/{made.key}/accept/"), follow=True)
    assert "The assignment is accepted." in accepted.content.decode()
    assert Sheet.objects.count() == 4
    gone = client.get(address(contest, f"assignment/{made.key}/pairs/"))
    assert gone.status_code == 404
    assert "Альфин E-01" in text_of(client, address(contest, "assignment/loads/"))
    move_one(client, contest)


def look_before(client: Client, contest: Contest, made: Assignment) -> None:
    """Before it is accepted: what each expert would have, and of what each pair is made up."""
    here = address(contest, f"assignment/{made.key}/")
    loads = client.get(f"{here}loads/").context["page"].rows
    pairs = client.get(f"{here}pairs/").context["page"].rows
    found = text_of(client, f"{here}pairs/?q=A-001+бетин")

    assert [one.expert.name for one in loads] == ["Альфин", "Бетин", "Гаммин"]
    assert {one.kept for one in loads} == {0}
    assert sum(one.new for one in loads) == len(pairs) == 4
    assert "theme 40 of 40" in text_of(client, f"{here}pairs/")
    assert "Гаммин" not in found
    assert client.get(f"{here}pairs/?after=junk").status_code == 200


def move_one(client: Client, contest: Contest) -> None:
    """A reading goes to whoever does not read the application, and its cost is seen before."""
    sheet = Sheet.objects.order_by("pk")[0]
    free = Expert.objects.exclude(sheets__examination=sheet.examination).get()
    readings = address(contest, f"assignment/readings/{sheet.examination.key}/")
    costs = text_of(client, f"{readings}?instead={sheet.key}")
    assert f"Who reads it instead of {sheet.expert.name}" in costs
    assert re.search(r"theme 40 of 40, text \d+ of 60", costs)
    moved = {"what": "move", "sheet": str(sheet.key), "expert": str(free.key)}
    client.post(f"{readings}change/", moved)
    assert not Sheet.objects.filter(pk=sheet.pk).exists()  # nobody had opened it
    assert Sheet.objects.get(expert=free, is_locked=True).examination == sheet.examination


def check_proof(content: bytes, folder: Path) -> None:
    """The files of a proof convince the engine's own command, and spoilt ones do not."""
    with ZipFile(BytesIO(content)) as told:
        told.extractall(folder)  # our own file
    words = (folder / "CHECK.txt").read_text().split()[1:]
    placed = [str(folder / one) if "." in one else one for one in words]
    assert answer(placed) == 0
    prices = (folder / "prices.csv").read_text().splitlines()
    (folder / "prices.csv").write_text("\n".join([*prices[:-1], prices[-1].split(",")[0] + ",99"]))
    assert answer(placed) == 1


def test_two_operators_accept_at_once_and_what_is_refused_is_told_in_words(
    client: Client, contest: Contest, operator: Person
) -> None:
    an_examination(contest=contest)
    gone, _other = experts(contest, "Уходящий", "Другой")
    client.force_login(operator)
    client.post(address(contest, "assignment/propose/"), {"what": "whole"})
    run_errands()
    accept = address(contest, f"assignment/{Assignment.objects.get().key}/accept/")
    Expert.objects.filter(pk=gone.pk).update(stage="left")

    refused = client.post(accept, follow=True).content.decode()
    Expert.objects.filter(pk=gone.pk).update(stage="accepted")
    for _ in range(2):
        client.post(accept)

    assert "An expert of the proposal does not read any more: Уходящий." in refused
    assert Sheet.objects.count() == 2


def test_what_cannot_be_asked_or_made_is_told_in_words(
    client: Client, contest: Contest, operator: Person
) -> None:
    client.force_login(operator)
    propose = address(contest, "assignment/propose/")

    nothing = client.post(propose, {"what": "whole"})
    an_examination("Сад", contest=contest)
    experts(contest, "Единственный")
    odd = client.post(propose, {"what": "odd", "least": "-1", "most": "0"})
    client.post(propose, {"what": "whole", "least": "1", "most": "7"})
    run_errands()
    kept = client.get(address(contest)).context["form"].initial

    assert kept == {"what": "whole", "least": 1, "most": 7}
    assert nothing.status_code == odd.status_code == 422
    assert "No expert has accepted the invitation yet." in nothing.content.decode()
    assert "There is no such assignment" in text_of(client, address(contest))
    assert "1 application lacks an expert without a conflict: A-001 «Сад»." in text_of(
        client, address(contest)
    )


def test_conflicts_are_found_entered_settled_and_taken_away_as_a_file(
    client: Client, contest: Contest, operator: Person
) -> None:
    examination = an_examination("Сад", contest=contest)
    works, other = experts(contest, "Альфин", "Бетин")
    Expert.objects.filter(pk=works.pk).update(organisation=examination.submission.organisation)
    sheet = a_sheet(works, examination)
    client.force_login(operator)
    conflicts = address(contest, "conflicts/")

    assert "No conflict of interest is known." in text_of(client, conflicts)
    client.post(f"{conflicts}compare/")
    assert "Experts are being compared" in text_of(client, conflicts)
    run_errands()
    told = text_of(client, conflicts)
    assert "The expert works at the applicant, as their profile says." in told
    sheet.refresh_from_db()
    assert sheet.stage == "set_aside"
    assert "Another expert is needed" in text_of(client, address(contest) + "?lacking=yes")

    wrong = client.post(conflicts, {"expert": str(other.key), "number": "нет", "reason": "Так"})
    entered = {"expert": str(other.key), "number": "a-001", "reason": "=Сестра"}
    right = client.post(conflicts, entered)
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "No admitted application has this number." in wrong.content.decode()
    one = Conflict.objects.get(expert=other)
    blank = client.post(f"{conflicts}{one.key}/", {"what": "clear", "why": ""})
    assert (blank.status_code, "Write the reason." in blank.content.decode()) == (422, True)
    client.post(f"{conflicts}{one.key}/", {"what": "clear", "why": "Не сестра"})
    assert "Не сестра" in text_of(client, f"{conflicts}{one.key}/")
    assert "Бетин" not in text_of(client, f"{conflicts}?stage=stands&q=сад").split("Enter a")[0]

    file = b"".join(client.get(f"{conflicts}export.csv"))
    assert "'=Сестра" in file.decode()
    assert client.get(f"{conflicts}export.xlsx").status_code == 200
    assert client.get(f"{conflicts}export.odt").status_code == 404


def test_an_applicant_names_who_must_not_read_and_learns_no_expert(
    client: Client, contest: Contest, operator: Person
) -> None:
    owner = an_organisation("Старая верста")
    leader = a_leader(organisation=owner)
    examination = an_examination("Сад", contest=contest, organisation=owner)
    expert, _other = experts(contest, "Петров Пётр Петрович", "Бетин")
    client.force_login(leader)
    theirs = f"/submissions/{examination.submission.key}/not-to-read/"

    assert "Who must not read it" in text_of(client, f"/submissions/{examination.submission.key}/")
    assert client.post(theirs, {"whom": "", "reason": ""}).status_code == 422
    client.post(theirs, {"whom": "Петров из суда", "reason": "Спорим"})
    client.force_login(operator)
    objection = Objection.objects.get()
    named = address(contest, f"conflicts/named/{objection.key}/")
    assert "Петров из суда" in text_of(client, address(contest, "conflicts/"))
    assert client.post(named, {"why": ""}).status_code == 422
    assert client.post(named, {"experts": [str(expert.key)]}).status_code == 302

    client.force_login(leader)
    told = text_of(client, theirs)
    assert "Петров из суда" in told
    assert "Петрович" not in told
    assert expert.code not in told
    client.force_login(a_person("stranger"))
    assert client.get(theirs).status_code == 404


def test_lists_ask_as_often_for_three_rows_as_for_one(
    client: Client, contest: Contest, operator: Person
) -> None:
    client.force_login(operator)
    urls = [address(contest, one) for one in ("assignment/", "assignment/loads/", "conflicts/")]

    def asked() -> list[int]:
        told = []
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            told.append(len(queries))
        return told

    def add(name: str) -> None:
        examination, expert = an_examination(name, contest=contest), an_expert(contest=contest)
        a_sheet(expert, examination)
        Conflict.objects.create(
            expert=expert, submission=examination.submission, source="operator", kind="declared",
            stage="stands", evidence="Сестра", raised_at=timezone.now(),
        )  # fmt: skip

    add("Раз")
    once = asked()
    add("Два")
    add("Три")

    assert asked() == once
    assert max(once) <= 12
