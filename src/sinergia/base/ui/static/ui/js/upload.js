// Sends files over a megabyte in pieces; without it the form carries them.

const PIECE = 1 << 20;
const pause = (ms) =>
  new Promise((go) => {
    setTimeout(go, ms);
    addEventListener("online", go, { once: true });
  });

function attach(box) {
  const find = (what) => box.querySelector(what);
  const input = find("[type=file]"), form = input.form, texts = box.dataset;
  const progress = find("[data-progress]"), place = find("[data-said]");
  let current, held, address, memory;
  texts.ready = "";

  const say = (text, isBad) => {
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("is-bad", !!isBad);
  };
  const ask = (url, options) => {
    // Not the form's: signing in again elsewhere changes it.
    const token = /\bcsrftoken=(\w+)/.exec(document.cookie)?.[1];
    return fetch(url, { headers: { "X-CSRFToken": token }, redirect: "manual", ...options });
  };

  // The network may be gone a while.
  async function insist(url, options) {
    for (let wait = 500; ; wait = Math.min(wait * 2, 15000)) {
      try {
        const answer = await ask(url, options);
        const told = await answer.json().catch(() => null);
        const { status, type } = answer;
        if (told || (status >= 400 && status < 500)) return { ...told, status };
        say(type === "opaqueredirect" ? texts.signedOut : texts.waiting, true);
      } catch (fault) {
        if (options.signal.aborted) throw fault;
        say(texts.waiting, true);
      }
      await pause(wait);
    }
  }

  async function transfer(file, signal) {
    memory = [texts.purpose, file.name, file.size, file.lastModified].join();
    address = sessionStorage[memory];
    let told = address ? await insist(address, { signal }) : {};
    if (!told.key) {
      const body = new URLSearchParams({ purpose: texts.purpose, name: file.name, size: file.size });
      told = await insist(texts.upload, { signal, method: "POST", body });
    }
    for (let at; told.key && !told.is_accepted && !told.error; ) {
      sessionStorage[memory] = address = told.url;
      if (at === told.offset) await pause(1000);
      at = told.offset;
      const share = (find("progress").value = Math.floor((100 * at) / file.size));
      say(at + PIECE < file.size ? texts.sending.replace("{percent}", share) : texts.checking);
      const body = new Blob([file.slice(at, at + PIECE)]);
      const next = await insist(`${address}?offset=${at}`, { signal, method: "POST", body });
      told = next.status === 409 ? { ...told, offset: next.offset } : next;
    }
    delete sessionStorage[memory];
    return told;
  }

  async function send(file) {
    const turn = (current = new AbortController());
    progress.hidden = false;
    const told = await transfer(file, turn.signal).catch(() => ({ error: texts.stopped }));
    if (current !== turn) return;
    current = null;
    progress.hidden = true;
    input.value = "";
    say(told.error ?? (told.key ? texts.done : texts.failed), !told.is_accepted);
    if (told.key) {
      find("[type=hidden]").value = told.key;
      find("[data-name]").textContent = told.said;
      find("[data-kept]").hidden = false;
      if (held) form.requestSubmit(held.submitter);
    } else input.focus();
    held = null;
  }

  const stop = () => {
    if (!current) return;
    current.abort();
    delete sessionStorage[memory];
    if (address) ask(address, { method: "DELETE" });
  };
  find("button").addEventListener("click", stop);
  input.addEventListener("change", () => {
    const [file] = input.files;
    stop();
    current = null;
    progress.hidden = true;
    say("");
    if (file?.size > PIECE) send(file);
  });
  const hold = (e) => {
    if (!current) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    held = e;
    say(texts.held);
  };
  form.addEventListener("submit", hold, true);
  addEventListener("beforeunload", (e) => current && e.preventDefault());
}

const all = () => document.querySelectorAll("[data-upload]:not([data-ready])").forEach(attach);
addEventListener("htmx:afterSettle", all);
all();
