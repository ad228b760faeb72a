import { cardLinks } from "./card_links.js";
import { button, element, ownKeys } from "./dom.js";
import { ordering } from "./ordering.js";
import { predictions } from "./predictions.js";

const BUTTONS = [["Check", "check"], ["Hint", "hint"], ["Solution", "solution"]];
const PLACES = ["feedback", "hints", "solution"];

/** The buttons. They wait until somebody answers: a page without a kernel has none. */
function buttonsOf(model, calls, tell) {
  const press = (event) => () => {
    if (bar.getAttribute("aria-busy") === "true") return;
    bar.setAttribute("aria-busy", "true");
    if (event === "check") tell("Checking …", true);
    model.send({ event });
  };
  const bar = element("div", { class: "tkx-buttons", role: "group", "aria-label": "What to do next" },
    ...BUTTONS.map(([text, event]) => button(text, "", press(event), { class: `tkx-do-${event}` })));
  const codes = calls.map((call) => element("code", {}, call));
  const without = element("p", { class: "tkx-without" }, "In a notebook that runs, this goes on: ", ...codes.flatMap((code) => [code, " "]));
  bar.hidden = true;
  const said = ({ event }) => {
    if (event === "live") [bar.hidden, without.hidden] = [false, true];
    if (event === "done") bar.removeAttribute("aria-busy");
  };
  model.on("msg:custom", said);
  return { parts: [bar, without], end: () => model.off("msg:custom", said) };
}

/** A place that shows a trait with HTML, which Python has made and escaped. */
function placeOf(model, trait) {
  const place = element("div", { class: `tkx-${trait}` });
  const draw = () => {
    place.innerHTML = model.get(trait);
    place.hidden = !place.innerHTML;
  };
  model.on(`change:${trait}`, draw);
  draw();
  return { parts: [place], end: () => model.off(`change:${trait}`, draw) };
}

/** One line that screen readers follow. It is seen where nothing else shows the same. */
function lineOf(model) {
  const line = element("p", { class: "tkx-told", role: "status" });
  const tell = (text, isSeen = false) => {
    line.classList.toggle("tkx-aloud", !isSeen);
    line.textContent = text;
  };
  const done = ({ event }) => {
    if (event !== "done") return;
    const problem = model.get("problem");
    tell(problem || model.get("told"), Boolean(problem));
  };
  tell(model.get("problem"), true);
  model.on("msg:custom", done);
  return { parts: [line], tell, end: () => model.off("msg:custom", done) };
}

function fieldsOf(model, content, tell) {
  if (content.blocks.length) return ordering(model, content.blocks, tell);
  if (content.questions.length) return predictions(model, content.questions);
  return { parts: [], end: () => {} };
}

function render({ model, el }) {
  const content = model.get("content");
  const task = element("div", { class: "tkx-task" });
  task.innerHTML = content.task;
  const line = lineOf(model);
  const fields = fieldsOf(model, content, line.tell);
  const buttons = buttonsOf(model, content.calls, line.tell);
  const places = PLACES.map((trait) => placeOf(model, trait));
  const all = [fields, buttons, line, ...places];
  const root = element("div", { class: "tkw tkx", role: "group", "aria-label": `Exercise: ${content.title}` },
    element("p", { class: "tkx-title" }, element("strong", {}, content.title), ` ${content.about}`),
    task, ...all.flatMap(({ parts }) => parts));
  el.append(root);
  const ends = [ownKeys(root), cardLinks(root)];
  model.send({ event: "hello" });
  return () => {
    for (const end of ends) end();
    for (const { end } of all) end();
  };
}

export default { render };
