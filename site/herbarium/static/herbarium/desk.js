// Narrows a long list of ticks by what is typed above it; what is ticked stays in sight.
const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");

for (const box of document.querySelectorAll("[data-ticks]")) {
  const search = box.querySelector("[data-ticks-search]");
  const ticks = [...box.querySelectorAll("[data-ticks-tick]")];
  search.hidden = false;
  search.addEventListener("input", () => {
    const wanted = fold(search.value);
    for (const tick of ticks) {
      const isTicked = tick.querySelector("input").checked;
      tick.hidden = !isTicked && !fold(tick.textContent).includes(wanted);
    }
  });
  // Return would send the whole form.
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
