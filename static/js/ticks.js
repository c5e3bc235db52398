// Lists whose lines are ticked: one box ticks all of the page, and who ticks means those ticked.
"use strict";

for (const form of document.querySelectorAll("form[data-ticks]")) {
  const boxes = [...form.querySelectorAll(".table input[type=checkbox]")];
  const offer = form.querySelector("[data-tick-all]");
  const all = offer?.querySelector("input");
  const ticked = form.querySelector("input[type=radio][value=ticked]");
  const everybody = form.querySelector("input[type=radio][value=all]");

  const told = () => {
    const count = boxes.filter((box) => box.checked).length;
    if (all) {
      all.checked = count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
    }
    if (ticked && everybody) (count ? ticked : everybody).checked = true;
  };
  if (offer && boxes.length > 1) offer.hidden = false;
  form.addEventListener("change", (event) => {
    if (event.target === all) {
      for (const box of boxes) box.checked = all.checked;
      told();
    } else if (boxes.includes(event.target)) told();
  });
}
