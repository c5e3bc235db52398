// The desk: sends scans without leaving the page, keeps them while there is no connection, sounds the answer,
// and makes the screen ready again. Without this script the same forms work, one page a scan.
"use strict";

const desk = document.querySelector("[data-desk]");
if (desk) openDesk(desk);

function openDesk(desk) {
  const READY_AFTER = 2000;
  const RETRY_AFTER = 3000;
  // A hall's network that swallows what is sent must not hold the desk for minutes.
  const PATIENCE = 15000;
  // What waits outlives a page that has to be opened again; it is this tab's alone, and goes with sign-out.
  const KEPT = `desk-queue:${location.pathname}`;
  // Frequency in hertz and length in seconds of each note.
  const TUNES = {
    recorded: [[880, 0.12], [1320, 0.2]],
    again: [[660, 0.12], [660, 0.12]],
    waiting: [[660, 0.1], [880, 0.1], [1175, 0.2]],
    handed: [[1047, 0.1], [1319, 0.1], [1568, 0.25]],
    refused: [[220, 0.3], [165, 0.4]],
    // Told apart with closed eyes: stopped cards, and people who are right but in the wrong place.
    stopped: [[196, 0.2], [196, 0.2], [147, 0.5]],
    elsewhere: [[523, 0.15], [392, 0.3]],
  };
  const form = desk.querySelector("[data-scan-form]");
  const input = form.elements.text;
  const state = desk.querySelector("#desk-state");
  const ready = desk.querySelector("#desk-ready");
  const offline = desk.querySelector("[data-offline]");
  const trouble = desk.querySelector("[data-trouble]");
  const queue = kept();
  let sending = false;
  let readyTimer = 0;
  let audio = null;

  const holds = () => state.querySelector("[data-holds]");
  const token = () => form.elements.csrfmiddlewaretoken.value;

  // --- Scanning -------------------------------------------------------------------------------------------

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    scan(input.value, "scanner");
    input.value = "";
  });

  desk.addEventListener("desk:scan", (event) => scan(event.detail, "camera"));

  function scan(text, method) {
    if (!text.trim()) return;
    if (holds()) {
      // A camera still sees the card that is being handed over; a person has scanned the next one too early.
      if (method === "scanner") ask();
      return;
    }
    // The same scan sent twice carries the same id, and counts once.
    queue.push({ id: uuid(), text, method });
    keepQueue();
    pump();
  }

  async function pump() {
    if (sending) return;
    sending = true;
    while (queue.length && !holds()) {
      const next = queue[0];
      const body = new FormData();
      body.set("scan_id", next.id);
      body.set("text", next.text);
      body.set("method", next.method);
      const answered = await post(form.action, body);
      if (answered === "again") {
        setTimeout(pump, RETRY_AFTER);
        break;
      }
      queue.shift();
      keepQueue();
      showQueue(false);
    }
    sending = false;
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT) || "[]");
    } catch {
      return [];
    }
  }

  function keepQueue() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(queue));
    } catch {
      // A browser that refuses storage keeps the queue as long as the page.
    }
  }

  // Posts and shows the answer. "again" where nobody read what was sent, for want of a connection, of a server
  // or of a session: it is sent once more.
  async function post(address, body) {
    body.set("csrfmiddlewaretoken", token());
    let response;
    try {
      response = await send(address, { method: "POST", body, headers: { "HX-Request": "true" } });
    } catch {
      showQueue(true);
      return "again";
    }
    if (response.redirected) return wait(desk.dataset.signedOut);
    if (response.status === 403) {
      // Whoever signed in again elsewhere has another token.
      await renewToken();
      return wait(desk.dataset.signedOut);
    }
    if ([429, 502, 503, 504].includes(response.status)) {
      showQueue(true);
      return "again";
    }
    if (!response.ok && response.status !== 409) return say(desk.dataset.refused);
    trouble.hidden = true;
    show(await response.text());
    return "answered";
  }

  function send(address, options = {}) {
    return fetch(address, { ...options, signal: AbortSignal.timeout?.(PATIENCE) });
  }

  async function renewToken() {
    const page = await send(location.pathname).catch(() => null);
    if (!page?.ok || page.redirected) return;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const found = fresh.querySelector("[data-scan-form] [name=csrfmiddlewaretoken]");
    if (found) form.elements.csrfmiddlewaretoken.value = found.value;
  }

  // Told once, however often it is tried.
  function wait(words) {
    if (trouble.hidden) say(words);
    return "again";
  }

  function say(words) {
    trouble.textContent = words;
    trouble.hidden = false;
    play("refused");
    return "refused";
  }

  function showQueue(lost) {
    offline.hidden = !lost;
    offline.querySelector("[data-waiting]").textContent = queue.length;
  }

  addEventListener("beforeunload", (event) => {
    if (queue.length) event.preventDefault();
  });

  // --- The answer -----------------------------------------------------------------------------------------

  function show(html) {
    const before = [...state.querySelectorAll(".desk-recent > li")];
    // Our own server's answer, escaped there.
    state.innerHTML = html;
    keepLines(before);
    document.dispatchEvent(new CustomEvent("desk:shown"));
    // Below a long form the answer would stand out of sight.
    if (state.getBoundingClientRect().top < 0) state.scrollIntoView({ behavior: "instant" });
    play(state.firstElementChild?.dataset.sound);
    settle();
  }

  // The answer to a scan brings its own line alone: the earlier ones stay beneath it.
  function keepLines(before) {
    const list = state.querySelector(".desk-recent[data-keeps]");
    if (!list) return;
    const latest = list.firstElementChild.dataset.scan;
    const others = before.filter((line) => line.dataset.scan !== latest);
    list.append(...others.slice(0, list.dataset.keeps - 1));
  }

  function settle() {
    clearTimeout(readyTimer);
    if (state.querySelector("[data-passing]")) readyTimer = setTimeout(makeReady, READY_AFTER);
    focusInput();
  }

  function makeReady() {
    // Somebody is giving a reason: the screen waits for them.
    if (state.querySelector(":popover-open")) {
      readyTimer = setTimeout(makeReady, READY_AFTER);
      return;
    }
    const answer = state.querySelector(".desk-answer");
    answer.replaceChildren(ready.content.cloneNode(true));
    answer.removeAttribute("data-holds");
    answer.removeAttribute("data-passing");
    answer.removeAttribute("data-choosing");
    focusInput();
    pump();
  }

  function ask() {
    const answer = holds();
    answer.classList.remove("asks");
    requestAnimationFrame(() => answer.classList.add("asks"));
    play("refused");
  }

  // Hand-over and undo: the forms of the answer and of the list, sent without leaving the page.
  desk.addEventListener("submit", async (event) => {
    const sent = event.target;
    if (sent === form) return;
    event.preventDefault();
    if (sent.dataset.busy) return;
    sent.dataset.busy = "yes";
    const body = new FormData(sent);
    if ((await post(sent.action, body)) === "answered") {
      if (sent.matches(".desk-walk-in [data-walk-in]")) anew(sent);
      pump();
    } else {
      delete sent.dataset.busy;
      if (!offline.hidden) {
        // Not kept: what a person confirms is confirmed in front of them.
        showQueue(queue.length > 0);
        say(desk.dataset.refused);
      }
    }
  });

  // The form for people on no list, empty and folded away for the next one.
  function anew(walkIn) {
    walkIn.reset();
    walkIn.elements.walk_in_id.value = uuid();
    delete walkIn.dataset.busy;
    walkIn.closest("details").open = false;
    focusInput();
  }

  state.addEventListener("click", (event) => {
    if (!event.target.closest("[data-release]")) return;
    event.preventDefault();
    makeReady();
  });

  // Asked for a reason, one writes it at once.
  const onToggle = (event) => event.newState === "open" && event.target.querySelector("textarea")?.focus();
  state.addEventListener("toggle", onToggle, { capture: true });

  // --- Keyboard: what a hand scanner types always arrives in the field --------------------------------------

  function focusInput() {
    if (state.querySelector(":popover-open, .desk-walk-in-form, .desk-proxy[open]")) return;
    // On a phone the field would open the keyboard over the answer.
    if (matchMedia("(pointer: coarse)").matches) return;
    input.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === " ") return;
    if (event.target.matches("input, textarea, select") || state.querySelector(":popover-open")) return;
    // The letter itself, and the Enter that ends the scan, then go to the field and not to a button.
    input.focus({ preventScroll: true });
  });

  addEventListener("focus", focusInput);

  // --- Sound ----------------------------------------------------------------------------------------------

  function play(name) {
    const tune = TUNES[name];
    if (!tune) return;
    try {
      audio ??= new AudioContext();
      if (audio.state === "suspended") audio.resume();
    } catch {
      return;
    }
    let start = audio.currentTime;
    for (const [frequency, length] of tune) {
      const note = new OscillatorNode(audio, { frequency });
      const volume = new GainNode(audio, { gain: 0.2 });
      volume.gain.setTargetAtTime(0, start + length * 0.7, 0.03);
      note.connect(volume).connect(audio.destination);
      note.start(start);
      note.stop(start + length);
      start += length;
    }
  }

  function uuid() {
    // crypto.randomUUID exists on secure addresses only; a try-out in a hall's network may not be one.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  if (location.search) history.replaceState(null, "", location.pathname);
  settle();
  if (queue.length) pump();
}
