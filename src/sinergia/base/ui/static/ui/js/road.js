// A visit on its way: asks the worker to keep its pages, and keeps on this device what is written
// where there is no network, under its author's name, until the site has it. One key is one note.

const box = document.querySelector("[data-road]");
const { road: reader, room, ...words } = box.dataset;
const memory = `draft:road:${reader}`; // with the drafts: whoever signs out is asked about them
const AGAIN = 30_000, PATIENCE = 15_000; // ms
const language = document.documentElement.lang;
const part = (name) => box.querySelector(`[data-road-${name}]`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const clock = (at) => {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const day = isToday ? {} : { day: "numeric", month: "long" };
  return new Date(at).toLocaleString(language, { ...day, hour: "2-digit", minute: "2-digit" });
};

// --- what was written: key -> {what, room, fields, title, text, at, said?, theirs?}

const read = () => {
  try {
    return JSON.parse(localStorage[memory] ?? "{}");
  } catch {
    return {};
  }
};
const write = (key, entry) => {
  const all = read();
  if (entry) all[key] = entry;
  else delete all[key];
  try {
    if (Object.keys(all).length) localStorage[memory] = JSON.stringify(all);
    else localStorage.removeItem(memory);
    return true;
  } catch {
    return false; // no room on the device, or none is allowed: then the form goes as it always did
  }
};
const waiting = () => Object.entries(read()).filter(([, entry]) => !entry.said);

// --- what the page says of it

let why = ""; // it was not sent
let done = 0; // sent from this page
let isSending = false, isAsked = false;

function show() {
  const all = Object.entries(read()).sort(([, one], [, other]) => one.at - other.at);
  const open = all.filter(([, entry]) => !entry.said).length, refused = all.length - open;
  const lines = [open && fill(words.unsent, { number: open }), refused && fill(words.refused, { number: refused })];
  part("mine").hidden = !all.length;
  part("mine").classList.toggle("notice-bad", refused > 0);
  part("count").textContent = lines.filter(Boolean).join(". ");
  part("why").textContent = open ? (isSending ? words.sending : why) : "";
  part("acts").hidden = !open;
  part("list").replaceChildren(...all.map(([key, entry]) => item(key, entry)));
  part("done").hidden = !done;
  part("done").firstElementChild.textContent = fill(words.saved, { time: clock(Date.now()), number: done });
}

function item(key, entry) {
  const row = box.querySelector("template").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-head]").textContent = `${entry.title} · ${clock(entry.at)}`;
  row.querySelector("[data-text]").textContent = entry.text;
  row.querySelector("[data-said]").textContent = (entry.said ?? []).join(" ");
  row.querySelector("[data-act=both]").hidden = !entry.theirs;
  row.querySelector("[data-act=whole]").hidden = !(entry.said && entry.fields.session && !entry.theirs);
  row.querySelector("[data-acts]").hidden = !entry.said;
  row.querySelector("[data-acts]").addEventListener("click", ({ target }) => acts[target.dataset.act]?.(key, entry, target));
  return row;
}

const again = (key, entry, fields, text = entry.text) => {
  const { said, theirs, ...rest } = entry;
  write(key, { ...rest, text, fields: { ...entry.fields, ...fields } });
  send();
};
const acts = {
  both: (key, entry) => {
    const text = `${entry.theirs.text}\n\n${entry.text}`;
    again(key, entry, { text, base: entry.theirs.base }, text);
  },
  whole: (key, entry) => again(key, entry, { session: "" }),
  copy: async (_, entry, button) => {
    const isCopied = await navigator.clipboard?.writeText(entry.text).then(() => true, () => false);
    if (isCopied) button.textContent = button.dataset.done;
    else getSelection().selectAllChildren(button.closest("li").querySelector("[data-text]"));
  },
  drop: (key) => {
    if (!confirm(words.sure)) return;
    write(key);
    show();
    part("mine").focus();
  },
};

// --- sending

const token = () => /\bcsrftoken=(\w+)/.exec(document.cookie)?.[1] ?? "";
const post = (entry, more) =>
  fetch(`${entry.room}road/send/${entry.what}/`, {
    method: "POST",
    headers: { "X-CSRFToken": token() },
    redirect: "manual",
    signal: AbortSignal.timeout?.(PATIENCE),
    body: new URLSearchParams({ ...entry.fields, reader, ...more }),
  });

// Sends all that waits, the first written first; gives where `here` is now, if it arrived.
async function send(here = "") {
  isAsked = true; // the network may come back while an attempt without it is still under way
  if (isSending) return "";
  isSending = true;
  let place = "";
  while (isAsked) {
    isAsked = false;
    why = "";
    show();
    place = (await sendAll(here)) || place;
  }
  isSending = false;
  show();
  return place;
}

