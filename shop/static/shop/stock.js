// What a live part of the page changed is marked for a moment and said once; the numbers themselves are the server's.
const MOST_SAID = 3;
let before = new Map();

const figures = (part) => new Map([...part.querySelectorAll("[data-figure]")].map((one) => [one.dataset.figure, one]));
const words = (figure) => figure.textContent.replace(/\s+/g, " ").trim();

document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id === "stock") {
    before = new Map([...figures(detail.target)].map(([key, figure]) => [key, words(figure)]));
  }
});

document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id === "facts") {
    const [size, way] = ["#sizes", ".way"].map((which) => document.querySelector(which));
    const said = [size, way].filter(Boolean).map(words).join(". ");
    document.getElementById("stock-said").textContent = said;
    return;
  }
  const part = document.getElementById("stock");
  if (!part || before.size === 0) return;
  const changed = [...figures(part)].filter(([key, figure]) => before.has(key) && before.get(key) !== words(figure));
  before = new Map();
  for (const [, figure] of changed) figure.classList.add("has-changed");
  const said = changed.slice(0, MOST_SAID).map(([, figure]) => {
    const place = figure.closest("[data-place]");
    return `${place ? place.dataset.place : ""}: ${words(figure)}`;
  });
  if (said.length) document.getElementById("stock-said").textContent = said.join(". ");
});
