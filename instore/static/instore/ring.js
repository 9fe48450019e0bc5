// Two tones and a shake when one more shopper waits for somebody; each rings once on a tablet, whatever page is open.
const RUNG = "lintas-rung";
const TONES = [[880, 0], [1175, 0.18]]; // hertz, seconds from now
let speaker;

function ring() {
  navigator.vibrate?.([200, 100, 200]);
  try {
    speaker ??= new AudioContext();
    for (const [hertz, from] of TONES) tone(hertz, speaker.currentTime + from);
  } catch {
    // no sound here: the strip is there to be seen
  }
}

function tone(hertz, from) {
  const [voice, loudness] = [speaker.createOscillator(), speaker.createGain()];
  voice.frequency.value = hertz;
  loudness.gain.setValueAtTime(0.3, from);
  loudness.gain.exponentialRampToValueAtTime(0.001, from + 0.4);
  voice.connect(loudness).connect(speaker.destination);
  voice.start(from);
  voice.stop(from + 0.4);
}

document.addEventListener("htmx:afterSettle", () => {
  const waiting = (document.getElementById("rings")?.dataset.waiting ?? "").split(" ").filter(Boolean).map(Number);
  const rung = Number(sessionStorage.getItem(RUNG) ?? 0);
  const last = Math.max(0, ...waiting);
  if (last <= rung) return;
  sessionStorage.setItem(RUNG, last);
  ring();
});
