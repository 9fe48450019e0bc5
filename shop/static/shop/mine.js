// The nearest shop: asks for the position on a tap only, and sends no more of it than a kilometre tells.
// Without this module the button stays hidden, and a typed place does the same.

const GEOLOCATION_SAID = { 1: "denied", 2: "unavailable", 3: "late" };
const PATIENCE = { enableHighAccuracy: false, maximumAge: 600000, timeout: 10000 };

function say(form, word) {
  for (const line of form.querySelectorAll("[data-said]")) line.hidden = line.dataset.said !== word;
}

function ask(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  say(form, "asking");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.near.value = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(2)).join(",");
      button.disabled = false;
      say(form, "");
      form.submit();
    },
    (refusal) => {
      button.disabled = false;
      say(form, GEOLOCATION_SAID[refusal.code] ?? "unavailable");
      button.focus();
    },
    PATIENCE,
  );
}

if ("geolocation" in navigator) {
  for (const form of document.querySelectorAll("form[data-position]")) form.hidden = false;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-position]") || form.elements.near.value) return;
    event.preventDefault();
    ask(form);
  });
  // A page that comes back from the browser's memory asks again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-position]")) form.elements.near.value = "";
  });
}

// A sheet closes when somebody taps beside it, or presses Escape.
document.addEventListener("click", (event) => {
  for (const sheet of document.querySelectorAll("details[data-closes][open]")) {
    if (!sheet.contains(event.target)) sheet.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const sheet = document.querySelector("details[data-closes][open]");
  if (!sheet) return;
  sheet.open = false;
  sheet.querySelector("summary").focus();
});
