// Remarks beside a project: each thread under its field, and a way to say something of chosen words.

const fieldOf = (path) =>
  document.querySelector(`[data-field="${CSS.escape(path)}"]`) ?? document.getElementById(`b-${path.replaceAll("/", "-")}`);

const place = (root) => {
  for (const thread of root.querySelectorAll("[data-path]")) {
    const field = fieldOf(thread.dataset.path) ?? fieldOf(thread.dataset.path.split("/")[0]);
    field?.append(thread);
  }
};

document.addEventListener("htmx:afterSettle", () => {
  const beside = document.querySelector("aside[data-remarks]");
  if (beside) place(beside);
  offer();
});

// --- words that are selected: in a field of the form, or in a text that is read

const link = Object.assign(document.createElement("a"), { className: "button button-secondary remark-words", hidden: true });

const chosen = () => {
  const input = document.activeElement;
  const field = input?.closest?.("[data-field]");
  if (field && typeof input.selectionStart === "number")
    return [field, input.value.slice(input.selectionStart, input.selectionEnd)];
  const words = getSelection();
  const at = words.anchorNode?.parentElement?.closest("[data-field]");
  return [at, words.isCollapsed ? "" : words.toString()];
};

const offer = () => {
  const root = document.querySelector("[data-remarks]");
  const [field, words] = chosen();
  const quote = words.trim().slice(0, 2000);
  link.hidden = !root || !field || quote.length < 2;
  if (link.hidden) return;
  link.textContent = root.dataset.word;
  link.href = `${root.dataset.new}?${new URLSearchParams({ path: field.dataset.field, quote })}`;
  if (link.parentElement !== field) field.append(link);
};

document.addEventListener("selectionchange", offer);
offer(); // of words that were selected before this came
