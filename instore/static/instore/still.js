// What lies open of a shopper goes after ninety seconds without a tap: asked for a while before, and gone without an answer.
const FORGETS = 90_000, ASKS = 75_000, PING = 5_000;
const dialog = document.getElementById("still");
const form = dialog.querySelector("form");
let told = Date.now(), waiting;

// The server counts from the last word it had of us, and so do we.
async function ping() {
  waiting = undefined;
  const at = Date.now();
  const body = new FormData(form);
  try {
    const answer = await fetch(dialog.dataset.ping, { method: "POST", body });
    if (answer.status === 204) told = at;
    else forget();
  } catch {
    // no connection: the time goes on
  }
}

function here() {
  if (dialog.open) return;
  waiting ??= setTimeout(ping, Math.max(0, told + PING - Date.now()));
}

function forget() {
  clearInterval(clock);
  document.querySelector("main").replaceChildren();
  const gone = new FormData(form);
  gone.append("forget", "1");
  fetch(dialog.dataset.ping, { method: "POST", body: gone, redirect: "manual" })
    .catch(() => {}) // the server forgets by itself
    .finally(() => location.replace(dialog.dataset.after));
}

function look() {
  const left = told + FORGETS - Date.now();
  if (left <= 0) forget();
  else if (left <= FORGETS - ASKS) {
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-left]").textContent = Math.ceil(left / 1000);
  }
}

for (const kind of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(kind, here, { passive: true, capture: true });
dialog.querySelector("[data-here]").addEventListener("click", () => {
  dialog.close();
  ping();
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.requestConfig.headers["Lintas-Untapped"]) told = Date.now();
});
const clock = setInterval(look, 1000);
