// A tap that finds no connection is kept, shown and sent again: its nonce lets the server do it once.
// Kept is where it goes, its nonce and numbers, with whose it is: no names, no codes, no money.
const bar = document.getElementById("unsent");
const FIRST_MS = 2000, LONGEST_MS = 60_000, GIVE_UP_MS = 15_000, FORGET_MS = 1000, MOST_FAULTS = 5;
const PLAIN = /^(?:\d{1,14}|[a-z_]{1,16})$/; // a number, or a word of ours
const GATEWAY = new Set([502, 503, 504]);
let since, coming, wait = FIRST_MS, isLocked = false;

function taps(mode, ask) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("lintas-tablet", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("taps", { keyPath: "nonce" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const deal = opening.result.transaction("taps", mode);
      const asked = ask(deal.objectStore("taps"));
      const close = () => opening.result.close();
      deal.oncomplete = () => done(asked.result, close());
      deal.onabort = () => failed(deal.error, close());
    };
  });
}

const put = (tap) => taps("readwrite", (kept) => kept.put(tap));
const drop = (nonce) => taps("readwrite", (kept) => kept.delete(nonce));
const forget = () => taps("readwrite", (kept) => kept.clear());
const all = async () => (await taps("readonly", (kept) => kept.getAll())).sort((a, b) => a.at - b.at);
const isWaiting = (tap) => tap.why === undefined;

const pageOf = (tap) => tap.path.replace(/[^/]+\/$/, "");
const tell = (what, is = true) => { bar.querySelector(`[data-told=${what}]`).hidden = !is; };

function lost(is) {
  if (is) since ??= new Date();
  else since = undefined;
  const clock = { hour: "2-digit", minute: "2-digit", hour12: false };
  bar.querySelector("[data-since]").textContent = since?.toLocaleTimeString(document.documentElement.lang, clock) ?? "";
  tell("offline", is);
  if (!is) for (const what of ["stays", "again"]) tell(what, false);
}

// An answer that was under way when the connection went says nothing of now.
const heard = () => lost(!navigator.onLine);

function mark(tap) {
  const rows = [...document.querySelectorAll(".bag-row")].filter((row) => row.getAttribute("href") === pageOf(tap));
  const places = rows.map((row) => row.querySelector(".bag-what"));
  for (const form of document.forms) {
    const line = form.elements.line?.value;
    if (form.getAttribute("action") !== tap.path || line !== tap.fields.line) continue;
    for (const part of form.elements) part.disabled ||= part.type !== "hidden"; // until the page is read again
    places.push(form.closest(".item")?.querySelector(".item-state") ?? form);
  }
  for (const place of new Set(places)) place.append(document.getElementById("unsent-mark").content.cloneNode(true));
}

function refusal(tap) {
  const row = document.getElementById("unsent-refusal").content.cloneNode(true);
  row.querySelector("[data-order]").textContent = decodeURIComponent(pageOf(tap).split("/").at(-2));
  if (tap.why) row.querySelector("[data-why]").textContent = tap.why;
  row.querySelector("[data-page]").href = pageOf(tap);
  row.querySelector("[data-dismiss]").onclick = () => drop(tap.nonce).then(show);
  return row;
}

// Said once: what is put there again is read aloud again.
function tellRefused(refused) {
  const list = document.getElementById("unsent-refused");
  const said = refused.map(({ nonce }) => nonce).join(" ");
  if ((list.dataset.said ?? "") === said) return;
  list.dataset.said = said;
  list.replaceChildren(...refused.map(refusal));
}

async function show() {
  const kept = await all(), waiting = kept.filter(isWaiting);
  bar.querySelector("[data-number]").textContent = waiting.length;
  tell("waiting", waiting.length > 0);
  tell("locked", isLocked && waiting.length > 0);
  tellRefused(kept.filter((tap) => !isWaiting(tap)));
  for (const old of document.querySelectorAll(".unsent-mark")) old.remove();
  waiting.forEach(mark);
}

async function keep(form, said, path) {
  const { nonce, csrfmiddlewaretoken: _, ...fields } = Object.fromEntries(said);
  try {
    if (!form.hasAttribute("data-keep") || !Object.values(fields).every((value) => PLAIN.test(value))) throw form;
    await put({ nonce, path, fields, sender: bar.dataset.sender, at: Date.now(), faults: 0 });
  } catch {
    return tell("again"); // it may not be kept, or this browser keeps nothing
  }
  await show();
  later();
}

