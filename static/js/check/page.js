// The check page: its sound, the camera's scans, and what it needs in order to go on without a network.
"use strict";

const checkDesk = document.querySelector("[data-check]");

const soundButton = document.querySelector("[data-sound]");
const shown = document.querySelector("[data-answer]:not([hidden])");
if (shown) CheckSound.play(shown.dataset.answer, soundButton);

// The region is chosen once: this telephone keeps it, and sends it with each check.
const place = document.querySelector("[data-kept]");
if (place) {
  place.value = localStorage.getItem("check-region") ?? "";
  place.addEventListener("change", () => localStorage.setItem("check-region", place.value));
}

checkDesk?.addEventListener("desk:scan", (event) => {
  const token = /^.*\/v\/([^/?#]+)/is.exec(event.detail)?.[1];
  const asked = new URLSearchParams({ lang: document.documentElement.lang, at: place?.value ?? "" });
  // What is no address of ours is said to be none by the page that reads it.
  if (!token) asked.set("q", event.detail);
  location.assign(`${token ? `/V/${encodeURIComponent(token)}` : "/check/"}?${asked}`);
});

keepReady(document.querySelector("[data-ready]"));

// Install the worker, fetch the list, and say how old it is.
async function keepReady(line) {
  if (!line) return;
  const REFRESH_EVERY = 15 * 60 * 1000;
  if (!("serviceWorker" in navigator) || !(await Cose.supported())) {
    line.textContent = line.dataset.unsupported;
    return;
  }
  const store = await caches.open("card-check-data");
  await store.put("/check/language", new Response(document.documentElement.lang));
  for (const scope of ["/check/", "/V/", "/v/"]) {
    navigator.serviceWorker.register("/check/worker.js", { scope }).then(backgroundSync, () => null);
  }
  await bringUpToDate();
  setInterval(bringUpToDate, REFRESH_EVERY);
  addEventListener("online", bringUpToDate);

  async function bringUpToDate() {
    await CardData.refresh().catch(() => null);
    tellAge(line, (await CardData.load()).list);
  }

  async function backgroundSync(registration) {
    if (!("periodicSync" in registration)) return;
    await registration.periodicSync.register("card-list", { minInterval: 3600 * 1000 }).catch(() => null);
  }
}

function tellAge(line, list) {
  line.hidden = false;
  if (!list) {
    line.textContent = line.dataset.none;
    return;
  }
  const hours = (Date.now() / 1000 - list.issued) / 3600;
  const language = document.documentElement.lang;
  const when = new Intl.DateTimeFormat(`${language}-MA-u-nu-latn`, { dateStyle: "medium", timeStyle: "short" }).format(list.issued * 1000);
  const minutes = Math.max(0, Math.round(hours * 60));
  const age = new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { numeric: "always" });
  const spoken = minutes < 120 ? age.format(-minutes, "minute") : hours < 48 ? age.format(-Math.round(hours), "hour") : age.format(-Math.round(hours / 24), "day");
  line.textContent = `${line.dataset.asOf} ${when} (${spoken})`;
  const old = hours > Number(line.dataset.staleHours) || hours < -1;
  line.classList.toggle("stale", old);
  if (old) line.textContent += ` — ${hours < 0 ? line.dataset.clock : line.dataset.stale}`;
  return old;
}
