// Shows the fields that the chosen kind needs, and loads the communes of the chosen province.
// Without this script every field is shown and the communes come with the next page. A draft that is being saved
// gives way to the form itself.
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

  // What is sent holds all that a draft would: from then on none is saved, and one on its way is dropped without
  // being taken for an error.
  let autosave;
  form.addEventListener("htmx:beforeSend", (event) => (autosave = event.detail.xhr));
  form.addEventListener("htmx:confirm", (event) => form.dataset.sent && event.preventDefault());
  form.addEventListener("submit", () => {
    if (!autosave) return;
    autosave.onabort = autosave.onerror = null;
    autosave.abort();
  });

  kind.addEventListener("change", showForKind);
  province.addEventListener("change", loadCommunes);
  showForKind();
})();
