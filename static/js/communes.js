// Loads the communes of the province that is chosen in a form. Without this script they come with the next page.
(function () {
  "use strict";

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
      const response = await fetch(`${form.dataset.communes}?province=${encodeURIComponent(asked)}`);
      const options = await response.text();
      // Who walks down the provinces asks for each of them, and the answers come in any order.
      if (!response.ok || province.value !== asked) return;
      commune.innerHTML = options;
      if (none) commune.querySelector('option[value=""]').text = none;
    });
  });
})();
