// Checking a card without a network: signature, expiry, and the list that this phone holds.
"use strict";

const offlinePage = document.querySelector("[data-offline-check]");
if (offlinePage) startOffline(offlinePage);

function startOffline(page) {
  const form = page.querySelector("form");
  const field = form.elements.q;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(field.value);
  });
  page.addEventListener("desk:scan", (event) => check(event.detail));
  addEventListener("online", () => (page.querySelector("[data-back-online]").hidden = false));
  // An answer without a network is as old as its list: the two stand together.
  page.querySelector("[data-answers]").append(document.querySelector("[data-ready]"));
  noDetector();

  const addressed = /^\/v\/([^/]+)/i.exec(location.pathname)?.[1];
  const asked = addressed ?? new URLSearchParams(location.search).get("q");
  if (asked) check(asked);

  // The server reads frames where the browser cannot, and now there is none.
  function noDetector() {
    if ("BarcodeDetector" in window) return;
    page.querySelector("[data-camera]").remove();
    page.querySelector("[data-no-detector]").hidden = false;
  }

  async function check(text) {
    if (!(await Cose.supported())) return show("unsure", { why: "unsupported" });
    const { keys, list } = await CardData.load();
    tellAge(document.querySelector("[data-ready]"), list);
    if (!keys.size) return show("unsure", { why: "empty" });
    const typed = text.trim();
    const serial = /^\d{2}\D?\d{7}\D?\d{2}$/.exec(typed);
    if (serial) return bySerial(typed.replace(/\D/g, ""), list);
    const token = /^.*\/v\/([^/?#]+)/is.exec(typed)?.[1] ?? typed;
    let reading;
    try {
      reading = await Cose.readToken(token, keys);
    } catch {
      return show("forged");
    }
    if (!reading.known) return show("unsure", { why: "key" });
    return judge(reading, list);
  }

  // A typed number is on no list or on one; that it was ever given, only a signature or the register tells.
  function bySerial(digits, list) {
    const known = list ? Cose.befell(list, Number(digits.slice(0, 9))) : "";
    if (known) return show(known, { serial: `${digits.slice(0, 2)}-${digits.slice(2, 9)}-${digits.slice(9)}` });
    return show("unsure", { why: "typed" });
  }

  function judge(reading, list) {
    const today = new Date().toLocaleDateString("en-CA", { timeZone: "Africa/Casablanca" });
    const known = list ? Cose.befell(list, reading.number) : "";
    if (known && known !== "not_yet_valid") return show(known, reading);
    if (reading.lastDay < today) return show("expired", reading);
    if (known) return show(known, reading);
    if (!list) return show("unsure", { ...reading, why: "no-list" });
    return show("valid", reading);
  }

  function show(outcome, { serial = "", lastDay = "", why = "" } = {}) {
    for (const answer of page.querySelectorAll("[data-answer]")) answer.hidden = answer.dataset.answer !== outcome;
    for (const reason of page.querySelectorAll("[data-why]")) reason.hidden = reason.dataset.why !== why;
    const facts = page.querySelector("[data-facts]");
    facts.hidden = !serial;
    facts.querySelector("[data-serial]").textContent = serial;
    facts.querySelector("[data-chamber]").textContent = facts.querySelector(`[data-region="${serial.slice(0, 2)}"]`)?.content.textContent ?? "";
    facts.querySelector("[data-until-row]").hidden = !lastDay;
    if (lastDay) {
      const language = document.documentElement.lang;
      const date = new Intl.DateTimeFormat(`${language}-MA-u-nu-latn`, { dateStyle: "long", timeZone: "UTC" });
      facts.querySelector("[data-until]").textContent = date.format(new Date(lastDay));
    }
    CheckSound.play(outcome, page.querySelector("[data-sound]"));
    page.querySelector("[data-answers]").scrollIntoView({ block: "start" });
  }
}
