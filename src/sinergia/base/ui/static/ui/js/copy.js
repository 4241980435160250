// Copies a text that stands in a field; where the browser forbids it, selects it for the hand.

const isGrowing = CSS.supports("field-sizing", "content"); // then the style sheet does it

const show = (root) => {
  const fields = isGrowing ? [] : root.querySelectorAll(".copy-text");
  for (const field of fields) field.style.height = `${field.scrollHeight + 2}px`;
  for (const button of root.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
};

const copy = async (field) => {
  field.select();
  if (!navigator.clipboard) return document.execCommand("copy");
  await navigator.clipboard.writeText(field.value);
  return true;
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const told = document.querySelector(`[data-copy-told="${button.dataset.copy}"]`);
  const done = await copy(document.getElementById(button.dataset.copy)).catch(() => false);
  told.textContent = done ? button.dataset.copied : "";
});

document.addEventListener("htmx:afterSettle", (event) => show(event.target));
show(document);
