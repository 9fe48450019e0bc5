// One stream for every [data-live] on the page: it says what changed, htmx reads that part again.
const FRESH_MS = 10_000, HIDDEN_MS = 30_000, LONGEST_MS = 120_000, CLICK_MS = 100, PRESS_MS = 2000;
const parts = () => [...document.querySelectorAll("[data-live]")].filter((part) => part.dataset.live);
const spread = (most) => Math.random() * most;
let source, follows = new Set(), due = new Set(), reading, coming, staleness, leaving, paused, pressed, release, wait = 2000;

// The token's first part is base64 of {"t": topics}: see omni_sync/live/token.py.
function topics(part) {
  try {
    return JSON.parse(atob(part.dataset.live.split(":")[0].replace(/-/g, "+").replace(/_/g, "/"))).t;
  } catch {
    return [];
  }
}

// htmx forgets what is asked of a part while it is read or settles: its next self is asked when it is there.
// What somebody types or touches is not taken from under their fingers, nor what they sent before it is answered.
const busy = (part) => part.matches(".htmx-request, .htmx-added, :has(.htmx-request)") || inHand(area(part));

// What goes when a part is read: itself, or what it reads for.
const area = (part) => document.getElementById(part.dataset.reads) ?? part;

function inHand(area) {
  const at = document.activeElement;
  return area.contains(pressed) || (area.contains(at) && at.matches("input, textarea") && at.value !== at.defaultValue);
}

// A click comes after the finger has gone; a finger whose end nobody heard of is gone after a while.
function press(target, ms) {
  clearTimeout(release);
  pressed = target ?? pressed;
  release = setTimeout(() => {
    pressed = undefined;
    read([]);
  }, ms);
}

function read(some, most = 0) {
  some.forEach((part) => due.add(part.id));
  if (due.size) reading ||= setTimeout(ask, spread(most));
}

function ask() {
  reading = 0;
  for (const id of due) {
    const part = document.getElementById(id);
    if (part && busy(part)) continue;
    due.delete(id);
    part?.dispatchEvent(new Event("live"));
  }
}

function stale(is) {
  staleness = clearTimeout(staleness);
  paused = is;
  parts().forEach((part) => part.toggleAttribute("data-stale", is));
  const note = document.getElementById("live-paused");
  if (note) note.hidden = !is;
}

function close() {
  clearTimeout(coming);
  source = source?.close();
}

function later(ms) {
  clearTimeout(coming);
  coming = setTimeout(open, ms / 2 + spread(ms / 2));
}

function open() {
  close();
  const all = parts();
  if (!all.length || document.hidden) return;
  follows = new Set(all.flatMap(topics));
  const tokens = [...new Set(all.map((part) => part.dataset.live))];
  source = new EventSource("/live/?" + tokens.map((token) => "t=" + encodeURIComponent(token)).join("&"));
  source.onopen = () => {
    wait = 2000;
    stale(false);
  };
  source.onerror = () => {
    staleness ??= setTimeout(stale, FRESH_MS, true);
    if (source?.readyState !== EventSource.CLOSED) return; // it comes back by itself
    read(parts(), 1000); // refused: fresh tokens, and what there is to see
    later(wait = Math.min(wait * 2, LONGEST_MS));
  };
  source.addEventListener("changed", (event) => {
    const changed = new Set(JSON.parse(event.data));
    const told = parts().filter((part) => topics(part).some((topic) => changed.has(topic)));
    read(told, told.some((part) => "crowd" in part.dataset) ? 100 : 0); // what many follow they don't all ask for at once
  });
  source.addEventListener("refresh", () => read(parts(), 500));
  source.addEventListener("expired", () => {
    close();
    read(parts(), 1000);
    later(4000);
  });
}

function back() {
  clearTimeout(leaving);
  if (source) return;
  read(parts());
  later(1000);
}

if ("EventSource" in window) {
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(close, HIDDEN_MS);
    else back();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && back());
  for (const end of ["htmx:afterRequest", "htmx:afterSettle", "focusout"]) document.addEventListener(end, () => read([]));
  addEventListener("pointerdown", ({ target }) => press(target, PRESS_MS), { capture: true, passive: true });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => press(undefined, CLICK_MS), { capture: true, passive: true });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { elt, triggeringEvent } = detail.requestConfig;
    const part = triggeringEvent?.type === "live" ? triggeringEvent.target : elt;
    if (!part.dataset.live || detail.target !== area(part) || !inHand(detail.target)) return; // theirs is the answer
    detail.shouldSwap = false; // they began to type or to touch while it was read
    due.add(part.id);
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (paused) stale(true);
    if (parts().flatMap(topics).some((topic) => !follows.has(topic))) later(200);
  });
  open();
}
