// Shows the holder's own card where there is no network, if the holder chose to keep it on this telephone.
"use strict";

const PAGE = "{{ page }}";
const KEPT = "own-card";
// Whether the page shown last is of the holder whose card is kept: on a telephone that is shared, what another
// one looks at is not kept unasked. Forgotten with the worker, and then the kept parts stay as they are.
let follows = false;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) {
    event.respondWith(page(event.request));
  } else if (event.request.mode !== "navigate") {
    event.respondWith(part(event.request));
  }
});

// The server's page while somebody is signed in, which is kept anew: a renewed card is another one. Else what
// was kept; but that there is no card any more is told.
async function page(request) {
  const answer = await fetch(request).catch(() => null);
  const copy = await copyOf(PAGE);
  follows = answer?.ok && !answer.redirected && copy?.headers.get("Card-Holder") === answer.headers.get("Card-Holder");
  if (follows) return renewed(PAGE, answer);
  if (answer?.ok && !answer.redirected) return answer;
  if (answer?.status === 404) return answer;
  return copy ?? answer ?? Response.error();
}

// Pictures and styles: those that the server does not give to whoever is signed out, or has no more, were kept.
async function part(request) {
  const answer = await fetch(request).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    return follows && request.referrer.endsWith(PAGE) ? renewed(request.url, answer) : answer;
  }
  return (await copyOf(request.url)) ?? answer ?? Response.error();
}

async function renewed(address, answer) {
  if (await caches.has(KEPT)) await (await caches.open(KEPT)).put(address, answer.clone());
  return answer;
}

async function copyOf(address) {
  return (await caches.has(KEPT)) ? (await caches.open(KEPT)).match(address) : undefined;
}
