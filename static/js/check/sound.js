// Each answer has a sound of its own, for those who look at the person rather than at the screen.
"use strict";

/* exported CheckSound */
const CheckSound = (() => {
  // Pairs of a frequency in hertz and a length in seconds.
  const TUNES = {
    valid: [[660, 0.12], [880, 0.22]],
    not_yet_valid: [[520, 0.18], [0, 0.06], [520, 0.18]],
    expired: [[520, 0.18], [415, 0.18], [330, 0.3]],
    revoked: [[220, 0.2], [0, 0.06], [220, 0.2], [0, 0.06], [220, 0.35]],
    replaced: [[415, 0.18], [220, 0.18], [415, 0.18], [220, 0.3]],
    unknown: [[440, 0.1], [0, 0.08], [440, 0.1], [0, 0.08], [440, 0.1]],
    forged: [[150, 0.7]],
    unsure: [[440, 0.12], [494, 0.2]],
  };
  let audio = null;

  // Browsers let a page sound only once somebody has touched it: till then the button offers it.
  function play(outcome, button) {
    if (!(outcome in TUNES) || !("AudioContext" in window)) return;
    try {
      audio ??= new AudioContext();
    } catch {
      return;
    }
    const sound = () => {
      if (button) button.hidden = true;
      tune(TUNES[outcome], outcome === "forged" ? "sawtooth" : "sine");
    };
    if (audio.state === "running") return sound();
    if (button) {
      button.hidden = false;
      button.onclick = () => audio.resume().then(sound);
    }
    audio.resume().then(sound, () => null);
  }

  function tune(notes, type) {
    let start = audio.currentTime;
    for (const [frequency, length] of notes) {
      if (frequency) {
        const note = new OscillatorNode(audio, { frequency, type });
        const volume = new GainNode(audio, { gain: 0.25 });
        volume.gain.setTargetAtTime(0, start + length * 0.75, 0.03);
        note.connect(volume).connect(audio.destination);
        note.start(start);
        note.stop(start + length);
      }
      start += length;
    }
    document.documentElement.dataset.sounded = "yes";
  }

  return { play };
})();
