// Saves a form field by field. What is not saved yet lies on this device, under its author's name.

const DELAY = 1200; // ms after the last key
const form = document.querySelector("form[data-draft]");
const words = form.dataset;
const memory = `draft:${words.draft}`;
const versions = JSON.parse(form.elements.versions.value || "{}"); // path -> [version, trace] of the text shown
const turns = new Map(); // path -> timer, or true while a request is under way
const inputs = () => [...form.querySelectorAll("[data-field] :is(input, select, textarea)")];
const inputAt = (path) => inputs().find((one) => one.name === path);
const fieldAt = (path) => inputAt(path)?.closest("[data-field]");
const put = (input, text) => {
  input.value = text;
  input.dispatchEvent(new CustomEvent("draft:put", { bubbles: true }));
};
const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

// --- what lies on this device: path -> {text, base, at, sent}

const offered = new Map(); // what lay here from before and nobody has chosen about: name -> entry
// What is typed meanwhile lies beside it, not in its place.
const nameOf = (path) => (offered.has(path) ? nameOf(`${path}?`) : path);
const pathOf = (name) => name.replace(/\?+$/, "");
const read = () => {
  try {
    return JSON.parse(localStorage[memory] ?? "{}");
  } catch {
    return {};
  }
};
const write = (path, entry) => {
  const all = read(), name = nameOf(path);
  if (entry) all[name] = entry;
  else delete all[name];
  try {
    if (Object.keys(all).length) localStorage[memory] = JSON.stringify(all);
    else localStorage.removeItem(memory);
  } catch {
    // No room on the device, or none is allowed: the text stays in the page and goes from there.
  }
};

// --- what the page says of itself

const state = form.querySelector("[data-state]");
const say = (text, kind = "") => {
  if (state.textContent !== text) state.textContent = text;
  state.dataset.kind = kind;
};
const listed = (lines) => {
  const list = Object.assign(document.createElement("ul"), { className: "errors" });
  for (const line of lines) list.append(Object.assign(document.createElement("li"), { textContent: line }));
  return list;
};
const told = (path, lines = [], old = "[data-refusal]") => {
  const field = fieldAt(path), input = inputAt(path);
  if (!field) return;
  for (const one of field.querySelectorAll(old)) one.remove();
  if (lines.length) {
    const list = Object.assign(listed(lines), { id: `${input.id}-refusal` });
    list.dataset.refusal = "";
    field.querySelector("label").after(list);
  }
  const isBad = Boolean(field.querySelector(".errors"));
  field.classList.toggle("field-bad", isBad);
  if (isBad) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const beside = [...field.querySelectorAll(".hint[id], .errors[id]")].map((one) => one.id);
  if (field.dataset.toldIn) beside.unshift(field.dataset.toldIn);
  if (beside.length) input.setAttribute("aria-describedby", beside.join(" "));
  else input.removeAttribute("aria-describedby");
};
const showWrong = (wrong = {}) => {
  for (const [path, lines] of Object.entries(wrong)) {
    const rows = form.querySelector(`[data-rows="${path}"]`);
    rows?.querySelector(":scope > .errors")?.remove();
    if (rows && lines.length) rows.querySelector(":scope > .hint").after(listed(lines));
    // What is being typed at this moment is judged by its own answer.
    if (!live[path]) told(path, lines, ".errors");
  }
};
let counted = 0; // saves that the sums on the page know of
const show = (body) => {
  if (!body.saves || body.saves < counted) return; // of two saves at once, the earlier may answer last
  counted = body.saves;
  showWrong(body.wrong);
  form.dispatchEvent(new CustomEvent("draft:saved", { detail: body }));
};

// --- questions that hang on the answer to another

const isPut = (field) => {
  const { when, answers } = field.dataset;
  return !when || (isPut(fieldAt(when)) && answers.split(" ").includes(inputAt(when).value));
};
const unfold = () => form.querySelectorAll("[data-when]").forEach((field) => (field.hidden = !isPut(field)));

// --- saving

