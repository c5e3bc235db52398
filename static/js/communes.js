// Loads the communes of the province that is chosen in a form. Without this script they come with the next page.
(function () {
  "use strict";

  document.querySelectorAll("form[data-communes]").forEach((form) => {
    form.addEventListener("change", async (event) => {
      const province = event.target;
      const commune = form.querySelector("[name=commune]");
      if (province.name !== "province" || !commune) return;
      const asked = province.value;
      const first = commune.options[0].text;
      // Those of the province before are not to be chosen while the new ones are on their way.
      commune.length = 1;
      const response = await fetch(`${form.dataset.communes}?province=${encodeURIComponent(asked)}`);
      const options = await response.text();
      // Who walks down the provinces asks for each of them, and the answers come in any order.
      if (!response.ok || province.value !== asked) return;
      commune.innerHTML = options;
      commune.options[0].text = first;
    });
  });
})();
