"""What is typed into a press note, of quotes, and of what somebody agreed to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField
from sinergia.engine.press import LONGEST, QUOTE, Kept, Line
from sinergia.engine.press import OWN as OWN_CODE
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.actions.press import Spoken
from sinergia.exchange.models import Delegate, Quote
from sinergia.exchange.queries.consents import OWN
from sinergia.organisations.forms.opened import OpenedForm

STEPS = {"up": -1, "down": 1}
FIELD = "s-"  # how the field of a sentence begins
SENTENCE = re.compile(rf"{FIELD}(?!{QUOTE})[a-z0-9_.-]{{1,60}}")


class NoteForm(OpenedForm):
    """A text for each sentence but quotes, whose words stand with their consent."""

    def __init__(self, lines: Sequence[Line], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        self.put_back = _left_out_meanwhile(self.data, lines)
        self.lines = [*lines, *self.put_back]
        written = [one for one in self.lines if one.quote is None]
        self.initial = {one.field: one.text for one in written}
        for one in written:
            area = forms.Textarea(attrs={"rows": 2 + len(one.text) // 90})
            self.fields[one.field] = forms.CharField(
                label=one.source, max_length=LONGEST, required=False, widget=area
            )
            self.fields[one.field].show_hidden_initial = True
        for one in written if self.is_bound else []:
            if self[one.field].html_initial_name not in self.data:  # it came meanwhile
                self.renew(one.field)
                self.data[one.field] = one.text  # type: ignore[index]  # our own copy
        self.fields["own"] = LinesField(
            label=_("A sentence of your own"),
            help_text=_("It stands at the end; move it to its place afterwards."),
            max_length=LONGEST,
            required=False,
            rows=2,
        )

    @property
    def rows(self) -> list[tuple[Line, forms.BoundField | None]]:
        """Each sentence with its field; of a quote none."""
        return [(one, self[one.field] if one.quote is None else None) for one in self.lines]

    def kept(self, act: str, code: str, left: Iterable[Line]) -> list[Kept]:
        """The sentences as they are to be kept, after what was pressed.

        act: up, down, out, in, anew, or nothing. Raises Refused for one that was changed meanwhile.
        """
        left = list(left)
        rows = self._merged({one.code: one.fact for one in left})
        found = next((place for place, one in enumerate(rows) if one.code == code), None)
        if act == "in":
            rows += [_kept(one, one.fact) for one in left if one.code == code]
        elif found is not None and act == "out":
            del rows[found]
        elif found is not None and act == "anew":
            line = next(one for one in self.lines if one.code == code)
            rows[found] = _kept(line, line.fact)
        elif found is not None and act in STEPS:
            other = found + STEPS[act]
            if 0 < other < len(rows):
                rows[found], rows[other] = rows[other], rows[found]
        own = self.cleaned_data["own"]
        is_there = any(one.code.startswith(OWN_CODE) and one.text == own for one in rows)
        is_new = own.strip() and not is_there  # sent twice it is one
        return [*rows, Kept(f"{OWN_CODE}{uuid4()}", own)] if is_new else rows

    def _merged(self, left: Mapping[str, str]) -> list[Kept]:
        """What was typed where it was touched, else what stands there now. left: facts by codes."""
        rows, gaps, shown = [], list[Gap](), self.seen()
        for one in self.lines:
            if one.quote is not None:
                rows.append(_kept(one, ""))
                continue
            typed, before = self.cleaned_data[one.field], _plain(shown[one.field])
            is_touched = _plain(typed) != before
            if is_touched and _plain(one.text) not in (before, _plain(typed)):
                gaps.append(Gap("changed_meanwhile", one.field))
            fact = left.get(one.code, "") if one in self.put_back else one.before
            rows.append(Kept(one.code, typed if is_touched else one.text, fact))
        if gaps:
            raise Refused(gaps)
        return rows


def _left_out_meanwhile(data: Mapping[str, object], lines: Sequence[Line]) -> list[Line]:
    """Sentences that somebody typed into while another left them out: what is typed is not lost."""
    there, found = {one.field for one in lines}, list[Line]()
    for name in data:
        before, code = data.get(f"initial-{name}"), name.removeprefix(FIELD)
        if before is None or name in there or not SENTENCE.fullmatch(name):
            continue
        if _plain(data[name]) not in ("", _plain(before)):
            said = gettext("left out by somebody while you were writing")
            found.append(Line(code, str(before), "", "", said, ""))
    return found


def _kept(line: Line, text: str) -> Kept:
    return Kept(line.code, "" if line.quote else text, "" if line.quote else line.fact, line.quote)


def _plain(text: object) -> str:
    return str(text).replace("\r\n", "\n").strip()


class QuoteForm(forms.Form):
    """Who said what: somebody of the delegation, or a host or a guest by name."""

    text = LinesField(label=_("Words"), max_length=LONGEST, rows=4)
    delegate = forms.ChoiceField(label=_("Of the delegation"), required=False)
    name = forms.CharField(
        label=_("Or somebody else: name"),
        help_text=_("A host, a guest: whoever is not on the list of the delegation."),
        max_length=200,
        required=False,
    )
    post = forms.CharField(label=_("Post and organisation"), max_length=300, required=False)

    def __init__(self, delegates: Sequence[Delegate], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **kwargs)
        self.delegates = {str(one.key): one for one in delegates if one.name}
        named = [(key, one.name) for key, one in self.delegates.items()]
        self.fields["delegate"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def spoken(self) -> Spoken:
        """As it was typed."""
        told = self.cleaned_data
        whose = self.delegates.get(told["delegate"])
        return Spoken(told["text"], whose, told["name"], told["post"])


def quote_initial(row: Quote) -> dict[str, object]:
    """What is written down already."""
    delegate = str(row.delegate.key) if row.delegate is not None else ""
    return {"text": row.text, "delegate": delegate, "name": row.name, "post": row.post}


class ToldForm(forms.Form):
    """What somebody without an account said they agree to."""

    purposes = forms.MultipleChoiceField(
        label=_("Agreed to"),
        choices=[(one.value, one.label) for one in OWN],
        widget=forms.CheckboxSelectMultiple,
    )
    told = forms.CharField(
        label=_("Who said so, and when"),
        help_text=_("For instance: by telephone, 20 October, to the coordinator."),
        max_length=300,
    )


class PeopleForm(forms.Form):
    """Who can be recognised in a picture."""

    people = forms.MultipleChoiceField(
        label=_("Who can be recognised in it"),
        help_text=_("Whoever takes their consent back makes the picture private."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, delegates: Sequence[Delegate], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **kwargs)
        self.delegates = {str(one.key): one for one in delegates if one.name}
        self.fields["people"].choices = [(key, one.name) for key, one in self.delegates.items()]  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> list[Delegate]:
        """Those who were ticked."""
        return [self.delegates[key] for key in self.cleaned_data["people"]]
