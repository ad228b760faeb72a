import { button, element } from "./dom.js";

/** Tells of what is selected. What is told was prepared, so it is there at once. */
export class Panel {
  /**
   * @param {{select: (name: string) => void, toggle: (key: string) => void,
   *   compute: (path: string) => void, close: () => void, left: () => void}} actions
   *   `left`: the panel is gone in which the keyboard was
   */
  constructor(actions) {
    this.actions = actions;
    this.body = element("div", { class: "tkw-panel-body" });
    this.element = element("div", { class: "tkw-panel", role: "group", "aria-label": "Details", tabindex: "0" },
      button("×", "Close details", () => actions.close(), { class: "tkw-close" }), this.body);
    this.element.hidden = true;
    this.scrolled = false;
    this.element.addEventListener("scroll", () => { this.scrolled = true; });
  }

  hide() {
    const held = this.#holdsFocus();
    this.element.hidden = true;
    this.body.replaceChildren();
    if (held) this.actions.left();
  }

  show(...parts) {
    const held = this.#holdsFocus();
    this.body.replaceChildren(...parts);
    this.element.hidden = false;
    // Asking for a place costs a layout: only if somebody has moved it.
    if (this.scrolled) this.element.scrollTop = 0;
    this.scrolled = false;
    if (held) this.element.focus({ preventScroll: true });
  }

  #holdsFocus() {
    return this.element.contains(this.element.getRootNode().activeElement);
  }

  /** Tell of a call: its facts, what shares its weights, what it reads and feeds. */
  showCall({ placed, html, mates, incoming, outgoing, live, tip }) {
    const { data, key, open } = placed;
    const [title, kind] = [data.path ?? key, data.label.split(", ")[1] ?? ""];
    const parts = [element("p", { class: "tkw-name" }, element("strong", {}, title), ` ${kind}`)];
    if (tip) parts.push(element("p", { class: "tkw-tip-text" }, tip));
    if (data.inside) {
      parts.push(button(open ? "Close this group" : "Open this group", "", () => this.actions.toggle(key)));
    }
    const facts = element("div", { class: "tkw-facts" });
    facts.innerHTML = html ?? "";
    // What is too wide can be scrolled: with the keyboard as well.
    for (const wide of facts.querySelectorAll("dd:has(> math)")) wide.tabIndex = 0;
    this.#offerCheck(facts, key, live);
    parts.push(facts);
    if (mates.length) parts.push(this.#links("One set of weights with", mates.map((name) => [name, name])));
    if (incoming.length) parts.push(this.#links("Reads", incoming));
    if (outgoing.length) parts.push(this.#links("Is read by", outgoing));
    this.show(...parts);
  }

  /** Tell of a tensor on its way. */
  showEdge(data) {
    const facts = element("dl");
    const output = data.output ? ` (output ${data.index})` : "";
    const rows = [["from", this.#link(data.from, data.from), output], ["to", this.#link(data.to, data.to)],
      ["port", data.port], ["shape", data.shape]];
    for (const [title, ...value] of rows) facts.append(element("dt", {}, title), element("dd", {}, ...value));
    this.show(element("p", { class: "tkw-name" }, element("strong", {}, "Tensor")), facts);
  }

  #offerCheck(facts, key, live) {
    for (const place of facts.querySelectorAll(".tkw-unchecked")) {
      place.textContent = "The check in NumPy was not run in advance.";
      if (live) place.append(" ", button("Run it now", "", () => this.actions.compute(key)));
    }
  }

  #links(title, entries) {
    const list = element("ul", {}, ...entries.map(([name, text]) => element("li", {}, this.#link(name, text))));
    return element("div", { class: "tkw-links" }, element("p", {}, title), list);
  }

  #link(name, text) {
    return button(text, "", () => this.actions.select(name), { class: "tkw-link" });
  }
}
