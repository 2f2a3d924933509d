// A name as it is spoken: one button instead of a whole player. Without this script the player stays.

for (const place of document.querySelectorAll("[data-hear]")) {
  const audio = place.querySelector("audio");
  const { hear, stop } = place.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--quiet hear__button";
  button.setAttribute("aria-label", `${hear}: ${audio.getAttribute("aria-label")}`);
  const show = (playing) => {
    button.textContent = playing ? stop : hear;
    button.setAttribute("aria-pressed", String(playing));
  };
  button.addEventListener("click", () => {
    if (!audio.paused) {
      audio.pause();
      audio.currentTime = 0;
      return;
    }
    for (const other of document.querySelectorAll("audio")) other.pause();
    // What cannot be played here is shown with the browser's own words.
    audio.play().catch(() => {
      button.remove();
      audio.hidden = false;
    });
  });
  for (const event of ["play", "pause", "ended"]) {
    audio.addEventListener(event, () => show(!audio.paused && !audio.ended));
  }
  audio.hidden = true;
  show(false);
  place.prepend(button);
}
