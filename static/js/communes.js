// Loads the communes of the chosen province. Without this script they come with the next page.
(function () {
  "use strict";

  document.querySelectorAll("form[data-commune-list]").forEach((form) => {
    const province = form.querySelector("[name=province]");
    const commune = form.querySelector("[name=commune]");

    province.addEventListener("change", async () => {
      const response = await fetch(`${form.dataset.communeList}?province=${encodeURIComponent(province.value)}`);
      if (response.ok) commune.innerHTML = await response.text();
    });
  });
})();
