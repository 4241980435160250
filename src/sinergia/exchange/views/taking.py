"""«Беру в работу»: two taps from a session."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.actions.commitments import Taken, take_home
from sinergia.exchange.forms.commitments import TakeForm
from sinergia.exchange.models import Commitment, Delegate, Session, Visit
from sinergia.exchange.queries.commitments import board_of, practice_shown
from sinergia.exchange.queries.holding import practices_shown_at, session_held, sessions_held
from sinergia.exchange.views.reaching import committing_visit, crumbs_of, takers
from sinergia.exchange.words import explain
from sinergia.people.http import SignedInRequest, for_signed_in

DROPPED = Commitment.State.DROPPED  # may be taken anew


@require_http_methods(["GET", "POST"])
@for_signed_in
def take(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What was shown, each with its button; an idea in words below."""
    visit = committing_visit(request, key)
    delegates = takers(visit, request.user)
    if not delegates:
        raise Http404
    session = session_held(visit, request.GET.get("session", ""))
    named = {"session": str(session.key) if session else ""}
    form = TakeForm(delegates, request.POST or None, initial=named)
    made: list[Commitment] = []
    if is_done(form, lambda: made.append(taken_from(request, visit, form)), explain):
        messages.success(request, _("Taken home. By when, and what is the first step?"))
        return redirect("commitments:write", made[0].key)
    context = _shown(visit, session, delegates) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "exchange/commitments/take.html", context, status=status)


def taken_from(request: SignedInRequest, visit: Visit, form: TakeForm) -> Commitment:
    """Take home what a form names."""
    told = form.cleaned_data
    practice = practice_shown(visit, told["practice"]) if told["practice"] else None
    if told["practice"] and practice is None:
        raise Refused([Gap("commitment.not_shown")])
    session = session_held(visit, told["session"])
    taken = Taken(told["key"], form.whose(), session, practice, "" if practice else told["idea"])
    return take_home(visit, taken, actor=request.user, now=timezone.now())


def _shown(visit: Visit, session: Session | None, delegates: list[Delegate]) -> dict[str, object]:
    """Practices of one session, or of all; what one has taken already is marked.

    What its organisation shows no more is there only where one has taken it.
    """
    sessions = [session] if session is not None else list(sessions_held(visit))
    own = [one.pk for one in delegates] if len(delegates) == 1 else []
    taken = [one for one in board_of(visit) if one.delegate_id in own and one.state != DROPPED]
    mine = {one.practice_id: one for one in taken}
    public = practices_shown_at(sessions)
    rows = [
        (
            one,
            [
                (row.practice, mine.get(row.practice_id))
                for row in one.practices.all()
                if row.practice_id in public or row.practice_id in mine
            ],
        )
        for one in sessions
    ]
    return {
        "visit": visit,
        "session": session,
        "rows": [(one, shown) for one, shown in rows if shown],
        "crumbs": crumbs_of(visit),
    }
