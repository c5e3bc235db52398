// The camera as a scanner: the browser's own detector where there is one, else frames that the server reads.
"use strict";

const scannerDesk = document.querySelector("[data-desk]");
const cameraButton = scannerDesk?.querySelector("[data-camera]");
if (cameraButton && navigator.mediaDevices?.getUserMedia) offerCamera(scannerDesk, cameraButton);

function offerCamera(desk, button) {
  const LOOK_EVERY = 200;
  const SEND_EVERY = 700;
  // The same card in front of the camera is one scan until it was away this long.
  const SAME_FOR = 4000;
  const WIDEST = 960;
  const MISSES_TOLD = 4;
  const view = desk.querySelector("[data-camera-view]");
  const video = view.querySelector("video");
  const canvas = document.createElement("canvas");
  let stream = null;
  let starting = false;
  // Each start is a run of its own: a look that is left of an earlier one ends.
  let run = 0;
  let misses = 0;
  let lastText = "";
  let lastSeen = 0;

  button.hidden = false;
  button.addEventListener("click", () => (stream ? stop() : start()));

  async function start() {
    // The camera of a cheap telephone takes its time, and is tapped again.
    if (starting) return;
    starting = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    } catch {
      tell(view.dataset.noCamera);
      return;
    } finally {
      starting = false;
    }
    video.srcObject = stream;
    view.hidden = false;
    button.setAttribute("aria-pressed", "true");
    run += 1;
    misses = 0;
    look(await reader(), run);
  }

  function tell(words) {
    const trouble = desk.querySelector("[data-trouble]");
    trouble.textContent = words;
    trouble.hidden = false;
  }

  function stop() {
    for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.srcObject = null;
    view.hidden = true;
    button.setAttribute("aria-pressed", "false");
  }

  // A function that gives the text of the code in sight, or "", and how long to wait between two looks.
  async function reader() {
    const known = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
    if (!known.includes("qr_code")) return { every: SEND_EVERY, text: readByServer };
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return { every: LOOK_EVERY, text: async () => (await detector.detect(video))[0]?.rawValue ?? "" };
  }

  async function look(read, mine) {
    if (!stream || mine !== run) return;
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !document.hidden) {
      const text = await read.text().catch(() => "");
      if (text && stream && mine === run) seen(text);
    }
    setTimeout(() => look(read, mine), read.every);
  }

  function seen(text) {
    const now = Date.now();
    const isNew = text !== lastText || now - lastSeen > SAME_FOR;
    lastText = text;
    lastSeen = now;
    if (isNew) desk.dispatchEvent(new CustomEvent("desk:scan", { detail: text }));
  }

  async function readByServer() {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    const frame = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    const body = new FormData();
    body.set("frame", frame, "frame.jpg");
    // The public check page has none: what it sends changes nothing.
    body.set("csrfmiddlewaretoken", desk.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    const response = await fetch(view.dataset.frames, { method: "POST", body }).catch(() => null);
    // A page to sign in is no answer, and neither is a lost connection.
    const answered = response?.ok && !response.redirected;
    misses = answered ? 0 : misses + 1;
    if (misses === MISSES_TOLD) tell(view.dataset.lost);
    return answered ? (await response.json()).text : "";
  }

  addEventListener("pagehide", () => stream && stop());
}
