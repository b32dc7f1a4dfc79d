// A label in a step lights up its place in the step's picture while the reader points at it.
for (const step of document.querySelectorAll(".walkthrough li")) {
  const boxes = [...step.querySelectorAll(".walkthrough-box")];
  for (const action of step.querySelectorAll(".walkthrough-action")) {
    const own = boxes.filter((box) => box.dataset.label === action.textContent.trim());
    if (!own.length) continue;
    const light = (on) => () => [action, ...own].forEach((each) => each.classList.toggle("lit", on));
    action.addEventListener("pointerenter", light(true));
    action.addEventListener("pointerleave", light(false));
  }
}
