// Shows the holder's own card where there is no network, if the holder chose to keep it on this telephone.
"use strict";

const PAGE = "{{ page }}";
const KEPT = "own-card";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) {
    event.respondWith(page(event.request));
  } else if (event.request.mode !== "navigate") {
    event.respondWith(fetch(event.request).catch(() => kept(event.request.url)));
  }
});

// The server's page while somebody is signed in; else what was kept.
async function page(request) {
  const answer = await fetch(request).catch(() => null);
  if (answer?.ok) return answer;
  const copy = await (await caches.open(KEPT)).match(PAGE);
  return copy ?? answer ?? Response.error();
}

async function kept(address) {
  return (await (await caches.open(KEPT)).match(address)) ?? Response.error();
}
