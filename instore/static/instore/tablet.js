// A page that answers with a problem shows it as one that answers well; one that was locked shows who may sign in.
const SHOWN = new Set([404, 409, 422, 429]);
const GONE = new Set([401, 403]);

let isLocking = false; // whoever locks leaves anyhow: a part that is refused by then must not get in the way

document.addEventListener("submit", ({ target }) => { isLocking ||= target.matches(".staff-foot form"); });
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (GONE.has(detail.xhr.status)) {
    detail.isError = false;
    if (!isLocking) location.reload();
  } else if (SHOWN.has(detail.xhr.status)) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
