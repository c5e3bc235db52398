// Minutes and seconds until a moment, in words that the server wrote; after it, the word that it is over.
"use strict";

function tick() {
  for (const place of document.querySelectorAll("[data-until]")) {
    const left = Math.max(0, Math.round((Date.parse(place.dataset.until) - Date.now()) / 1000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left) {
      place.querySelector("[data-clock]").textContent = clock;
    } else if (!("over" in place.dataset)) {
      place.dataset.over = "yes";
      place.textContent = place.dataset.overWord;
    }
  }
}

tick();
setInterval(tick, 1000);
