// The gallery's behaviour: filters, the way from one drifted step to the next, ways to compare, theme, keys.
"use strict";
const root = document.documentElement;

// A browser may refuse to keep things for files; then they last as long as the page.
const kept = {
  get: (name) => { try { return localStorage.getItem(`walkthrough-${name}`); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(`walkthrough-${name}`, value); } catch { /* not kept */ } },
};
const THEMES = { "": "System", light: "Light", dark: "Dark" };
const MODES = ["side", "wipe", "overlay", "difference"];

// Before anything is drawn, so that nothing flashes or jumps.
if (["light", "dark"].includes(kept.get("theme"))) root.dataset.theme = kept.get("theme");
if (MODES.includes(kept.get("mode"))) root.dataset.mode = kept.get("mode");

document.addEventListener("DOMContentLoaded", () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const steps = all(".step");
  const chips = all(".chip");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let current = null;

  const setTheme = (theme) => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    one("theme-name").textContent = THEMES[theme];
    one("theme").setAttribute("aria-label", `Theme: ${THEMES[theme]}`);
    kept.set("theme", theme);
  };
  const nextTheme = () => {
    const names = Object.keys(THEMES);
    setTheme(names[(names.indexOf(root.dataset.theme || "") + 1) % names.length]);
  };

  // What a reader looks at stays where it is, though the pictures above it change their height.
  const keepingPlace = (change) => {
    const anchor = current || steps.find((step) => step.getBoundingClientRect().bottom > 120);
    const top = anchor?.getBoundingClientRect().top;
    change();
    if (!anchor || window.scrollY === 0) return;
    window.scrollBy({ top: anchor.getBoundingClientRect().top - top, behavior: "instant" });
  };
  const setMode = (mode) => {
    root.dataset.mode = mode;
    for (const button of all(".modes button")) button.setAttribute("aria-pressed", button.dataset.mode === mode);
    kept.set("mode", mode);
  };

  const zoom = () => {
    const pressed = root.classList.toggle("zoomed");
    for (const button of all(".zoom")) button.setAttribute("aria-pressed", String(pressed));
  };

  const inView = () => steps.filter((step) => !step.hidden);
  const worthSeeing = () => {
    const drifted = inView().filter((step) => "drifted" in step.dataset);
    return drifted.length ? drifted : inView();
  };
  const tellPosition = () => {
    const list = worthSeeing();
    const place = list.indexOf(current);
    const drifted = list.some((step) => "drifted" in step.dataset);
    const whole = drifted ? `${list.length} to look at` : list.length === 1 ? "1 step" : `${list.length} steps`;
    one("position").textContent = place < 0 ? whole : `${place + 1} of ${list.length}`;
  };
  const setCurrent = (step) => {
    current?.classList.remove("current");
    current = step;
    current?.classList.add("current");
    tellPosition();
  };
  const go = (by) => {
    const list = worthSeeing();
    if (!list.length) return;
    const place = list.indexOf(current);
    const next = place < 0 ? (by > 0 ? 0 : list.length - 1) : (place + by + list.length) % list.length;
    setCurrent(list[next]);
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "start", behavior: calm.matches ? "instant" : "smooth" });
  };

  const filter = () => {
    const wanted = chips.filter((chip) => chip.dataset.filter && chip.getAttribute("aria-pressed") === "true")
      .map((chip) => chip.dataset.filter);
    for (const step of steps) step.hidden = wanted.length > 0 && !wanted.includes(step.dataset.verdict);
    for (const part of all(".walkthrough, .page:not([data-always])"))
      part.hidden = wanted.length > 0 && !part.querySelector(".step:not([hidden])");
    one("nothing").hidden = inView().length > 0;
    chips[0]?.setAttribute("aria-pressed", String(!wanted.length));
    if (current?.hidden) setCurrent(null); else tellPosition();
  };
  const press = (chip) => {
    if (!chip) return;
    if (chip.dataset.filter) chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    else for (const other of chips) other.setAttribute("aria-pressed", "false");
    filter();
  };

  const openHelp = () => { if (!one("help").open) one("help").showModal(); };
  const keys = {
    j: () => go(1), k: () => go(-1), t: nextTheme, "?": openHelp,
    s: () => keepingPlace(() => setMode("side")), w: () => keepingPlace(() => setMode("wipe")),
    o: () => keepingPlace(() => setMode("overlay")), d: () => keepingPlace(() => setMode("difference")),
    z: zoom, m: () => root.classList.toggle("unmarked"),
  };

  for (const chip of chips) chip.addEventListener("click", () => press(chip));
  for (const button of all(".modes button"))
    button.addEventListener("click", () => keepingPlace(() => setMode(button.dataset.mode)));
  for (const button of all(".zoom")) button.addEventListener("click", zoom);
  for (const slide of all(".slide input"))
    slide.addEventListener("input", () => slide.closest(".stage").style.setProperty("--at", `${slide.value}%`));
  for (const step of steps) step.addEventListener("focusin", () => { if (step !== current) setCurrent(step); });
  one("theme").addEventListener("click", nextTheme);
  one("help-open").addEventListener("click", openHelp);
  one("help").addEventListener("click", (event) => { if (event.target === one("help")) one("help").close(); });
  one("previous")?.addEventListener("click", () => go(-1));
  one("next")?.addEventListener("click", () => go(1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || one("help").open) return;
    const act = keys[event.key] || (/^\d$/.test(event.key) && chips[event.key] && (() => press(chips[event.key])));
    if (!act) return;
    event.preventDefault();
    act();
  });

  setTheme(root.dataset.theme || "");
  setMode(root.dataset.mode);
  if (steps.length && chips.length) tellPosition();
});
