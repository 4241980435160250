// Figures on the page of a draft: how long a text is, what the budget comes to.

const form = document.querySelector("form[data-draft]");
const words = form.dataset;

// As the server counts: what nobody sees is no character, a letter of two signs is one (engine/text.py).
const UNSEEN = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const cleaned = (input) => {
  const text = input.value.replace(/\r\n|[\r\v\f\x85\u2028\u2029]/g, "\n").replace(UNSEEN, "").normalize("NFC");
  return input.matches("textarea") ? text : text.replace(/[\xad\u180e\u200b\u2060]/g, "").trim().replace(/\s+/g, " ");
};
const count = (input) => {
  const counter = input.closest("[data-field]")?.querySelector("[data-counter]");
  if (!counter) return;
  const { lines, longest } = input.dataset, text = cleaned(input), most = Number(lines || longest);
  const now = lines ? text.split("\n").filter((line) => line.trim()).length : [...text].length;
  counter.textContent = (lines ? words.countLines : words.count).replace("{length}", now.toLocaleString()).replace("{most}", most.toLocaleString());
  counter.classList.toggle("is-bad", now > most);
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

form.addEventListener("input", ({ target }) => count(target));
form.addEventListener("draft:put", ({ target }) => count(target));
form.addEventListener("draft:saved", ({ detail }) => showSums(detail.sums));
for (const input of form.querySelectorAll("[data-field] :is([data-longest], [data-lines])")) count(input);
