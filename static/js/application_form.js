// Shows the fields that the chosen kind needs; without this script every field is shown. A draft that is being saved
// gives way to the form itself.
(function () {
  "use strict";

  const form = document.querySelector("[data-application-form]");
  if (!form) return;
  const kind = form.querySelector("[name=kind]");

  function showForKind() {
    form.querySelectorAll("[data-kinds]").forEach((part) => {
      part.hidden = !part.dataset.kinds.split(" ").includes(kind.value);
    });
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
  showForKind();
})();
