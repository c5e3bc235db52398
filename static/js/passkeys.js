"use strict";
// allauth tells on the console that a passkey was not used; people are told on the page.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const notice of document.querySelectorAll("[data-webauthn-failure]")) {
    notice.hidden = false;
  }
});