// The token is the cookie's, not the form's: signing in again elsewhere changes it.
const token = () => /\bcsrftoken=(\w+)/.exec(document.cookie)?.[1];
const PATIENCE = 60_000; // ms; an answer that is lost is asked for once more
const post = (url, fields, options) => {
  // Who wrote it is said, too: somebody else may sign in meanwhile in another window.
  const headers = { "X-CSRFToken": token(), "X-Reader": document.body.dataset.reader };
  const signal = AbortSignal.timeout?.(PATIENCE), body = new URLSearchParams(fields);
  return fetch(url, { method: "POST", headers, redirect: "manual", signal, body, ...options });
};
const see = (path, body) => (versions[path] = [body.version, body.trace]);
const live = {}; // what this page has typed and the server has not confirmed; path -> entry

let isLeaving = false; // by the button, with everything saved
let leave = null; // the button that was pressed: one goes on once everything on the page is saved
const held = () => Object.keys(live).filter(inputAt);
const stay = (text) => {
  say(text, "bad");
  if (leave) form.querySelector(".clash, [data-refusal]")?.closest("[data-field]").querySelector("input, select, textarea").focus();
  leave = null;
};

function note(path, text) {
  isLeaving = false;
  const entry = live[path] ?? { base: versions[path]?.[0] ?? 0 };
  live[path] = { ...entry, text, at: Date.now() };
  write(path, live[path]);
  say(words.typing);
  unfold();
}

function later(path, delay = DELAY) {
  if (turns.get(path) === true) return; // its answer goes on by itself
  clearTimeout(turns.get(path));
  turns.set(path, setTimeout(() => send(path), delay));
}

async function send(path, options) {
  // Where two texts are shown, somebody has to choose first.
  if (turns.get(path) === true || !live[path] || fieldAt(path)?.querySelector(".clash")) return;
  clearTimeout(turns.get(path));
  turns.delete(path);
  const entry = live[path];
  if ([...entry.text].length > Number(words.most)) return refuse(path, entry.text, [words.tooLong.trim()]);
  turns.set(path, true);
  // A request that got no answer is sent once more as it was, before what was typed after it.
  entry.sent ??= { text: entry.text, base: entry.base };
  write(path, entry);
  if (state.dataset.kind !== "bad") say(words.saving);
  let wait;
  try {
    const answer = await post(words.save, { path, ...entry.sent }, options);
    wait = await judge(path, answer);
    entry.tries = wait ? (entry.tries ?? 0) + 1 : 0;
  } catch {
    stay(words.offline);
    entry.tries = (entry.tries ?? 0) + 1;
    wait = true;
  }
  turns.delete(path);
  if (wait) later(path, Math.min(1000 * 2 ** entry.tries, 15000));
  else if (live[path] && live[path].text !== live[path].refused) later(path, 0);
  settle();
}

// Says whether the same is to be tried again later.
async function judge(path, answer) {
  if (answer.type === "opaqueredirect" || answer.status === 401) {
    stay(words.signedOut);
    return true;
  }
  const body = await answer.json().catch(() => null);
  const isCut = !body && [200, 409, 422].includes(answer.status); // it came from elsewhere, or half
  if (answer.status >= 500 || answer.status === 429 || isCut) {
    stay(words.offline);
    return true;
  }
  const entry = live[path], sent = entry?.sent;
  if (!entry) return false; // its row was taken out meanwhile
  if (answer.status === 403 && !body && token() && !entry.isStale) {
    entry.isStale = true; // the token was changed by signing in again: once more with the new one
    return true;
  }
  delete entry.sent;
  if (answer.status === 200) {
    see(path, body);
    entry.base = body.version;
    delete entry.isStale;
    told(path);
    state.dataset.at = body.at;
    if (entry.text === sent.text) {
      delete live[path];
      forget(path, sent.text);
    } else write(path, entry);
    show(body);
    return false;
  }
  if (answer.status === 409) clash(path, body);
  else if (answer.status === 422) refuse(path, sent.text, body.said.flat());
  else if ([400, 413].includes(answer.status)) refuse(path, sent.text, [words.tooLong.trim()]);
  else refuse(path, sent.text, [words.gone], words.gone);
  return false;
}

// The text stays in its field and on this device; it is not sent again until it is another one.
function refuse(path, text, lines, why = words.refused) {
  Object.assign(live[path], { refused: text, why });
  told(path, lines);
  settle();
}

