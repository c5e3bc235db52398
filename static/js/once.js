// A form is sent once: a second click while the first is under way does nothing.
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // After the browser has read the form: a disabled button's own name and value would not be sent.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button[type=submit], input[type=submit]")) {
      button.setAttribute("aria-busy", "true");
      button.disabled = true;
    }
  });
  // A download answers without leaving the page.
  if ("download" in form.dataset) setTimeout(() => release(form), 4000);
});

// Coming back with the browser's button shows the page as it was left, buttons and all.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }
}
