// Keeps the pages of a visit for where there is no network, and answers from them there: those pages
// and no others, never what was sent. They lie in one cache that is called after its reader.

const { assets, version } = {{ told|safe }};
const FILES = `road-files:${version}`;
const PAGES = "road:";
const LIMIT = 4_000; // ms that the network has where a page is kept
const FRESH = 300_000; // ms within which the other pages are not fetched once more
const GONE = [401, 403, 404, 410];
const ROOM = /^\/visits\/[0-9a-f-]{36}\//;
const ROAD = { redirect: "manual", cache: "no-store", headers: { "X-Road": "keep" } };

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(assets)));
});
addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("road-files:") && name !== FILES;
  event.waitUntil(clients.claim().then(() => forget(isOld)));
});
addEventListener("message", (event) => {
  const answered = keep(event.data).catch(() => null);
  event.waitUntil(answered.then((state) => event.ports[0]?.postMessage(state)));
});
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (assets.includes(url.pathname)) event.respondWith(fileOf(request, url));
  else if (request.mode === "navigate" && ROOM.test(url.pathname)) event.respondWith(pageOf(event, url));
});

const forget = async (isOne) => Promise.all((await caches.keys()).filter(isOne).map((name) => caches.delete(name)));
const forgetPages = (but) => forget((name) => name.startsWith(PAGES) && name !== but);
const isElsewhere = (answer) => answer.type === "opaqueredirect"; // to the sign-in page: nothing here leads on
const stateOf = async (cache, room) => (await cache.match(`${room}road/`))?.json();

// --- keeping

// Gives what is kept now: {reader, language, whole, pages, kept}; nothing where nothing is kept.
async function keep({ room, page, language }) {
  const answer = await fetch(`${room}road/`, ROAD);
  if (isElsewhere(answer)) return forgetPages().then(() => null);
  if (!answer.ok) return GONE.includes(answer.status) ? drop(room) : null;
  const told = await answer.json();
  await forgetPages(PAGES + told.reader);
  if (!told.pages.length) return drop(room);
  const cache = await caches.open(PAGES + told.reader), before = await stateOf(cache, room);
  const isFresh = before?.language === language && Date.now() - before.whole < FRESH;
  const there = await pathsIn(cache, room);
  for (const one of there) if (!told.pages.includes(one) && one !== `${room}road/`) await cache.delete(one);
  const wanted = told.pages.filter((one) => !isFresh || one === page || told.often.includes(one) || !there.includes(one));
  if (!(await fetchAll(cache, wanted, told.reader))) return forgetPages().then(() => null);
  const kept = (await pathsIn(cache, room)).filter((one) => told.pages.includes(one));
  const state = { ...told, language, whole: isFresh ? before.whole : Date.now(), kept: kept.length };
  await cache.put(`${room}road/`, new Response(JSON.stringify(state)));
  return state;
}

const pathsIn = async (cache, room) =>
  (await cache.keys()).map((one) => new URL(one.url)).filter((url) => url.pathname.startsWith(room)).map((url) => url.pathname + url.search);

async function drop(room) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const cache = await caches.open(name);
    for (const one of await pathsIn(cache, room)) await cache.delete(one);
  }
  return null;
}

// Three at a time; false where the reader is not signed in any more, or is another one.
async function fetchAll(cache, wanted, reader) {
  const rest = [...wanted];
  let isTheirs = true;
  const one = async () => {
    while (rest.length && isTheirs) isTheirs = (await fetchOne(cache, rest.shift(), reader)) && isTheirs;
  };
  await Promise.all([one(), one(), one()]);
  return isTheirs;
}

async function fetchOne(cache, path, reader) {
  const answer = await fetch(path, ROAD).catch(() => null);
  if (!answer) return true;
  if (isElsewhere(answer)) return false;
  if (GONE.includes(answer.status)) await cache.delete(path);
  if (!answer.ok) return true;
  const text = await answer.text(), headers = new Headers(answer.headers);
  if (!text.includes(`data-reader="${reader}"`)) return false;
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  headers.set("X-Kept", String(Date.now()));
  await cache.put(path, new Response(text, { headers }));
  return true;
}

// --- answering

const fileOf = (request, url) =>
  fetch(request).catch(async () => (await caches.match(url.pathname, { cacheName: FILES })) ?? Response.error());

async function pageOf(event, url) {
  const kept = await keptFor(url), asked = fetch(event.request);
  if (!kept) return asked;
  event.waitUntil(asked.then((answer) => heed(answer, kept)).catch(() => null));
  const late = new Promise((done) => kept.page && setTimeout(done, LIMIT));
  const answer = await Promise.race([asked, late]).catch(() => null);
  if (answer && (answer.status < 500 || !kept.page)) return answer;
  return shown(kept.page ?? (await kept.cache.match(`${kept.room}road/missing/`)));
}

// The cache, and the page if it is in it; nothing where nothing of the visit is kept, or too long.
async function keptFor(url) {
  const name = (await caches.keys()).find((one) => one.startsWith(PAGES)), [room] = ROOM.exec(url.pathname);
  if (!name) return null;
  const cache = await caches.open(name), state = await stateOf(cache, room);
  if (!state) return null;
  if (state.until * 1000 < Date.now()) return forgetPages().then(() => null);
  const isLoose = state.loose.includes(url.pathname); // the same page whatever stands behind "?"
  const path = isLoose ? url.pathname : url.pathname + url.search;
  return { cache, room, path, page: state.pages.includes(path) ? await cache.match(path) : undefined };
}

async function heed(answer, { cache, path, page }) {
  if (page && isElsewhere(answer)) await forgetPages();
  if (page && GONE.includes(answer.status)) await cache.delete(path);
}

async function shown(page) {
  if (!page) return Response.error();
  const text = await page.text();
  return new Response(text.replace("<body ", `<body data-kept="${page.headers.get("X-Kept")}" `), { headers: page.headers });
}
