// The network is looked for until it is back; then the kiosk begins anew.
const EVERY_MS = 3000;

async function look() {
  try {
    const answer = await fetch("/kiosk/manifest.webmanifest", { cache: "no-store" });
    if (answer.ok) return location.replace("/kiosk/");
  } catch {
    // not yet
  }
  setTimeout(look, EVERY_MS);
}

addEventListener("online", look);
setTimeout(look, EVERY_MS);
