import { element, htmlElement } from "./dom.js";

/** Return the option that somebody has said; undefined for what is not foreseen. */
function optionOf(content, said, numberIn) {
  const { options, tolerance } = content.reveal;
  if (content.entry !== "number") return options.find((one) => one.say === said);
  const number = numberIn(said);
  const near = (value) => Math.abs(value - number) <= Math.max(tolerance, 1e-9) * Math.max(Math.abs(value), Math.abs(number));
  return options.find((one) => one.value === number || near(one.value));
}

/** What was said and what is so, side by side. */
function both(content, said, chosen) {
  const { reveal } = content;
  const own = element("dd", {}, said);
  if (chosen) own.innerHTML = content.options.find((one) => one.say === chosen.say).html;
  // What was typed stays as it was typed.
  if (content.entry !== "choice" || said === content.noIdea) own.textContent = said;
  return element("dl", { class: "tkq-both" },
    element("div", {}, element("dt", {}, "You said"), own),
    element("div", {}, element("dt", {}, reveal.name), htmlElement("dd", {}, reveal.found)));
}

function explanation(option, attributes = {}) {
  const name = htmlElement("p", { class: "tkq-option" }, option.html + (option.right ? " ✓" : ""));
  return element("div", { class: option.right ? "tkq-why tkq-right" : "tkq-why", ...attributes }, name, htmlElement("div", {}, option.why));
}

/** The explanations: of what was said and what is so first, the others folded. */
function explanations(content, said, chosen) {
  const { reveal } = content;
  const first = reveal.options.filter((one) => one === chosen || one.right);
  const others = reveal.options.filter((one) => !first.includes(one));
  const parts = first.map((one) => explanation(one));
  const isOther = content.entry === "number" && !chosen && said !== content.noIdea;
  if (isOther) parts.unshift(htmlElement("div", { class: "tkq-why" }, reveal.otherwise));
  if (others.length)
    parts.push(element("details", {}, element("summary", {}, "The other options"), ...others.map((one) => explanation(one))));
  return parts;
}

/** All that is shown once an answer is committed. */
export function revealed(content, said, numberIn) {
  const { reveal } = content;
  if (content.entry === "sentence") return [both(content, said)];
  const chosen = said === content.noIdea ? undefined : optionOf(content, said, numberIn);
  const parts = [both(content, said, chosen)];
  if (reveal.details) parts.push(element("pre", { tabindex: "0" }, reveal.details));
  if (reveal.doubt) parts.push(element("p", { class: "tkq-doubt" }, reveal.doubt));
  parts.push(...explanations(content, said, chosen));
  if (reveal.surprise && !chosen?.right) parts.push(element("p", { class: "tkq-surprise" }, reveal.surprise));
  return parts;
}
