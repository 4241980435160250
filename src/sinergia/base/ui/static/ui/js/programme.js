// Sessions of a programme are dragged by their handles; the form that is sent is the buttons' own.

const form = document.querySelector("[data-drag-form]");
const sessions = [...document.querySelectorAll("[data-session]")];

// Where a session would come to lie: the list of a day, and before which of its sessions.
const placeAt = (x, y, dragged) => {
  const list = document.elementFromPoint(x, y)?.closest("section")?.querySelector("[data-day]");
  if (!list) return null;
  const others = [...list.querySelectorAll("[data-session]")].filter((one) => one !== dragged);
  const before = others.find((one) => {
    const box = one.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { list, before };
};

const unmark = () => {
  for (const one of document.querySelectorAll(".programme-drop, .programme-drop-last")) {
    one.classList.remove("programme-drop", "programme-drop-last");
  }
};

const mark = (place) => {
  unmark();
  if (!place) return;
  if (place.before) place.before.classList.add("programme-drop");
  else place.list.classList.add("programme-drop-last");
};

// Near the edge of the window the page goes along.
const follow = (y) => {
  const edge = 60;
  if (y < edge) scrollBy(0, -12);
  else if (y > innerHeight - edge) scrollBy(0, 12);
};

const send = (dragged, place) => {
  const next = dragged.nextElementSibling;
  const stays = place.list.contains(dragged) && place.before === (next?.matches("[data-session]") ? next : undefined);
  if (stays) return;
  form.action = dragged.dataset.move;
  form.elements.day.value = place.list.dataset.day;
  form.elements.before.value = place.before ? place.before.dataset.session : "end";
  form.elements.seen.value = dragged.dataset.seen;
  form.requestSubmit();
};

const drag = (session, handle) => {
  let place = null;
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    session.classList.add("programme-dragged");
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    place = placeAt(event.clientX, event.clientY, session);
    mark(place);
    follow(event.clientY);
  });
  const end = (event) => {
    session.classList.remove("programme-dragged");
    unmark();
    if (event.type === "pointerup" && place) send(session, place);
    place = null;
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
  handle.hidden = false;
};

if (form) {
  for (const session of sessions) drag(session, session.querySelector("[data-handle]"));
  for (const told of document.querySelectorAll("[data-drag-told]")) told.hidden = false;
}
