// The agenda put in order by dragging. Without this the arrows beside each item do the same.
"use strict";

for (const form of document.querySelectorAll("form[data-arrange]")) {
  const list = form.querySelector("ol");
  let dragged = null;
  const before = order();

  for (const handle of list.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    const item = handle.closest("li");
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      dragged = item;
      item.classList.add("dragged");
    });
  }
  // On the whole page: an item that changes its place would lose the pointer.
  document.addEventListener("pointermove", (event) => {
    if (dragged) place(event.clientY);
  });
  document.addEventListener("pointerup", () => drop(true));
  document.addEventListener("pointercancel", () => drop(false));

  function place(y) {
    const others = [...list.children].filter((one) => one !== dragged);
    const next = others.find((one) => {
      const box = one.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    list.insertBefore(dragged, next ?? null);
  }

  function drop(meant) {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    dragged = null;
    if (meant && order() !== before) form.requestSubmit();
  }

  function order() {
    return [...form.querySelectorAll("input[name=order]")].map((input) => input.value).join();
  }
}
