// Keeping one's own card on one's own telephone, and taking it off again. Nothing is kept unasked.
"use strict";

const ownCard = document.querySelector("[data-own-card]");
if (ownCard && "serviceWorker" in navigator && "caches" in window) offerKeeping(ownCard);

async function offerKeeping(card) {
  const KEPT = "own-card";
  const keep = card.querySelector("[data-keep]");
  const forget = card.querySelector("[data-forget]");
  const said = card.querySelector("[data-said]");

  keep.addEventListener("click", async () => {
    try {
      const parts = [location.pathname, ...JSON.parse(card.dataset.files), ...[...document.images].map((image) => image.src)];
      const box = await caches.open(KEPT);
      await Promise.all(parts.map((part) => put(box, part)));
      await navigator.serviceWorker.register(card.dataset.worker, { scope: location.pathname });
      await tell(said.dataset.kept);
    } catch {
      await caches.delete(KEPT);
      await tell(said.dataset.failed);
    }
  });

  async function put(box, part) {
    const answer = await fetch(part);
    // The page to sign in is an answer too, and nobody's card.
    if (!answer.ok || answer.redirected) throw new Error(part);
    await box.put(part, answer);
  }

  forget.addEventListener("click", async () => {
    await caches.delete(KEPT);
    const worker = await navigator.serviceWorker.getRegistration(location.pathname);
    if (worker?.scope.endsWith(location.pathname)) await worker.unregister();
    await tell(said.dataset.forgotten);
  });

  async function tell(words = "") {
    const isKept = await caches.has(KEPT);
    keep.hidden = isKept;
    forget.hidden = !isKept;
    said.textContent = words;
  }

  await tell();
}
