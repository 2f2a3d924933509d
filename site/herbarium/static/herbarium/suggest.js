// Suggestions under a search box as a list to choose from: arrows move, Enter opens, Escape closes.
// htmx brings the list; without this script it is a list of links.

for (const form of document.querySelectorAll("form.search")) {
  const input = form.querySelector("[type=search]");
  const box = form.querySelector(".suggest");
  const said = form.querySelector("[role=status]");
  const options = () => [...box.querySelectorAll("[role=option]")];
  let at = -1;

  const mark = (place) => {
    at = place;
    for (const [index, option] of options().entries()) {
      option.setAttribute("aria-selected", String(index === at));
      if (index === at) option.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options()[at].id);
  };

  const open = (yes) => {
    box.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    mark(-1);
  };

  // Behind the last suggestion, and before the first, stands what was typed.
  const move = (step) => {
    const count = options().length;
    if (box.hidden) open(true);
    mark(((at + 1 + step + count + 1) % (count + 1)) - 1);
  };

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => open(false),
    Enter: () => options()[at].click(),
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !options().length || !(event.key in keys)) return;
    if (event.key === "Enter" && at < 0) return;
    // A second Escape empties the box, as the browser has it.
    if (event.key === "Escape" && box.hidden) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("blur", () => open(false));
  // A press on a suggestion leaves the cursor in the box, so that the list is still there to follow.
  box.addEventListener("pointerdown", (event) => event.preventDefault());

  new MutationObserver(() => {
    const [first] = options();
    for (const [index, option] of options().entries()) {
      option.id = `${box.id}-${index}`;
      option.tabIndex = -1;
    }
    open(Boolean(first) && document.activeElement === input);
    said.textContent = first && !box.hidden ? first.dataset.said : "";
  }).observe(box, { childList: true });

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", box.id);
  open(false);
}
