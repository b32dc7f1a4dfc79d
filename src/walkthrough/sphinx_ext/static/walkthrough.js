// A label in a step lights up its place in the step's picture while the reader points at it, taps it or tabs to it.
for (const step of document.querySelectorAll(".walkthrough li")) {
  const boxes = [...step.querySelectorAll(".walkthrough-box")];
  for (const action of step.querySelectorAll(".walkthrough-action")) {
    const own = boxes.filter((box) => box.dataset.label === action.textContent.trim());
    if (!own.length) continue;
    const light = (on) => () => {
      [action, ...own].forEach((each) => each.classList.toggle("lit", on));
      step.classList.toggle("walkthrough-pointing", on);
    };
    action.tabIndex = 0;
    for (const event of ["pointerenter", "focus"]) action.addEventListener(event, light(true));
    for (const event of ["pointerleave", "blur"]) action.addEventListener(event, light(false));
  }
}
