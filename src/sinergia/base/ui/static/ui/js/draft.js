// Saves a form field by field. What is not saved yet lies on this device, under its author's name.

const DELAY = 1200; // ms after the last key
const form = document.querySelector("form[data-draft]");
const words = form.dataset;
const memory = `draft:${words.draft}`;
const versions = JSON.parse(form.elements.versions.value || "{}");
const turns = new Map(); // path -> timer, or true while a request is under way
const inputs = () => [...form.querySelectorAll("[data-field] :is(input, select, textarea)")];
const inputAt = (path) => inputs().find((one) => one.name === path);
const fieldAt = (path) => inputAt(path)?.closest("[data-field]");
const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

// --- what lies on this device: path -> {text, base, at, sent}

const read = () => {
  try {
    return JSON.parse(localStorage[memory] ?? "{}");
  } catch {
    return {};
  }
};
const write = (path, entry) => {
  const all = read();
  if (entry) all[path] = entry;
  else delete all[path];
  try {
    if (Object.keys(all).length) localStorage[memory] = JSON.stringify(all);
    else localStorage.removeItem(memory);
  } catch {
    // No room on the device, or none is allowed: the text stays in the page and goes from there.
  }
  return all;
};

// --- what the page says of itself

const state = form.querySelector("[data-state]");
const say = (text, kind = "") => {
  if (state.textContent !== text) state.textContent = text;
  state.dataset.kind = kind;
};
const told = (path, lines = [], old = "[data-refusal]") => {
  const field = fieldAt(path), input = inputAt(path);
  if (!field) return;
  for (const one of field.querySelectorAll(old)) one.remove();
  if (lines.length) {
    const list = Object.assign(document.createElement("ul"), { className: "errors", id: `${input.id}-refusal` });
    list.dataset.refusal = "";
    for (const line of lines) list.append(Object.assign(document.createElement("li"), { textContent: line }));
    field.querySelector("label").after(list);
  }
  const isBad = Boolean(field.querySelector(".errors"));
  field.classList.toggle("field-bad", isBad);
  if (isBad) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const beside = [...field.querySelectorAll(".hint[id], .errors[id]")].map((one) => one.id);
  if (beside.length) input.setAttribute("aria-describedby", beside.join(" "));
  else input.removeAttribute("aria-describedby");
};
const showWrong = (wrong = {}) => {
  // What is being typed at this moment is judged by its own answer.
  for (const [path, lines] of Object.entries(wrong)) if (!live[path]) told(path, lines, ".errors");
};
let counted = 0; // saves that the sums on the page know of
const show = (body) => {
  if (!body.saves || body.saves < counted) return; // of two saves at once, the earlier may answer last
  counted = body.saves;
  showSums(body.sums);
  showWrong(body.wrong);
  form.dispatchEvent(new CustomEvent("draft:saved", { detail: body }));
};
const showSums = (sums) => {
  if (!sums) return;
  for (const [id, shown] of Object.entries(sums.lines)) {
    const row = form.querySelector(`[data-row="lines/${id}"]`);
    if (!row) continue;
    row.querySelector("[data-total]").textContent = shown[0];
    row.querySelector("[data-asked]").textContent = shown[1];
  }
  for (const place of document.querySelectorAll("[data-whole]")) place.textContent = sums.whole[place.dataset.whole];
};
const length = (text) => [...text.replace(/\r\n?/g, "\n")].length;
const count = (input) => {
  const counter = input.closest("[data-field]")?.querySelector("[data-counter]");
  if (!counter) return;
  const now = length(input.value), most = Number(input.dataset.longest);
  counter.textContent = words.count.replace("{length}", now.toLocaleString()).replace("{most}", most.toLocaleString());
  counter.classList.toggle("is-bad", now > most);
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
const post = (url, fields, options) =>
  fetch(url, { method: "POST", headers: { "X-CSRFToken": token() }, redirect: "manual", body: new URLSearchParams(fields), ...options });
const live = {}; // what this page has typed and the server has not confirmed; path -> entry

function note(path, text) {
  const entry = live[path] ?? { base: versions[path] ?? 0 };
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
  turns.set(path, true);
  const entry = live[path];
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
    say(words.offline, "bad");
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
    say(words.signedOut, "bad");
    return true;
  }
  if (answer.status >= 500 || answer.status === 429) {
    say(words.offline, "bad");
    return true;
  }
  const body = await answer.json().catch(() => null);
  const entry = live[path], sent = entry?.sent;
  if (!entry) return false; // its row was taken out meanwhile
  if (answer.status === 403 && !body && token() && !entry.isStale) {
    entry.isStale = true; // the token was changed by signing in again: once more with the new one
    return true;
  }
  delete entry.sent;
  if (answer.status === 200 && body) {
    versions[path] = entry.base = body.version;
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
  if (answer.status === 409 && body) {
    clash(path, body);
    return false;
  }
  entry.refused = sent.text;
  if (answer.status === 422 && body) told(path, body.said.flat());
  else say(words.gone, "bad");
  return false;
}

// Another tab of the same person may have typed on in the same place: that one stays.
const forget = (path, text) => read()[path]?.text === text && write(path);

function settle() {
  unfold();
  const open = Object.keys(live);
  if (open.some((path) => live[path].tries)) return; // the line says why it waits
  if (form.querySelector(".clash")) return say(words.conflict, "bad");
  if (open.some((path) => live[path].refused === live[path].text)) return say(words.refused, "bad");
  if (!open.length) say(state.dataset.at ? words.saved.replace("{time}", state.dataset.at) : "", "good");
}

function clash(path, body) {
  const field = fieldAt(path), input = inputAt(path);
  if (!field) {
    live[path].refused = live[path].text; // of another section: it is offered there
    return;
  }
  field.querySelector(".clash")?.remove();
  const box = form.querySelector("template[data-clash]").content.firstElementChild.cloneNode(true);
  const who = box.querySelector("[data-who]");
  who.textContent = who.dataset.words.replace("{who}", body.who).replace("{time}", body.at);
  const options = input.matches("select") ? [...input.options].find((one) => one.value === body.text)?.text : "";
  box.querySelector("[data-theirs]").textContent = options || body.text || "—";
  if (!input.matches("textarea")) box.querySelector("[data-keep=both]").remove();
  box.addEventListener("click", ({ target }) => {
    const keep = target.dataset.keep;
    if (!keep) return;
    box.remove();
    const text = { mine: input.value, theirs: body.text, both: `${body.text}\n\n${input.value}` }[keep];
    input.value = text;
    versions[path] = body.version;
    count(input);
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
  say(words.conflict, "bad");
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
  if (mine.some((path) => versions[path] || live[path])) {
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
  const all = read(), box = document.querySelector("[data-offer]");
  const found = Object.entries(all).filter(([path, entry]) => {
    const input = inputAt(path);
    if (!input || input.value !== entry.text) return true;
    write(path);
    return false;
  });
  if (!found.length) return;
  const latest = Math.max(...found.map(([, entry]) => entry.at));
  box.querySelector("[data-offer-text]").textContent = box.dataset.words.replace("{time}", clock(latest));
  for (const [, entry] of found) {
    const text = entry.text.length > 120 ? `${entry.text.slice(0, 120)}…` : entry.text || "—";
    box.querySelector("[data-offer-list]").append(Object.assign(document.createElement("li"), { textContent: text }));
  }
  box.hidden = false;
  const done = () => {
    box.hidden = true;
    (inputAt(found[0][0]) ?? form.querySelector("input, textarea")).focus();
  };
  box.querySelector("[data-offer-take]").addEventListener("click", () => {
    for (const [path, entry] of found) {
      const [name, id] = path.split("/");
      if (id && !inputAt(path) && form.querySelector(`[data-rows="${name}"]`)) {
        const row = addRow(name), fresh = row.dataset.row.split("/")[1];
        row.outerHTML = row.outerHTML.replaceAll(fresh, id);
      }
      const input = inputAt(path);
      if (input) input.value = entry.text;
      live[path] = entry;
      send(path);
    }
    done();
  });
  box.querySelector("[data-offer-drop]").addEventListener("click", () => {
    for (const [path] of found) write(path);
    done();
  });
}

// --- it begins

form.addEventListener("input", ({ target }) => {
  if (!target.closest("[data-field]")) return;
  count(target);
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
let isLeaving = false; // by the button: what is typed goes with the page itself
form.addEventListener("submit", () => {
  form.elements.versions.value = JSON.stringify(versions);
  isLeaving = true;
});
const hurry = (options) => Object.keys(live).forEach((path) => turns.get(path) !== true && send(path, options));
addEventListener("online", () => hurry());
document.addEventListener("draft:drop", () => Object.keys(live).forEach((path) => delete live[path]));
document.addEventListener("visibilitychange", () => document.hidden && hurry({ keepalive: true }));
addEventListener("beforeunload", (event) => !isLeaving && Object.keys(live).length && event.preventDefault());
for (const input of inputs()) if (input.dataset.longest) count(input);
unfold();
offer();
