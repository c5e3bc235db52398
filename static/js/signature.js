// A signature drawn with a finger, a pen or a mouse goes into the form's field as a picture.
"use strict";

const offerSignatures = () => document.querySelectorAll("[data-signature]").forEach(offerSignature);
offerSignatures();
// The desk's answers come after the page.
document.addEventListener("desk:shown", offerSignatures);

function offerSignature(pad) {
  const canvas = pad.querySelector("canvas");
  if (!canvas.hidden) return;
  const field = pad.querySelector("input");
  const again = pad.querySelector("[data-clear]");
  const pen = canvas.getContext("2d");
  let drawing = false;
  let drawn = false;

  canvas.hidden = false;
  again.hidden = false;
  pen.lineWidth = 5;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = "#12233f";

  // Where on the drawing the finger is, whatever size the page shows it in.
  function place(event) {
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...place(event));
    pen.stroke();
    drawn = true;
  });
  const lift = () => {
    if (!drawing) return;
    drawing = false;
    // A tap alone leaves no ink.
    if (drawn) field.value = canvas.toDataURL("image/png");
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  again.addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    field.value = "";
    drawn = false;
  });

  // A page sent back with a mistake still holds what was signed.
  if (field.value) {
    const kept = new Image();
    kept.addEventListener("load", () => pen.drawImage(kept, 0, 0));
    kept.src = field.value;
  }
}
