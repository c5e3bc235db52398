// Loads the communes of the province chosen in a list's filters. Without it they come with the next page.
(function () {
  "use strict";

  const form = document.querySelector("form[data-communes]");
  const province = form && form.querySelector("[name=province]");
  const commune = form && form.querySelector("[name=commune]");
  if (!province || !commune) return;

  province.addEventListener("change", async () => {
    const response = await fetch(`${form.dataset.communes}?province=${encodeURIComponent(province.value)}`);
    if (response.ok) commune.innerHTML = await response.text();
  });
})();
