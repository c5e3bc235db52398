// Fetches the filters of a list when they are opened. Without it a link opens them.
(function () {
  "use strict";

  const waiting = document.querySelector("form [data-fields]");
  waiting?.closest("details").addEventListener("toggle", async () => {
    const response = await fetch(waiting.dataset.fields);
    if (response.ok) waiting.outerHTML = await response.text();
  }, { once: true });
})();
