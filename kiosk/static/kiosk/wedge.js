// A hand scanner types faster than anybody, and ends with Enter or Tab.
const FASTEST_MS = 60, SHORTEST = 6, GS = "\u001d";
let read = "", last = 0, field = null, before = "";

function forget() {
  read = "";
  field = null;
}

// What can't be typed is sent in its stead by scanners: Ctrl+] and F8 are a group separator.
function sign({ key, ctrlKey }) {
  if (key === "F8" || (ctrlKey && (key === "]" || key === "5"))) return GS;
  return key.length === 1 && !ctrlKey ? key : "";
}

document.addEventListener("keydown", (event) => {
  if (["Shift", "Control", "Alt", "AltGraph", "CapsLock"].includes(event.key)) return;
  const now = performance.now(), at = event.target.closest?.("input, textarea");
  if (now - last > FASTEST_MS) forget();
  last = now;
  if (event.key === "Enter" || event.key === "Tab") return ends(event, at);
  const one = sign(event);
  if (!one) return forget();
  if (!read) [field, before] = [at, at?.value ?? ""];
  read += one;
  if (one === GS) event.preventDefault();
}, true);

// In a field of the page only what says by its prefix that it was scanned is taken out of it again.
function ends(event, at) {
  const said = read, from = field, was = before;
  forget();
  if (said.length < SHORTEST || ((at || from) && !said.startsWith("]"))) return;
  event.preventDefault();
  event.stopPropagation();
  if (from) from.value = was;
  const target = document.getElementById("scanned");
  if (!target) return;
  document.getElementById("still")?.close(); // whoever scans is still there
  target.value = said;
  target.form.requestSubmit();
}
