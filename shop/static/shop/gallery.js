// The links below the pictures work without this: it keeps the page where it is, and marks the one that is seen.
const row = document.querySelector(".product-pictures");
const links = [...document.querySelectorAll(".thumbs a")];

function seen(id) {
  for (const link of links) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

const watcher = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => seen(entry.target.id)),
  { root: row, threshold: 0.6 },
);
for (const picture of row.children) watcher.observe(picture);

for (const link of links) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const place = links.indexOf(link) * row.clientWidth;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    row.scrollTo({ left: place, behavior: calm ? "auto" : "smooth" });
  });
}
