/** The sizes of a model and what was changed: one region that a screen reader follows. */

function line(tag, kind, ...children) {
  const made = document.createElement(tag);
  made.className = kind;
  made.append(...children);
  return made;
}

function sizes(facts) {
  return facts.map(({ name, now, before, ratio }) => {
    const parts = before ? [before, " → ", line("b", "", now), ` (${ratio})`] : [line("b", "", now)];
    return line("span", before ? "tkp-fact tkp-moved" : "tkp-fact", `${name} `, ...parts);
  });
}

/** The handles of sliders have no names of their own: they get those of their labels. */
function nameHandles(box) {
  for (const slider of box?.querySelectorAll(".widget-slider") ?? []) {
    const label = slider.querySelector(".widget-label")?.textContent;
    for (const handle of slider.querySelectorAll(".noUi-handle")) {
      if (label && !handle.hasAttribute("aria-label")) handle.setAttribute("aria-label", label);
    }
  }
}

function render({ model, el }) {
  const status = line("div", "tkp-status");
  status.setAttribute("role", "status");
  const printed = document.createElement("details");
  const text = line("pre", "");
  printed.append(line("summary", "", "Printed while building"), text);
  el.classList.add("tkp");
  el.append(status, printed);
  const draw = () => {
    const { facts, lines } = model.get("content");
    const told = lines.map((one) => line("p", "", one));
    status.replaceChildren(line("p", "tkp-facts", ...sizes(facts)), ...told);
    text.textContent = model.get("printed");
    printed.hidden = !model.get("printed");
  };
  const events = ["change:content", "change:printed"];
  for (const event of events) model.on(event, draw);
  draw();
  // Sliders of the same box appear one by one, before or after this.
  const watch = new MutationObserver(() => nameHandles(el.closest(".tkp-play")));
  const started = requestAnimationFrame(() => {
    const box = el.closest(".tkp-play");
    if (box) watch.observe(box, { childList: true, subtree: true });
    nameHandles(box);
  });
  return () => {
    for (const event of events) model.off(event, draw);
    cancelAnimationFrame(started);
    watch.disconnect();
  };
}

export default { render };
