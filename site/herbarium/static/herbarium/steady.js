// When a list is narrowed in place, folds stay as they were and the keyboard stays where it was.

const folds = () => document.querySelectorAll("#facets details[id]");
let stood = new Map();
let focused = "";

document.addEventListener("htmx:beforeSwap", () => {
  stood = new Map([...folds()].map((fold) => [fold.id, fold.open]));
  focused = document.activeElement.id;
});

document.addEventListener("htmx:afterSettle", () => {
  for (const fold of folds()) {
    if (stood.has(fold.id)) fold.open = stood.get(fold.id);
  }
  if (document.activeElement !== document.body) return;
  // What was chosen may be gone with the choice; then the number of results is the place to go on.
  const place = (focused && document.getElementById(focused)) || document.querySelector("#results .count");
  place?.focus();
});
