// A page that answers with a problem shows it as one that answers well; one that was locked shows who may sign in.
const SHOWN = new Set([404, 409, 422, 429]);
const GONE = new Set([401, 403]);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (GONE.has(detail.xhr.status)) location.reload();
  else if (SHOWN.has(detail.xhr.status)) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
