// A voucher that is shown: its time that runs, and a look every few seconds whether a till has taken it.
"use strict";

const LOOK_AFTER_MS = 5000;

function tick() {
  const place = document.querySelector("[data-until]");
  if (!place) return;
  const left = Math.max(0, Math.round((Date.parse(place.dataset.until) - Date.now()) / 1000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (left) {
    place.querySelector("[data-clock]").textContent = clock;
  } else if (!("over" in place.dataset)) {
    place.dataset.over = "yes";
    place.textContent = place.dataset.overWord;
  }
}

async function look() {
  const voucher = document.querySelector("[data-voucher-state]");
  if (!voucher) return;
  try {
    const answer = await fetch(voucher.dataset.voucherState, { credentials: "same-origin" });
    // Signed out meanwhile, or no network for a moment: what is shown stays.
    if (answer.ok && !answer.redirected) {
      const made = document.createElement("template");
      made.innerHTML = await answer.text();
      voucher.replaceWith(made.content);
      tick();
    }
  } catch {
    // The next look finds out.
  }
}

tick();
setInterval(tick, 1000);
setInterval(look, LOOK_AFTER_MS);
