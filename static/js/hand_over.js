// The counter: what the camera reads is sent like what a scanner types, and the proxy's fields are shown when one
// comes. Without this script the same forms work.
"use strict";

const counterDesk = document.querySelector("[data-desk]");
if (counterDesk) {
  const form = counterDesk.querySelector("[data-scan-form]");
  counterDesk.addEventListener("desk:scan", (event) => {
    form.elements.text.value = event.detail;
    form.requestSubmit();
  });
}

const proxyFields = document.querySelector("[data-proxy]");
if (proxyFields) {
  const radios = [...document.querySelectorAll("[name=receiver]")];
  const show = () => {
    proxyFields.hidden = !radios.some((radio) => radio.checked && radio.value === "proxy");
  };
  for (const radio of radios) radio.addEventListener("change", show);
  show();
}