async function sendAll(here) {
  let place = "", next;
  while ((next = waiting().sort(([, one], [, other]) => one.at - other.at)[0])) {
    const [key, entry] = next;
    const answer = await post(entry, key === here ? { here: "yes" } : {}).catch(() => null);
    // An answer may be cut in its middle: what was kept by the site is sent once more, by its key.
    const body = await answer?.json().catch(() => null);
    const isKept = answer?.status === 200 && body;
    const isLater = !isKept && !isRefused(key, entry, answer, body);
    if (isLater) {
      const isOut = answer?.type === "opaqueredirect" || [401, 403].includes(answer?.status);
      why = isOut ? words.signedOut : words.offline;
      break;
    }
    if (!isKept) continue;
    if (read()[key]?.fields.text === entry.fields.text) write(key);
    done += 1;
    if (key === here) place = body.url;
  }
  return place;
}

// Whether the site has judged it; it is not sent again then unless its author says how.
function isRefused(key, entry, answer, body) {
  const said = { 404: [words.gone], 409: [words.clash], 422: body?.said }[answer?.status];
  if (!said) return false;
  write(key, { ...entry, said, theirs: body?.theirs });
  return true;
}

// What is being typed, by the place of its form: a page that a phone threw away begins with it again.
const typing = `draft:road-typing:${reader}`;
const place = (field) => `${location.pathname}${location.search} ${field.name}`;
const isOwn = (field) => field?.matches("form[data-send] textarea") && !Number(field.form.elements.base?.value);
const typed = () => {
  try {
    return JSON.parse(localStorage[typing] ?? "{}");
  } catch {
    return {};
  }
};
function remember(field, text = "") {
  const { [place(field)]: _, ...rest } = typed();
  const all = text.trim() ? { ...rest, [place(field)]: text } : rest;
  try {
    if (Object.keys(all).length) localStorage[typing] = JSON.stringify(all);
    else localStorage.removeItem(typing);
  } catch {
    // No room: the text stays in the page.
  }
}
document.addEventListener("input", ({ target }) => isOwn(target) && remember(target, target.value));
for (const field of document.querySelectorAll("form[data-send] textarea"))
  if (isOwn(field) && !field.value) field.value = typed()[place(field)] ?? "";

async function keepAndSend(event) {
  const form = event.target, { submitter } = event, what = form.dataset.send;
  const fields = Object.fromEntries(new FormData(form));
  if (submitter?.name) fields[submitter.name] = submitter.value;
  delete fields.csrfmiddlewaretoken;
  const text = (submitter?.dataset.text ?? fields.text ?? fields.idea ?? "").trim();
  if (!text) return;
  // The page may be an old one, and opened many times: what is new gets a key of its own.
  const isNew = what === "commitments" || Number(fields.base) === 0;
  if (isNew) fields.key = crypto.randomUUID();
  fields.session ||= form.dataset.session ?? new URLSearchParams(location.search).get("session") ?? "";
  const entry = { what, room, fields, title: form.dataset.title, text, at: Date.now() };
  if (!write(fields.key, entry)) return;
  event.preventDefault();
  for (const field of form.querySelectorAll("textarea")) {
    remember(field);
    field.value = "";
  }
  const now = await send(fields.key);
  // The same page with another anchor is no other page to a browser.
  if (now && new URL(now, location).pathname === location.pathname) location.reload();
  else if (now) location.assign(now);
  else part("mine").focus();
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.send) keepAndSend(event);
  else if (!navigator.onLine && event.target.method === "post" && !event.target.dataset.unsaved) {
    event.preventDefault();
    alert(words.needs);
  }
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (navigator.onLine || !link?.protocol.startsWith("http") || link.pathname.startsWith(room)) return;
  event.preventDefault(); // the browser's own page of a fault says less
  alert(words.needs);
});
part("acts").addEventListener("click", () => send());
part("done").addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});
addEventListener("online", () => send());
addEventListener("storage", show);
setInterval(() => waiting().length && !document.hidden && send(), AGAIN);

// --- the pages

const { kept } = document.body.dataset; // when the worker kept what is shown now
part("away").hidden = !kept;
if (kept) part("at").textContent = clock(Number(kept));

const told = (state) => {
  if (!state) return "";
  const isWhole = state.kept >= state.pages.length;
  return fill(isWhole ? words.kept : words.partly, { time: clock(state.whole), kept: state.kept, pages: state.pages.length });
};
async function stateNow() {
  if (!(await caches.has(`road:${reader}`))) return null;
  return (await (await caches.open(`road:${reader}`)).match(`${room}road/`))?.json();
}

async function keep() {
  const page = location.pathname + location.search, channel = new MessageChannel();
  await navigator.serviceWorker.register(words.worker);
  const { active } = await navigator.serviceWorker.ready;
  const answered = new Promise((answer) => (channel.port1.onmessage = ({ data }) => answer(data)));
  active.postMessage({ room, page, language }, [channel.port2]);
  return answered;
}

async function takeAlong() {
  if (!navigator.serviceWorker || !window.caches) return;
  const before = await stateNow(), line = part("kept");
  line.textContent = kept || before ? told(before) : words.saving;
  if (!kept) line.textContent = told((await keep().catch(() => null)) ?? (await stateNow()));
}

if (waiting().length) send();
else show();
if ("keeps" in words) takeAlong();
else if (window.caches && (await caches.has(`road:${reader}`))) {
  const cache = await caches.open(`road:${reader}`);
  for (const one of await cache.keys()) if (new URL(one.url).pathname.startsWith(room)) await cache.delete(one);
}
