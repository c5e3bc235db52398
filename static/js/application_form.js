// Shows the fields that the chosen kind needs, and loads the communes of the chosen province.
// Without this script every field is shown and the communes come with the next page.
(function () {
  "use strict";

  const form = document.querySelector("[data-application-form]");
  if (!form) return;
  const kind = form.querySelector("[name=kind]");
  const province = form.querySelector("[name=province]");
  const commune = form.querySelector("[name=commune]");

  function showForKind() {
    form.querySelectorAll("[data-kinds]").forEach((part) => {
      part.hidden = !part.dataset.kinds.split(" ").includes(kind.value);
    });
  }

  async function loadCommunes() {
    const response = await fetch(`${form.dataset.communes}?province=${encodeURIComponent(province.value)}`);
    if (response.ok) commune.innerHTML = await response.text();
  }

  kind.addEventListener("change", showForKind);
  province.addEventListener("change", loadCommunes);
  showForKind();
})();
