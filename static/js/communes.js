// Loads the communes of the province that is chosen in a form. Without this script they come with the next page.
(function () {
  "use strict";

  const TRIES = 5;
  const AGAIN_AFTER = 2000;

  // The list; null where it does not come. A connection that was lost for a moment is tried again.
  async function optionsOf(address) {
    for (let tried = 0; tried < TRIES; tried += 1) {
      try {
        const response = await fetch(address);
        // Whoever is signed out gets the page to sign in.
        return response.ok && !response.redirected ? await response.text() : null;
      } catch {
        await new Promise((done) => setTimeout(done, AGAIN_AFTER));
      }
    }
    return null;
  }

  document.querySelectorAll("form[data-communes]").forEach((form) => {
    form.addEventListener("change", async (event) => {
      const province = event.target;
      const commune = form.querySelector("[name=commune]");
      if (province.name !== "province" || !commune) return;
      const asked = province.value;
      // "Every commune" in a filter, a dash in a form: the list that comes says neither.
      const none = commune.querySelector('option[value=""]')?.text;
      // Those of the province before are not to be chosen while the new ones are on their way.
      commune.querySelectorAll('option:not([value=""])').forEach((option) => option.remove());
      const options = await optionsOf(`${form.dataset.communes}?province=${encodeURIComponent(asked)}`);
      // Who walks down the provinces asks for each of them, and the answers come in any order.
      if (options === null || province.value !== asked) return;
      commune.innerHTML = options;
      if (none) commune.querySelector('option[value=""]').text = none;
    });
  });
})();
