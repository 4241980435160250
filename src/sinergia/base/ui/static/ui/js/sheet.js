// The score sheet: buttons that write into the field of a score, keys from criterion to criterion.

const form = document.querySelector("form[data-sheet]");
const scores = () => [...form.querySelectorAll("input[data-score]")];
const plain = (text) => text.trim().replace(",", ".");

const mark = (input) => {
  for (const button of input.closest("[data-field]").querySelectorAll("[data-scale] button"))
    button.setAttribute("aria-pressed", String(input.value.trim() !== "" && Number(plain(input.value)) === Number(button.value)));
};

for (const scale of form.querySelectorAll("[data-scale]")) {
  const input = scale.closest("[data-field]").querySelector("input");
  scale.hidden = false;
  scale.addEventListener("click", ({ target }) => {
    if (!target.matches("button")) return;
    input.value = target.textContent.trim();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
form.addEventListener("input", ({ target }) => target.matches("[data-score]") && mark(target));

form.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key) || event.target.matches("select")) return;
  event.preventDefault();
  const all = scores(), here = event.target.closest(".criterion");
  const at = all.findIndex((one) => here?.contains(one));
  const next = all[event.key === "ArrowDown" ? at + 1 : Math.max(at - 1, 0)] ?? all.at(-1);
  next.focus();
  next.select();
  next.closest(".criterion").scrollIntoView({ block: "nearest" });
});

// The rating is counted by the server: its answer to a save says what the sheet comes to.
form.addEventListener("draft:saved", ({ detail }) => {
  form.querySelector("[data-rating]").textContent = detail.rating;
  form.querySelector("[data-given]").textContent = detail.given;
});

scores().forEach(mark);
