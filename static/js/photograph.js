// The photograph of the application form: taken with the camera or chosen as a file, then framed 3:4.
// Without this script the file field works alone and the server frames the middle of the picture.
(function () {
  "use strict";

  const RATIO = 3 / 4;

  function start(root) {
    const input = document.getElementById(root.dataset.input);
    const canvas = root.querySelector("canvas");
    const video = root.querySelector("video");
    const stage = root.querySelector("[data-stage]");
    const zoom = root.querySelector("[data-zoom]");
    const open = root.querySelector("[data-open]");
    const shoot = root.querySelector("[data-shoot]");
    const notice = root.querySelector("[data-notice]");
    const field = (name) => document.getElementById(`id_crop_${name}`);
    const frame = { image: null, x: 0.5, y: 0.4, scale: 1 };

    function say(message) {
      notice.textContent = message || "";
      notice.hidden = !message;
    }

    // The largest 3:4 box of the picture, divided by the zoom, kept inside the picture.
    function box() {
      const { width, height } = frame.image;
      const fullWidth = Math.min(width, height * RATIO);
      const boxWidth = fullWidth / frame.scale;
      const boxHeight = boxWidth / RATIO;
      const left = Math.min(Math.max(frame.x * width - boxWidth / 2, 0), width - boxWidth);
      const top = Math.min(Math.max(frame.y * height - boxHeight / 2, 0), height - boxHeight);
      return { left, top, boxWidth, boxHeight };
    }

    function draw() {
      if (!frame.image) return;
      const { left, top, boxWidth, boxHeight } = box();
      const { width, height } = frame.image;
      canvas.getContext("2d").drawImage(
        frame.image, left, top, boxWidth, boxHeight, 0, 0, canvas.width, canvas.height,
      );
      frame.x = (left + boxWidth / 2) / width;
      frame.y = (top + boxHeight / 2) / height;
      field("left").value = (left / width).toFixed(5);
      field("top").value = (top / height).toFixed(5);
      field("width").value = (boxWidth / width).toFixed(5);
      field("height").value = (boxHeight / height).toFixed(5);
    }

    function move(dx, dy) {
      if (!frame.image) return;
      const { boxWidth, boxHeight } = box();
      frame.x += (dx * boxWidth) / frame.image.width;
      frame.y += (dy * boxHeight) / frame.image.height;
      draw();
    }

    async function show(file) {
      try {
        frame.image = await createImageBitmap(file, { imageOrientation: "from-image" });
      } catch {
        // The server says in words what is wrong with the file.
        stage.hidden = true;
        return;
      }
      Object.assign(frame, { x: 0.5, y: 0.4, scale: 1 });
      zoom.value = 1;
      // The smallest picture a card accepts is 300 by 400: no closer than that.
      const widest = Math.min(frame.image.width, frame.image.height * RATIO);
      zoom.max = Math.max(1, Math.min(4, widest / 300)).toFixed(2);
      stage.hidden = false;
      draw();
    }

    function stop() {
      if (video.srcObject) video.srcObject.getTracks().forEach((track) => track.stop());
      video.srcObject = null;
      video.hidden = true;
      shoot.hidden = true;
      shoot.disabled = true;
      open.hidden = false;
    }

    async function openCamera() {
      // The camera of a cheap telephone takes its time, and is tapped again.
      if (open.disabled) return;
      open.disabled = true;
      say("");
      try {
        video.srcObject = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } },
        });
      } catch {
        say(root.dataset.noCamera);
        return;
      } finally {
        open.disabled = false;
      }
      video.hidden = false;
      shoot.hidden = false;
      open.hidden = true;
    }

    function takePicture() {
      const picture = document.createElement("canvas");
      picture.width = video.videoWidth;
      picture.height = video.videoHeight;
      picture.getContext("2d").drawImage(video, 0, 0);
      stop();
      picture.toBlob((blob) => {
        const files = new DataTransfer();
        files.items.add(new File([blob], "camera.jpg", { type: "image/jpeg" }));
        input.files = files.files;
        // As if it had been chosen: the page sends it to the draft.
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }, "image/jpeg", 0.95);
    }

    input.addEventListener("change", () => (input.files.length ? show(input.files[0]) : (stage.hidden = true)));
    // The picture is checked again as it is framed now.
    const framed = () => input.dispatchEvent(new Event("framed"));
    zoom.addEventListener("input", () => {
      frame.scale = Number(zoom.value);
      draw();
      framed();
    });
    shoot.addEventListener("click", takePicture);
    // Before the first picture arrives there is nothing to take.
    video.addEventListener("loadeddata", () => {
      shoot.disabled = false;
      shoot.focus();
    });
    if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) {
      open.hidden = false;
      open.addEventListener("click", openCamera);
    }

    const STEPS = { ArrowLeft: [-0.05, 0], ArrowRight: [0.05, 0], ArrowUp: [0, -0.05], ArrowDown: [0, 0.05] };
    canvas.addEventListener("keydown", (event) => {
      if (!STEPS[event.key]) return;
      event.preventDefault();
      move(...STEPS[event.key]);
      framed();
    });
    canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      move(-event.movementX / canvas.clientWidth, -event.movementY / canvas.clientHeight);
    });
    canvas.addEventListener("pointerup", framed);
    window.addEventListener("pagehide", stop);
  }

  document.querySelectorAll("[data-photograph]").forEach(start);
})();
