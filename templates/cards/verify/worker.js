// Makes the check of cards work without a network. Made by the server: it names the files of this version.
"use strict";

const FILES = {{ files|safe }};
const SHELL = "{{ shell }}";
const LANGUAGES = {{ languages|safe }};
const VERSION = "card-check-{{ version }}";
// A network that does not answer in this time is none.
const PATIENCE = 6000;

importScripts({{ scripts|safe }});

self.addEventListener("install", (event) => {
  const shells = LANGUAGES.map((language) => `${SHELL}?lang=${language}`);
  event.waitUntil(
    caches.open(VERSION).then((cache) => cache.addAll([...FILES, ...shells])).then(() => self.skipWaiting())
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => names.filter((name) => name.startsWith("card-check-") && name !== VERSION && name !== "card-check-data"))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
      .then(() => CardData.refresh().catch(() => null))
  );
});

self.addEventListener("periodicsync", (event) => event.waitUntil(CardData.refresh()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && /^\/(v|check)\//i.test(url.pathname)) {
    event.respondWith(page(event.request, url));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((found) => found ?? fetch(event.request)));
  }
});

// The server's answer, which knows most; the page that checks by itself where there is none.
async function page(request, url) {
  const late = new Promise((done, fail) => setTimeout(() => fail(new Error("late")), PATIENCE));
  try {
    const answer = await Promise.race([fetch(request), late]);
    if (answer.status < 500) return answer;
  } catch {
    // No network, or none to speak of.
  }
  const asked = url.searchParams.get("lang");
  const language = LANGUAGES.includes(asked) ? asked : await preferred();
  return (await caches.match(`${SHELL}?lang=${language}`)) ?? Response.error();
}

async function preferred() {
  const said = await (await caches.open("card-check-data")).match("/check/language");
  const language = said ? await said.text() : "";
  return LANGUAGES.includes(language) ? language : LANGUAGES[0];
}
