// A partner's counter: what the camera reads (see scanner.js) is sent as if it had been typed.
"use strict";

const counter = document.querySelector("[data-desk]");
counter?.addEventListener("desk:scan", (event) => {
  const form = counter.querySelector("form");
  form.elements.card.value = event.detail;
  form.requestSubmit();
});
