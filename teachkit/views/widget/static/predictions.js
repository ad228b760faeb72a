import { element, uniqueId } from "./dom.js";

const SHAPES = { number: "a number", shape: "such as (None, 8)", text: "a word" };

/**
 * Questions with fields for what one believes.
 * @param {{id: string, text: string, kind: string, options: string[], optional: boolean}[]} questions
 */
export function predictions(model, questions) {
  const fields = questions.map((question) => fieldOf(question, (value) => {
    const given = { ...model.get("predictions"), [question.id]: value };
    model.set("predictions", given);
    model.save_changes();
  }));
  const draw = () => {
    const given = model.get("predictions");
    questions.forEach((question, k) => fields[k].show(given[question.id]));
  };
  model.on("change:predictions", draw);
  draw();
  const root = element("div", { class: "tkx-questions" }, ...fields.map(({ part }) => part));
  return { parts: [root], end: () => model.off("change:predictions", draw) };
}

function fieldOf(question, save) {
  return question.options.length ? choiceOf(question, save) : inputOf(question, save);
}

/** The words of a question, in HTML that Python has made and escaped. */
function wordsOf(question, tag, attributes) {
  const words = element(tag, attributes);
  words.innerHTML = question.text;
  words.append(" ", element("small", {}, question.optional ? `(${question.id}, optional)` : `(${question.id})`));
  return words;
}

function inputOf(question, save) {
  const id = uniqueId("answer");
  const input = element("input", { type: "text", id, autocomplete: "off", spellcheck: "false", placeholder: SHAPES[question.kind] ?? "" });
  input.addEventListener("input", () => save(input.value));
  const show = (value) => {
    const text = String(value ?? "");
    if (input.value !== text) input.value = text;
  };
  return { part: element("div", { class: "tkx-question" }, wordsOf(question, "label", { for: id }), input), show };
}

function choiceOf(question, save) {
  const several = question.kind === "choices";
  const name = uniqueId("choice");
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const inputs = question.options.map((value) => element("input", { type: several ? "checkbox" : "radio", name, value }));
  const labels = inputs.map((input) => element("label", {}, input, ` ${input.value}`));
  const part = element("fieldset", { class: "tkx-question" }, wordsOf(question, "legend"), ...labels);
  part.addEventListener("change", () => save(several ? chosen() : chosen()[0]));
  const show = (value) => {
    const now = [value ?? []].flat();
    for (const input of inputs) input.checked = now.includes(input.value);
  };
  return { part, show };
}
