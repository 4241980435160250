"""What the consultant types: remarks, a level with its ground; and why a practice is withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField
from sinergia.packs.practices import lists
from sinergia.practices.actions.publishing import Published, Returned
from sinergia.practices.models import Check, PracticeFile, Remark

LONGEST = 4_000  # characters of a remark


class ReturnForm(forms.Form):
    """Remarks to sections, and words on the whole. sent: which text was read."""

    sent = forms.UUIDField(widget=forms.HiddenInput)
    words = LinesField(
        label=_("On the whole"),
        help_text=_("What is good already, and what to begin with."),
        rows=4,
        max_length=LONGEST,
        required=False,
    )

    def __init__(
        self, titles: Mapping[str, object], data: Mapping[str, Any] | None, *, sent: UUID
    ) -> None:
        super().__init__(data, initial={"sent": sent})
        self.titles = titles
        for name in titles:
            self.fields[f"remark_{name}"] = LinesField(
                label=_("Remark: %(section)s") % {"section": titles[name]},
                rows=2,
                max_length=LONGEST,
                required=False,
            )

    def remark(self, section: str) -> forms.BoundField:
        """The field for remarks to a section."""
        return self[f"remark_{section}"]

    def said(self) -> Returned:
        """What is asked for."""
        given = self.cleaned_data
        remarks = {name: given[f"remark_{name}"] for name in self.titles}
        return Returned(given["words"], remarks)


class PublishForm(forms.Form):
    """The level of evidence that is confirmed, and the files that everybody may have.

    before: the check by which the public reads a confirmed level: it stays, unless it is changed.
    A file stays private unless it is ticked.
    """

    sent = forms.UUIDField(widget=forms.HiddenInput)
    evidence = forms.TypedChoiceField(label=_("How sure it is"), coerce=int, required=False)
    ground = LinesField(
        label=_("By what you confirm it"),
        help_text=_("Which study or papers you have seen; everybody will read it."),
        rows=2,
        max_length=1_000,
        required=False,
    )
    opened = forms.MultipleChoiceField(
        label=_("Files that everybody may have"),
        help_text=_("Look at each: no names, no faces without consent."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        files: Sequence[PracticeFile],
        claimed: int,
        data: Mapping[str, Any] | None,
        *,
        sent: UUID,
        before: Check | None = None,
    ) -> None:
        level, ground = ("", "") if before is None else (before.evidence, before.ground)
        initial = {"sent": sent, "evidence": level, "ground": ground}
        super().__init__(data, auto_id="forth-%s", initial=initial)
        known, language = lists(), get_language() or "ru"
        own = known.evidence_at(min(claimed, known.authors_most)).name.told(language)
        alone = _("as its authors say: %(level)s") % {"level": own}
        levels = [
            (one.level, f"{one.level}. {one.name.told(language)}. {one.meaning.told(language)}")
            for one in known.evidence
            if one.level
        ]
        self.fields["evidence"].choices = [("", alone), *levels]  # type: ignore[attr-defined]  # a choice field
        offered = [(str(one.key), one.file.name) for one in files]
        self.fields["opened"].choices = offered  # type: ignore[attr-defined]  # the same
        if not offered:
            del self.fields["opened"]

    def said(self) -> Published:
        """What is said by publishing."""
        given = self.cleaned_data
        return Published(given["evidence"] or 0, given["ground"], given.get("opened", []))


class WithdrawForm(forms.Form):
    """Why a practice is taken out."""

    why = LinesField(
        label=_("Why"),
        help_text=_("Its organisation and the resource centre read it."),
        rows=3,
        max_length=LONGEST,
    )


class AnswerForm(forms.Form):
    """What became of a remark."""

    answer = LinesField(label=_("What you mended, or why not"), rows=2, max_length=LONGEST)

    def __init__(self, remark: Remark, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"%s-{remark.key}")
        self.remark = remark
