// Fetches the filters of a list when they are opened, and the communes of the province that is chosen in them.
// Without it a link opens the filters, and the communes come with the next page.
(function () {
  "use strict";

  const form = document.querySelector("form[data-communes]");
  if (!form) return;

  const waiting = form.querySelector("[data-fields]");
  waiting?.closest("details").addEventListener("toggle", async () => {
    const response = await fetch(waiting.dataset.fields);
    if (response.ok) waiting.outerHTML = await response.text();
  }, { once: true });

  form.addEventListener("change", async (event) => {
    const commune = form.querySelector("[name=commune]");
    if (event.target.name !== "province" || !commune) return;
    const response = await fetch(`${form.dataset.communes}?province=${encodeURIComponent(event.target.value)}`);
    if (!response.ok) return;
    const every = commune.options[0].text;
    commune.innerHTML = await response.text();
    commune.options[0].text = every;
  });
})();
