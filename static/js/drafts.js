// Nothing typed is lost. A form with data-draft="a name of its own" is kept in this tab until it is accepted:
// a reload, a closed session or a wrong turn finds it again. Passwords, files and hidden fields are not kept.
//
// The form is taken as accepted when another page than the form's own, and than sign-in, follows a submit, or the
// same page with the word that it went well.
"use strict";

const PREFIX = "draft:";
const SENT = "draft-sent";
const NEVER = ["password", "file", "hidden", "submit", "button", "reset"];

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !NEVER.includes(field.type) && field.autocomplete !== "one-time-code");

function read(form) {
  return fieldsOf(form)
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .flatMap((field) =>
      field.options
        ? [...field.selectedOptions].map((option) => [field.name, option.value, option.text])
        : [[field.name, field.value]],
    );
}

function write(form, values) {
  for (const field of fieldsOf(form)) {
    const entries = values.filter(([name]) => name === field.name);
    const kept = entries.map(([, value]) => value);
    // A list that depends on another (communes of a province) may not hold the choice yet.
    if (field.options)
      for (const [, value, text] of entries)
        if (![...field.options].some((option) => option.value === value)) field.add(new Option(text, value));
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept.includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = kept.includes(option.value);
    else if (kept.length) field.value = kept[0];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function keep(form) {
  sessionStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(read(form)));
}

function follow(form) {
  const key = PREFIX + form.dataset.draft;
  const untouched = JSON.stringify(read(form));
  const kept = sessionStorage.getItem(key);
  // What the server sends back with its errors is newer than the draft.
  if (kept && kept !== untouched && !form.querySelector(".field-wrong")) {
    write(form, JSON.parse(kept));
    offer(form, () => {
      sessionStorage.removeItem(key);
      write(form, JSON.parse(untouched));
    });
  }
  form.addEventListener("input", () => keep(form));
  form.addEventListener("change", (event) => event.isTrusted && keep(form));
  form.addEventListener("submit", () => {
    keep(form);
    sessionStorage.setItem(SENT, JSON.stringify({ key, from: location.pathname }));
  });
}

// The words are in the page, so that they come in the reader's language: components/draft_notice.html
function offer(form, discard) {
  const notice = form.querySelector("[data-draft-notice]");
  if (!notice) return;
  notice.hidden = false;
  notice.querySelector("button").addEventListener("click", () => {
    discard();
    notice.hidden = true;
  });
}

function forgetAccepted() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) || "null");
  if (!sent) return;
  if (location.pathname === sent.from && !document.querySelector("#main > .alert-success")) {
    // Refused: whatever page comes next tells nothing of a form that was not sent again.
    sessionStorage.removeItem(SENT);
    return;
  }
  // Sign-in (a plain page) and error pages do not tell whether the form was accepted.
  if (document.body.matches(".plain, .error-page")) return;
  sessionStorage.removeItem(sent.key);
  sessionStorage.removeItem(SENT);
}

try {
  forgetAccepted();
  for (const form of document.querySelectorAll("form[data-draft]")) follow(form);
  for (const form of document.querySelectorAll("form[data-clear-drafts]"))
    form.addEventListener("submit", () => sessionStorage.clear());
} catch (error) {
  // A browser that refuses storage keeps no drafts; the form works without.
  if (!(error instanceof DOMException)) throw error;
}
