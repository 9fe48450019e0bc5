// How a message looks while it is written. Without this there is a button.
const form = document.querySelector("[data-words]");
const look = document.querySelector("[data-look]");
let soon;
let asked = 0;

async function show() {
    const said = new FormData(form);
    said.set("do", "look");
    const mine = ++asked;
    const answer = await fetch(location.href, { method: "POST", body: said, headers: { "X-Requested-With": "fetch" } });
    if (answer.ok && mine === asked) look.innerHTML = await answer.text();
}

form?.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => show().catch(() => {}), 400);
});