// Another tab of the same person may have typed on in the same place: that one stays.
const forget = (path, text) => read()[nameOf(path)]?.text === text && write(path);

function settle() {
  unfold();
  if (leave && !held().length) return form.requestSubmit(leave);
  const open = Object.keys(live);
  if (open.some((path) => live[path].tries)) return; // the line says why it waits
  if (form.querySelector(".clash")) return stay(words.conflict);
  const stuck = open.find((path) => live[path].refused === live[path].text);
  if (stuck) return stay(live[stuck].why);
  if (!open.length) say(state.dataset.at ? words.saved.replace("{time}", state.dataset.at) : "", "good");
}

function clash(path, body) {
  const field = fieldAt(path), input = inputAt(path);
  if (!field) return Object.assign(live[path], { refused: live[path].text, why: words.refused }); // it is offered there
  field.querySelector(".clash")?.remove();
  const box = form.querySelector("template[data-clash]").content.firstElementChild.cloneNode(true);
  const who = box.querySelector("[data-who]");
  who.textContent = body.said ?? who.dataset.words.replace("{who}", body.who).replace("{time}", body.at);
  const options = input.matches("select") ? [...input.options].find((one) => one.value === body.text)?.text : "";
  box.querySelector("[data-theirs]").textContent = options || body.text || "—";
  if (!input.matches("textarea")) box.querySelector("[data-keep=both]").remove();
  box.addEventListener("click", ({ target }) => {
    const keep = target.dataset.keep;
    if (!keep) return;
    box.remove();
    const text = { mine: input.value, theirs: body.text, both: `${body.text}\n\n${input.value}` }[keep];
    put(input, text);
    see(path, body);
    if (keep === "theirs") {
      delete live[path];
      write(path);
      settle();
    } else {
      live[path] = { base: body.version, text, at: Date.now() };
      write(path, live[path]);
      send(path);
    }
    input.focus();
  });
  input.before(box);
  stay(words.conflict);
}

// A page that was sent whole comes back with both texts, and nobody to choose between them.
function clashes() {
  for (const shown of form.querySelectorAll(".clash")) {
    const path = shown.closest("[data-field]").dataset.field, [version, trace] = versions[path];
    live[path] = { base: version, text: inputAt(path).value, at: Date.now() };
    write(path, live[path]);
    clash(path, { said: shown.querySelector("strong").textContent, text: shown.dataset.shown, version, trace });
  }
}

// --- rows

const idFor = () => [...crypto.getRandomValues(new Uint8Array(4))].map((one) => one.toString(16).padStart(2, "0")).join("");
function addRow(name) {
  const block = form.querySelector(`[data-rows="${name}"]`);
  const html = block.querySelector("template[data-blank]").innerHTML.replaceAll("ROWID", idFor());
  block.querySelector("[data-list]").insertAdjacentHTML("beforeend", html);
  const row = block.querySelector("[data-list]").lastElementChild;
  row.querySelector("input, select, textarea").focus();
  return row;
}
async function move(button) {
  const row = button.closest("[data-row]"), list = row.parentElement, [name] = button.value.split("/");
  const answer = await post(words.move, { move: button.value }).catch(() => null);
  if (answer?.status !== 200) return say(answer?.type === "opaqueredirect" ? words.signedOut : words.offline, "bad");
  const { rows, at } = await answer.json();
  const places = new Map(rows.map((id, place) => [`${name}/${id}`, place]));
  const placeOf = (one) => places.get(one.dataset.row) ?? places.size; // nothing is typed there yet
  list.append(...[...list.children].sort((one, other) => placeOf(one) - placeOf(other)));
  state.dataset.at = at;
  const shown = [...row.querySelectorAll("[name=move]")].find((one) => one.offsetParent);
  (button.offsetParent ? button : shown)?.focus();
  row.scrollIntoView({ block: "nearest" });
  say(words.moved, "good");
}
async function takeOut(button) {
  const row = button.closest("[data-row]"), name = button.value;
  const mine = inputs().filter((one) => row.contains(one)).map((one) => one.name);
  if (mine.some((path) => versions[path]?.[0] || live[path])) {
    const answer = await post(words.takeOut, { row: name }).catch(() => null);
    if (answer?.status !== 200) return say(answer?.type === "opaqueredirect" ? words.signedOut : words.offline, "bad");
    show(await answer.json());
  }
  for (const path of mine) {
    clearTimeout(turns.get(path));
    turns.delete(path);
    delete live[path];
    write(path);
  }
  const next = row.nextElementSibling ?? row.previousElementSibling;
  const place = next?.querySelector("input, select, textarea") ?? row.closest("[data-rows]").querySelector("[name=add]");
  row.remove();
  place.focus();
  say(words.takenOut, "good");
}

