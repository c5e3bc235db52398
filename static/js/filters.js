// Fetches the filters of a list when they are opened. Without it a link opens them.
(function () {
  "use strict";

  const waiting = document.querySelector("form [data-fields]");
  const fold = waiting?.closest("details");
  fold?.addEventListener("toggle", async () => {
    if (!fold.open || !waiting.isConnected) return;
    const response = await fetch(waiting.dataset.fields).catch(() => null);
    // Without a connection the next opening asks again; whoever is signed out gets the page to sign in.
    if (response?.ok && !response.redirected && waiting.isConnected) waiting.outerHTML = await response.text();
  });
})();
