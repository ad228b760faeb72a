const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an HTML element.
 * @param {string} tag
 * @param {Record<string, any>} attributes texts; functions are listeners: `onclick`
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Make an element of SVG. */
export function svgElement(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** Make a button that says what it does; `label` is read where `text` is a sign. */
export function button(text, label, onclick, attributes = {}) {
  const named = label && label !== text ? { "aria-label": label, title: label } : {};
  return element("button", { type: "button", ...named, onclick, ...attributes }, text);
}

/** Make an element with HTML that Python has made and escaped. */
export function htmlElement(tag, attributes, html) {
  const made = element(tag, attributes);
  made.innerHTML = html;
  return made;
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** Return a name that no other view on the page has. Each view has its own copy of
 * this module, so the count lives on the page. */
export function uniqueId(word) {
  const counts = (globalThis[Symbol.for("teachkit")] ??= { last: 0 });
  counts.last += 1;
  return `tkw-${word}-${counts.last}`;
}

/** Tell whether a person wants to see little movement. */
export function wantsCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

const heardBefore = new WeakSet();

/**
 * Keep the keys that are pressed inside an element from the page around it.
 *
 * Notebooks bind bare letters to commands on cells, some of them before the event has
 * come down to us. So it ends at the window, and goes on inside as an event of ours,
 * `tkw-key`. What is pressed with Ctrl, Alt or Meta belongs to the page, and Escape too
 * unless it is used.
 * @param {HTMLElement} root
 * @returns {() => void} ends it
 */
export function ownKeys(root) {
  const hear = (event) => {
    const path = event.composedPath();
    if (!path.includes(root) || heardBefore.has(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    heardBefore.add(event);
    if (event.key !== "Escape") event.stopImmediatePropagation();
    const own = new KeyboardEvent("tkw-key", { key: event.key, shiftKey: event.shiftKey, bubbles: true, cancelable: true });
    if (path[0].dispatchEvent(own)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", hear, true);
  return () => window.removeEventListener("keydown", hear, true);
}
