import { cardLinks } from "./card_links.js";
import { button, element, htmlElement, ownKeys, uniqueId } from "./dom.js";
import { revealed } from "./reveal.js";

const SAID = "teachkit-said";

/** Tell all views of a question on this page what was said. A reveal is a widget of its
 * own, and a page without a kernel has nobody else who could tell it. */
function tellPage(id, said) {
  document.dispatchEvent(new CustomEvent(SAID, { detail: { id, said } }));
}

function hearPage(model, id) {
  const hear = ({ detail }) => {
    if (detail?.id !== id || detail.said === model.get("said")) return;
    model.set("said", detail.said);
    model.save_changes();
  };
  document.addEventListener(SAID, hear);
  return () => document.removeEventListener(SAID, hear);
}

/** Return the number that somebody has typed, or NaN. */
function numberIn(text) {
  const plain = text.replaceAll(/[\s,_]/g, "");
  return plain ? Number(plain) : NaN;
}

/** The options as one group: the arrows move, and only one is chosen. */
function choice(content, words) {
  const name = uniqueId("option");
  const inputs = content.options.map(({ say }) => element("input", { type: "radio", name, value: say }));
  const labels = content.options.map((option, k) =>
    element("label", {}, inputs[k], element("span", { class: "tkq-letter" }, `(${option.letter})`), htmlElement("span", {}, option.html)));
  const group = element("div", { role: "radiogroup", "aria-labelledby": words.id, class: "tkq-options" }, ...labels);
  return {
    part: group,
    inputs,
    value: () => inputs.find((input) => input.checked)?.value ?? "",
    show: (said) => inputs.forEach((input) => { input.checked = input.value === said; }),
    missing: "Choose one of the options first, or say that you have no idea yet.",
  };
}

/** A field for a number or a sentence. */
function field(content, words) {
  const isNumber = content.entry === "number";
  const id = uniqueId("field");
  const input = isNumber
    ? element("input", { type: "text", inputmode: "decimal", id, autocomplete: "off", "aria-describedby": words.id })
    : element("textarea", { id, rows: "2", "aria-describedby": words.id });
  const part = element("div", { class: "tkq-field" }, element("label", { for: id }, content.field), input);
  return {
    part,
    inputs: [input],
    value: () => input.value.trim(),
    show: (said) => { input.value = said === content.noIdea ? "" : said; },
    missing: isNumber ? "Write a number in digits first, such as 4225, or say that you have no idea yet." : "Write something first, or say that you have no idea yet.",
    refuses: (value) => isNumber && !Number.isFinite(numberIn(value)),
  };
}

/** What the learner answers with. */
function asked(model, content, line) {
  const words = htmlElement("div", { class: "tkq-ask", id: uniqueId("ask") }, content.ask);
  const entry = content.entry === "choice" ? choice(content, words) : field(content, words);
  const say = (said) => {
    model.set("said", said);
    model.save_changes();
    model.send({ event: said ? "commit" : "again", said });
    tellPage(content.id, said);
    (said ? again : entry.inputs[0]).focus();
  };
  const commit = (event) => {
    event.preventDefault();
    const value = entry.value();
    if (!value || entry.refuses?.(value)) {
      line.textContent = entry.missing;
      return;
    }
    say(value);
  };
  const send = element("button", { type: "submit", class: "tkq-commit" }, "Commit");
  const none = button("No idea yet", "", () => say(content.noIdea));
  const again = button("Answer again", "", () => say(""));
  const bar = element("div", { class: "tkq-buttons" }, send, none, again);
  const form = element("form", { onsubmit: commit }, words, entry.part, bar);
  const draw = () => {
    const said = model.get("said");
    entry.show(said);
    for (const input of entry.inputs) input.disabled = Boolean(said);
    [send.hidden, none.hidden, again.hidden] = [Boolean(said), Boolean(said), !said];
    form.classList.toggle("tkq-done", Boolean(said));
  };
  return { part: form, draw };
}

/** What stands in the place of a result until an answer is committed. */
function locked(content) {
  const go = button("Go to the question", "", () => {
    const all = [...document.querySelectorAll("[data-tkq]")];
    const form = all.find((one) => one.dataset.tkq === content.id)?.querySelector("form");
    if (!form) {
      words.textContent = "The question stands in the cell above: run that cell, and commit an answer there.";
      return;
    }
    form.scrollIntoView({ block: "center" });
    form.querySelector("input, textarea")?.focus();
  });
  const words = element("p", {}, "Computed. The result shows here as soon as you have committed your own answer.");
  return element("div", { class: "tkq-locked" }, words, go);
}

function statusOf(content, said) {
  if (!said) return "";
  if (content.computed && !content.isReveal) return "Committed. Now run the next cell: it computes the answer.";
  return content.isReveal ? "The result is shown." : "Committed. What is so stands below.";
}

function render({ model, el }) {
  const content = model.get("content");
  const line = element("p", { class: "tkq-line", role: "status" });
  const form = content.isReveal ? null : asked(model, content, line);
  const wait = content.isReveal ? locked(content) : null;
  const place = element("div", { class: "tkq-reveal" });
  const title = content.isReveal ? `${content.lead}: the result` : content.lead;
  const root = element("div", { class: "tkw tkq", role: "group", "aria-label": `${title} (${content.id})` },
    element("p", { class: "tkq-title" }, title),
    ...[form?.part, wait, line, place].filter(Boolean));
  if (form) root.dataset.tkq = content.id;
  const draw = () => {
    const said = model.get("said");
    form?.draw();
    if (wait) wait.hidden = Boolean(said);
    line.textContent = statusOf(content, said);
    line.classList.toggle("tkq-aloud", content.isReveal || !content.computed);
    place.replaceChildren(...(said && content.reveal ? revealed(content, said, numberIn) : []));
  };
  const complain = () => {
    if (!model.get("problem")) return;
    line.classList.remove("tkq-aloud");
    line.textContent = model.get("problem");
  };
  model.on("change:said", draw);
  model.on("change:problem", complain);
  const deaf = hearPage(model, content.id);
  draw();
  el.append(root);
  const ends = [ownKeys(root), cardLinks(root)];
  model.send({ event: "hello" });
  return () => {
    for (const end of ends) end();
    deaf();
    model.off("change:said", draw);
    model.off("change:problem", complain);
  };
}

export default { render };
