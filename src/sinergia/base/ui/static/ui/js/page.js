// What every page does of its own accord; without it nothing is lost.

const opened = new Set();

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open], [data-menu])")) {
    details.open = true;
    opened.add(details);
  }
});

addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
  opened.clear();
});

// A choice of several has no field of its own to jump to: take its first.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-summary] a[href^='#']");
  if (!link) return;
  const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const field = place?.matches("input, select, textarea") ? place : place?.querySelector("input");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.closest(".field")?.scrollIntoView({ block: "nearest" });
});

const toSummary = () => document.querySelector("[data-summary]")?.focus();
document.addEventListener("htmx:afterSettle", toSummary);
toSummary();

// The key / goes to the search box, or to the page of search where the box is not seen.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const boxes = [...document.querySelectorAll("[data-search]")];
  const seen = boxes.find((box) => box.offsetParent !== null);
  const link = document.querySelector("a[data-search-page]");
  if (!seen && !link) return;
  event.preventDefault();
  if (seen) seen.select();
  else link.click();
});

// A menu closes when one goes on elsewhere, or by Escape, which gives the focus back.
const closeMenus = (but) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (menu !== but) menu.open = false;
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("[data-menu]")));
document.addEventListener("focusin", (event) => closeMenus(event.target.closest("[data-menu]")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Where a menu is wider than the phone, its current entry is brought into sight.
for (const current of document.querySelectorAll(":is(.top-menu, .local-nav) a[aria-current]")) {
  const row = current.closest("ul");
  if (row.scrollWidth > row.clientWidth) {
    row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }
}

// What the pages of a visit have kept for the road (exchange/road/worker.js) is for its reader alone.
const { reader, author } = document.body.dataset; // "": a visitor; none: it is not known whose page it is
const forgetRoad = async (but) => {
  for (const name of await caches.keys()) if (name.startsWith("road:") && name !== but) await caches.delete(name);
};
if (window.caches && reader !== undefined) forgetRoad(`road:${reader}`);

// Whoever signs out leaves nothing of a draft on this device; what was not saved is asked about.
// What somebody else left here waits for them: then the site is not to have all of it wiped.
const isMine = (key) => key.startsWith(`draft:${author}:`) || /^draft:road(-typing)?:(.*)$/.exec(key)?.[2] === reader;
document.addEventListener("submit", (event) => {
  const form = event.target, question = form.dataset.unsaved;
  if (!question) return;
  const drafts = Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
  const mine = drafts.filter(isMine);
  if (mine.length && !confirm(question)) return event.preventDefault();
  if (window.caches) forgetRoad();
  document.dispatchEvent(new Event("draft:drop"));
  mine.forEach((key) => localStorage.removeItem(key));
  if (drafts.length > mine.length) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "others", value: "stay" }));
});