// --- what lay here from before

function offer() {
  const box = document.querySelector("[data-offer]");
  for (const [name, entry] of Object.entries(read())) {
    const path = pathOf(name);
    if (live[path]) continue;
    if (inputAt(path)?.value === entry.text) write(name);
    else offered.set(name, entry);
  }
  if (!offered.size) return;
  const entries = [...offered.values()];
  const latest = Math.max(...entries.map((entry) => entry.at));
  box.querySelector("[data-offer-text]").textContent = box.dataset.words.replace("{time}", clock(latest));
  for (const { text } of entries) {
    const line = text.length > 120 ? `${text.slice(0, 120)}…` : text || "—";
    box.querySelector("[data-offer-list]").append(Object.assign(document.createElement("li"), { textContent: line }));
  }
  box.hidden = false;
  box.querySelector("[data-offer-take]").addEventListener("click", () => chosen(box, putIn));
  box.querySelector("[data-offer-drop]").addEventListener("click", () => chosen(box));
}

function chosen(box, take) {
  const all = [...offered];
  for (const path of Object.keys(live)) write(path); // it lay beside
  offered.clear();
  for (const [name] of all) write(name);
  for (const [name, entry] of all) take?.(pathOf(name), entry);
  for (const path of Object.keys(live)) write(path, live[path]);
  box.hidden = true;
  (inputAt(pathOf(all[0][0])) ?? form.querySelector("input, textarea")).focus();
  hurry();
}

function putIn(path, entry) {
  const [name, id] = path.split("/");
  if (id && !inputAt(path) && form.querySelector(`[data-rows="${name}"]`)) {
    const row = addRow(name), fresh = row.dataset.row.split("/")[1];
    row.outerHTML = row.outerHTML.replaceAll(fresh, id);
  }
  const input = inputAt(path), typed = live[path]?.text; // since then; it stays where there is room
  const text = typed && input?.matches("textarea") ? `${entry.text}\n\n${typed}` : entry.text;
  live[path] = { ...(live[path] ?? entry), text, at: Date.now() };
  if (input) put(input, text);
}

// --- it begins

form.addEventListener("input", ({ target }) => {
  if (!target.closest("[data-field]")) return;
  note(target.name, target.value);
  later(target.name);
});
form.addEventListener("change", ({ target }) => target.closest("[data-field]") && live[target.name] && send(target.name));
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault(); // it ends a line here, and is no wish to leave the page
  send(event.target.name);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=add], button[name=move], button[name=remove]");
  if (!button) return;
  event.preventDefault();
  if (button.name === "add") addRow(button.value);
  else if (button.name === "move") move(button);
  else takeOut(button);
});
form.addEventListener("submit", (event) => {
  form.elements.versions.value = JSON.stringify(versions);
  isLeaving = !held().length;
  if (isLeaving) return;
  event.preventDefault();
  leave = event.submitter;
  say(words.saving);
  hurry();
  if (form.querySelector(".clash")) stay(words.conflict);
});
const hurry = (options) => Object.keys(live).forEach((path) => turns.get(path) !== true && send(path, options));
addEventListener("online", () => hurry());
document.addEventListener("draft:drop", () => Object.keys(live).forEach((path) => delete live[path]));
document.addEventListener("visibilitychange", () => document.hidden && hurry({ keepalive: true }));
addEventListener("beforeunload", (event) => !isLeaving && Object.keys(live).length && event.preventDefault());
unfold();
clashes();
offer();
