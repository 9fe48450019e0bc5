// Big keys for a PIN. Without this script the field is typed with the tablet's own keyboard.
const keys = document.getElementById("pin-keys");
const typed = document.getElementById("pin");

if (keys && typed) {
  keys.hidden = false;
  typed.inputMode = "none"; // the tablet's keyboard would cover ours
  typed.form.classList.add("has-keys");
  keys.addEventListener("click", ({ target }) => {
    const key = target.closest("button[type=button]");
    if (!key) return;
    const { digit } = key.dataset;
    typed.value = digit ? (typed.value + digit).slice(0, typed.maxLength) : typed.value.slice(0, -1);
  });
}
