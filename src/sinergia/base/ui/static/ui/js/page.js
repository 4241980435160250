// What every page does of its own accord; without it nothing is lost.

const opened = new Set();

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
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
