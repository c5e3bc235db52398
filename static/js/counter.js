// A partner's counter: what the camera reads (see scanner.js) is sent as if it had been typed.
"use strict";

const counter = document.querySelector("[data-desk]");
if (counter) {
  // Only the browser's own detector is used here: a camera that can read nothing is not offered.
  if (!("BarcodeDetector" in window)) counter.querySelector("[data-camera]").remove();
  counter.addEventListener("desk:scan", (event) => {
    const form = counter.querySelector("form");
    form.elements.card.value = event.detail;
    form.requestSubmit();
  });
}
