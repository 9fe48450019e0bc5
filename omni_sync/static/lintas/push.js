// Notifications on this device. The browser asks its owner only after a tap; the server says how it stands.
const part = document.querySelector("[data-push]");
const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const form = part?.querySelector("form[data-start]");

function say(word) {
  part.querySelectorAll("[data-said]").forEach((line) => { line.hidden = line.dataset.said !== word; });
}

const worker = () => navigator.serviceWorker.register(part.dataset.worker, { scope: "/" }).then(() => navigator.serviceWorker.ready);

async function mark(endpoint) {
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function deviceWords() {
  const told = navigator.userAgent, first = (names) => names.find(([, sign]) => told.includes(sign))?.[0];
  const browser = first([["Edge", "Edg/"], ["Samsung Internet", "SamsungBrowser"], ["Opera", "OPR/"], ["Firefox", "Firefox/"], ["Chrome", "Chrome/"], ["Safari", "Safari/"]]);
  const system = first([["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac", "Mac OS"], ["ChromeOS", "CrOS"], ["Linux", "Linux"]]);
  return [browser, system].filter(Boolean).join(", ");
}

// What is on this device already: nothing is asked, nothing is registered.
async function look() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const mine = await registration?.pushManager.getSubscription();
  const row = mine && part.querySelector(`[data-mark="${await mark(mine.endpoint)}"]`);
  if (!row) return true;
  row.querySelector("[data-here]").hidden = false;
  row.querySelector("form").addEventListener("submit", () => mine.unsubscribe());
  return false;
}

async function start(event) {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    if (await Notification.requestPermission() !== "granted") return say("denied");
    const registration = await worker();
    await (await registration.pushManager.getSubscription())?.unsubscribe(); // of another account, or another key
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: part.dataset.push });
    const told = made.toJSON();
    const said = { endpoint: told.endpoint, ...told.keys, device: deviceWords() };
    for (const name of ["endpoint", "p256dh", "auth", "device"]) form.elements[name].value = said[name];
    form.submit();
  } catch {
    say("failed");
  } finally {
    button.disabled = false;
  }
}

if (part && can) {
  say(Notification.permission === "denied" ? "denied" : "");
  form.hidden = Notification.permission === "denied" || !(await look().catch(() => true));
  form.addEventListener("submit", start);
}
