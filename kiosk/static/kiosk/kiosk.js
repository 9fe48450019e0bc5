// One visitor after the other: the pages of a visit leave no trace in the history, and stillness ends it.
const WARN_S = 15, TELL_MS = 10_000, ALIVE_MS = 60_000, LOOK_MS = 3000, HOME = "/kiosk/";
const still = document.getElementById("still"), gap = document.getElementById("gap");
const left = document.getElementById("still-left");
const limit = 1000 * Number(still?.dataset.for);
let touched = Date.now(), told = touched, over = false, telling, farewell;

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const waits = () => !!document.querySelector("[data-waiting]");
const version = () => document.querySelector("[name=kiosk-version]")?.content ?? "";

function post(address, { body = new URLSearchParams(), headers, signal } = {}) {
  return fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token(), ...headers }, signal });
}

// Every page of a visit takes the place of the one before: there is no way back to any of them.
const WAYS = {
  "hx-boost": "true", "hx-target": "#main", "hx-select": "#main", "hx-select-oob": "#kiosk-head",
  "hx-swap": "outerHTML show:window:top", "hx-replace-url": "true",
};
for (const [name, value] of Object.entries(WAYS)) document.body.setAttribute(name, value);
if (window.htmx) htmx.config.responseHandling = [{ code: "204", swap: false }, { code: "[45]..", swap: true, error: false }, { code: "...", swap: true }];

async function wipe() {
  if (over) return;
  over = true;
  telling?.abort(); // nobody touches what is over
  sessionStorage.setItem("over", "1"); // should the network be away, it is said first of all when it is back
  const done = document.querySelector(`form[action$="/done/"]`), secret = token();
  document.body.replaceChildren();
  try {
    const headers = { "X-CSRFToken": secret };
    await fetch(done?.action ?? `${HOME}done/`, { method: "POST", body: new URLSearchParams(), headers });
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    // the page for a gap comes now
  }
  location.replace(HOME);
}

function touch() {
  if (over || still?.open) return; // the dialog's own buttons answer: whatever lies under it is not touched
  touched = Date.now();
  if (!waits() && touched - told >= TELL_MS) tell();
}

function tell() {
  told = Date.now();
  telling = new AbortController();
  const answered = ({ status }) => status === 409 && location.replace(HOME);
  post(`${HOME}touched/`, { signal: telling.signal }).then(answered).catch(() => over || away());
}

function watch() {
  if (over || !still || waits()) return;
  const now = Date.now(), after = document.querySelector("[data-wipe-after]")?.dataset.wipeAfter;
  if (after) {
    farewell ??= now;
    return now - Math.max(farewell, touched) >= 1000 * Number(after) && wipe();
  }
  farewell = undefined;
  if (touched > told && now - told >= TELL_MS) tell(); // the last touch of several counts there as it does here
  const passed = now - touched;
  if (passed >= limit) return wipe();
  if (passed < limit - 1000 * WARN_S) return;
  left.textContent = Math.ceil((limit - passed) / 1000);
  if (still.open) return;
  document.querySelector("dialog[open]")?.close(); // a camera that is left open
  still.showModal();
}

function away() {
  if (!gap || !gap.hidden) return;
  gap.hidden = false;
  setTimeout(look, LOOK_MS);
}

async function look() {
  try {
    const answer = await fetch(`${HOME}manifest.webmanifest`, { cache: "no-store" });
    if (answer.ok) return (gap.hidden = true);
  } catch {
    // not yet
  }
  setTimeout(look, LOOK_MS);
}

async function alive() {
  if (over) return;
  try {
    const body = new URLSearchParams({ version: version() }), headers = { "Lintas-Untapped": "1" };
    const answer = await post(`${HOME}alive/`, { body, headers });
    if (answer.status === 401) return location.replace(HOME);
    const now = answer.headers.get("Lintas-Version");
    if (waits() && now && now !== version()) location.reload();
  } catch {
    away();
  }
}

if (sessionStorage.getItem("over")) wipe();
for (const kind of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(kind, touch, { capture: true, passive: true });
still?.addEventListener("click", ({ target }) => target === still && still.close()); // beside it
still?.addEventListener("close", touch);
document.getElementById("still-no")?.addEventListener("click", wipe);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("whole" in form.dataset)) return;
  event.preventDefault();
  event.stopPropagation();
  if (form.action.endsWith("/done/")) return wipe();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  fetch(form.action, { method: "POST", body }).then(({ url }) => location.replace(url)).catch(away);
}, true);
document.addEventListener("htmx:sendError", away);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  // What somebody touched while a part read itself again must not be taken away before it is answered.
  if (detail.target.id !== "main" && detail.target.querySelector("form.htmx-request, a.htmx-request")) detail.shouldSwap = false;
  if (detail.xhr.status < 500) return;
  detail.shouldSwap = false;
  away();
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id === "main" || detail.elt.id === "main") document.getElementById("main").focus({ preventScroll: true });
});
addEventListener("offline", away);
addEventListener("pageshow", (event) => event.persisted && location.replace(HOME));
setInterval(watch, 1000);
setInterval(alive, ALIVE_MS);
alive();
navigator.serviceWorker?.register(`${HOME}sw.js`, { scope: HOME }).catch(() => {});
