// A code through the camera: read by the browser where it can, else by the server, a frame at a time.
const sheet = document.getElementById("scan");
const LOOK_MS = 200, SEND_MS = 600, SAY_AFTER_MS = 8000, CLOSE_AFTER_MS = 60_000;
const WIDEST = 1280, HEAVIEST = 190_000, QUALITIES = [0.7, 0.5, 0.3];
const video = sheet?.querySelector("video");
let field, stream, visit = 0, hurry;

const pause = (ms) => new Promise((done) => { hurry = setTimeout(done, ms); });
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

function say(what) {
  for (const said of sheet.querySelectorAll("[data-said]")) said.hidden = said.dataset.said !== what;
}

async function ownReader() {
  const symbols = sheet.dataset.symbols.split(" ");
  try {
    const known = await BarcodeDetector.getSupportedFormats();
    if (!symbols.every((symbol) => known.includes(symbol))) return null;
    const detector = new BarcodeDetector({ formats: symbols });
    return async () => (await detector.detect(video))[0]?.rawValue;
  } catch {
    return null; // there is none
  }
}

async function frame() {
  const scale = Math.min(1, WIDEST / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth * scale, video.videoHeight * scale].map(Math.round);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (picture && picture.size <= HEAVIEST) return picture;
  }
  return null;
}

// A camera that is left open is nobody's tap: it does not keep the tablet unlocked.
async function askServer() {
  const picture = await frame();
  if (!picture) return "";
  const headers = { "Content-Type": "image/jpeg", "X-CSRFToken": token(), "Lintas-Untapped": "1" };
  const answer = await fetch(sheet.dataset.to, { method: "POST", body: picture, headers });
  if (answer.status === 401 || answer.status === 403) location.reload();
  if (answer.status === 429) {
    say("often");
    await pause(1000 * Number(answer.headers.get("Retry-After") || 10));
  }
  return answer.status === 200 ? answer.text() : "";
}

function found(text) {
  const { wanted } = sheet.dataset;
  if (wanted && !new RegExp(wanted).test(text.trim())) return say("other");
  navigator.vibrate?.(60);
  const target = document.getElementById(field);
  target.value = text;
  sheet.close();
  target.form.requestSubmit();
}

async function look(mine) {
  let own = await ownReader();
  const began = Date.now();
  let saidNothing = false;
  say("looking");
  while (mine === visit && sheet.open) {
    let text = "";
    try {
      if (video.videoWidth) text = own ? await own() : await askServer();
    } catch {
      if (!own) say("offline");
      own = null; // what the browser promised to read it can't: the server does
    }
    if (mine !== visit) return;
    if (text) found(text);
    else if (Date.now() - began > CLOSE_AFTER_MS) sheet.close();
    else if (!saidNothing && Date.now() - began > SAY_AFTER_MS) {
      saidNothing = true;
      say("nothing");
    }
    await pause(own ? LOOK_MS : SEND_MS);
  }
}

async function open() {
  const mine = ++visit;
  say("opening");
  sheet.showModal();
  try {
    const wide = { facingMode: { ideal: "environment" }, width: { ideal: WIDEST } };
    const opened = await navigator.mediaDevices.getUserMedia({ video: wide, audio: false });
    if (mine !== visit) return opened.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = opened;
    await video.play();
  } catch (refusal) {
    if (mine === visit) say(refusal.name === "NotAllowedError" ? "denied" : "none");
    return;
  }
  await look(mine);
}

function stop() {
  visit++;
  clearTimeout(hurry);
  stream?.getTracks().forEach((track) => track.stop());
  stream = video.srcObject = null;
}

if (sheet) {
  document.documentElement.classList.add("can-scan");
  sheet.addEventListener("close", () => {
    stop();
    document.getElementById(field)?.focus();
  });
  document.addEventListener("click", ({ target }) => {
    const opener = target.closest("[data-scan]");
    if (opener) {
      field = opener.dataset.scan;
      open();
    } else if (target.closest("[data-scan-close]")) sheet.close();
  });
  document.addEventListener("visibilitychange", () => document.hidden && sheet.close());
}