async function wordsOf(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const words = page.querySelector("main [role=alert]") ?? page.querySelector("main h1");
  return words?.textContent.trim().replace(/\s+/g, " ") ?? "";
}

// True once the server has said what came of it. Nobody taps here: it does not keep the tablet unlocked.
async function send({ path, nonce, fields, ...tap }) {
  const headers = {
    "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
    "HX-Request": "true",
    "Lintas-Sender": tap.sender,
    "Lintas-Untapped": "1",
  };
  const body = new URLSearchParams({ ...fields, nonce });
  const answer = await fetch(path, { method: "POST", body, headers, signal: AbortSignal.timeout(GIVE_UP_MS) });
  if (GATEWAY.has(answer.status) || answer.status === 429) return false;
  heard();
  isLocked = answer.status === 401 || answer.status === 403;
  if (isLocked) return false;
  const faults = tap.faults + (answer.status >= 500);
  if (answer.ok) await drop(nonce);
  else if (answer.status >= 500 && faults < MOST_FAULTS) return put({ path, nonce, fields, ...tap, faults }), false;
  else await put({ path, nonce, fields, ...tap, why: answer.status >= 500 ? "" : await wordsOf(answer) });
  return true;
}

async function sendAll(mine) {
  if (!mine) return later(); // another page of this tablet is at it
  let sent = 0;
  try {
    for (const tap of (await all()).filter(isWaiting)) {
      if (!(await send(tap))) break;
      sent++;
    }
  } catch {
    lost(true);
  }
  if (sent) {
    wait = FIRST_MS;
    readAgain();
  }
  await show();
  if ((await all()).some(isWaiting)) later();
}

function readAgain() {
  const here = { target: "#pickup", select: "#pickup", swap: "outerHTML", headers: { "Lintas-Untapped": "1" } };
  if (document.getElementById("pickup")) htmx.ajax("GET", location.pathname, here);
  document.getElementById("today")?.dispatchEvent(new Event("live"));
}

function now() {
  clearTimeout(coming);
  navigator.locks.request("lintas-unsent", { ifAvailable: true }, sendAll);
}

function later() {
  clearTimeout(coming);
  coming = setTimeout(now, wait / 2 + (Math.random() * wait) / 2);
  wait = Math.min(wait * 2, LONGEST_MS);
}

async function begin() {
  const strangers = (await all()).filter((tap) => tap.sender !== bar.dataset.sender);
  await Promise.all(strangers.map((tap) => drop(tap.nonce)));
  tell("lost", strangers.some(isWaiting));
  if (!navigator.onLine) lost(true); // it went before anybody listened
  await show();
  now();
}

// Whoever locks leaves nothing behind: the page goes once it is forgotten, or this browser can't.
function lock(event) {
  const form = event.target;
  event.preventDefault();
  const patience = new Promise((done) => { setTimeout(done, FORGET_MS); });
  Promise.race([forget(), patience]).catch(() => {}).then(() => form.submit());
}

function failed({ detail }) {
  const { verb, path, formData } = detail.requestConfig;
  lost(true);
  if (verb === "post") keep(detail.elt, formData, path);
}

if (bar && "indexedDB" in window && "locks" in navigator) {
  for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);
  document.addEventListener("htmx:responseError", (event) => GATEWAY.has(event.detail.xhr.status) && failed(event));
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const { status } = detail.xhr;
    if (!status || GATEWAY.has(status)) return;
    if (since) now();
    heard();
  });
  document.addEventListener("htmx:afterSettle", show);
  addEventListener("online", () => {
    lost(false);
    wait = FIRST_MS;
    now();
  });
  addEventListener("offline", () => lost(true));
  addEventListener("pageshow", (event) => event.persisted && begin());
  // A page that is left without a connection does not come back.
  const stay = (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    tell("stays");
  };
  document.addEventListener("click", (event) => event.target.closest("a[href]:not([href^='#'])") && stay(event));
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".staff-foot form")) lock(event);
    else if (!event.target.hasAttribute("hx-post")) stay(event);
  });
  begin();
}
