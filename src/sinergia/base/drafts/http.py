"""What every draft's pages do alike: a text saved as one types, a page sent whole, rows moved."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import Http404, JsonResponse
from django.utils import timezone

from sinergia.base.drafts.actions import Save, Saved, Way, parse_move
from sinergia.base.drafts.forms import PageForm, SaveForm, Seen, typed_in
from sinergia.base.drafts.models import DraftText
from sinergia.base.drafts.words import Theirs, clock
from sinergia.engine.drafts import Fields, Path, trace_of
from sinergia.engine.refusal import Gap, Refused

CONFLICT, REFUSED = 409, 422


@dataclass(frozen=True)
class Sent:
    """What became of a page that was sent whole; as it stands, of one that was opened.

    kept: texts to be shown as they were typed, by path; theirs: what others saved there meanwhile;
    said: why nothing was saved; seen: upon what that was typed.
    """

    kept: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Theirs] = field(default_factory=dict)
    said: Sequence[str] = ()
    seen: Mapping[str, Seen] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """What the page is answered with."""
        return REFUSED if self.said else CONFLICT if self.theirs else 200

    @property
    def is_saved(self) -> bool:
        """Whether all of it is, so that one may go on."""
        return self.status == 200


OPENED = Sent()


def told_at(_path: Path) -> dict[str, object]:
    """What a page shows after a change wherever it was: when."""
    return {"at": clock(timezone.now())}


@dataclass(frozen=True)
class Writing:
    """One draft in the hands of whoever writes it.

    save, take_out(field, row) and move(field, row, way) are the room's actions in their name;
    explain says a refusal; theirs gives what others saved, by path; told: what the page shows
    after a change at a path; parse: the place that a text means, none where it means none.
    """

    fields: Fields
    save: Callable[[Sequence[Save]], Sequence[Saved]]
    take_out: Callable[[str, str], object]
    move: Callable[[str, str, Way], list[str]]
    explain: Callable[[Gap], str]
    theirs: Callable[[Sequence[Saved]], Mapping[str, Theirs]]
    told: Callable[[Path], dict[str, object]] = told_at
    only: Callable[[str], Path | None] | None = None  # narrower than the fields

    def parse(self, text: str) -> Path | None:
        """The place of a text that may be written here."""
        return self.only(text) if self.only is not None else self.fields.parse(text)

    def saved(self, data: Mapping[str, str]) -> JsonResponse:
        """Save one text; answer by its new version, or by what somebody else saved meanwhile."""
        form = SaveForm(self.fields, data)
        if not form.is_valid():
            return refused([str(one) for one in form.errors.values()])
        asked = form.save()
        try:
            (done,) = self.save([asked])
        except Refused as refusal:
            return refused(self._said(refusal))
        if done.is_conflict:
            return against(done.text, self.theirs([done])[done.text.path])
        return JsonResponse(shown_now(done.text) | self.told(asked.path))

    def taken_out(self, data: Mapping[str, str]) -> JsonResponse:
        """Take a row out. Raises Http404 where there can be no such row."""
        path = self.parse(f"{data.get('row', '')}/order")
        if path is None:
            raise Http404
        try:
            self.take_out(path.field, path.row)
        except Refused as refusal:
            return refused(self._said(refusal))
        return JsonResponse(self.told(path))

    def moved(self, data: Mapping[str, str]) -> JsonResponse:
        """Put a row one place up or down; answer by the order in which they stand then."""
        asked = parse_move(self.fields, data.get("move", ""))
        if asked is None:
            raise Http404
        path, way = asked
        try:
            rows = self.move(path.field, path.row, way)
        except Refused as refusal:
            return refused(self._said(refusal))
        return JsonResponse(told_at(path) | {"rows": rows})

    def sent(self, data: Mapping[str, str]) -> Sent:
        """Save a whole page, then take a row out, or move it, where its button was pressed.

        Where somebody else wrote meanwhile, no row is touched: first both texts are looked at.
        """
        typed = {
            path: text
            for path, text in typed_in(self.fields, data).items()
            if self.parse(str(path)) is not None
        }
        try:
            theirs = self.theirs(self._save_page(typed, data))
        except Refused as refusal:
            kept = {str(path): text for path, text in typed.items()}
            return Sent(kept, said=self._said(refusal), seen=seen_at(kept, data))
        return Sent({str(p): text for p, text in typed.items() if str(p) in theirs}, theirs)

    def _save_page(self, typed: Mapping[Path, str], data: Mapping[str, str]) -> Sequence[Saved]:
        form = PageForm(data)
        form.is_valid()
        leaving = self.parse(f"{data.get('remove', '')}/order")
        done = self.save(form.saves(self.fields, typed, leaving))
        if any(one.is_conflict for one in done):
            return done
        if leaving is not None:
            self.take_out(leaving.field, leaving.row)
        if asked := parse_move(self.fields, data.get("move", "")):
            self.move(asked[0].field, asked[0].row, asked[1])
        return done

    def _said(self, refusal: Refused) -> list[str]:
        return [self.explain(gap) for gap in refusal.gaps]


def refused(said: Sequence[str]) -> JsonResponse:
    """Nothing was saved; why."""
    return JsonResponse({"said": list(said)}, status=REFUSED)


def against(text: DraftText, theirs: Theirs) -> JsonResponse:
    """Somebody else saved another text in the same place meanwhile."""
    told = {"who": theirs.who, "at": theirs.at}
    return JsonResponse(shown_now(text) | told, status=CONFLICT)


def shown_now(text: DraftText) -> dict[str, object]:
    """A text as a page shows it from now on."""
    return {"version": text.version, "text": text.value, "trace": trace_of(text.value)}


def versions_of(texts: Mapping[str, DraftText], seen: Mapping[str, Seen]) -> str:
    """What a page tells of the texts that it shows, by path, as JSON.

    seen: of what was typed and is not saved; it goes on to stand upon that.
    """
    shown = {path: Seen(one.version, trace_of(one.value)) for path, one in texts.items()}
    return json.dumps(shown | dict(seen))


def seen_at(paths: Iterable[str], data: Mapping[str, str]) -> dict[str, Seen]:
    """Of a page of which nothing was saved: what it had shown at these places still holds."""
    form = PageForm(data)
    form.is_valid()
    return {path: form.seen_at(path) for path in paths}
