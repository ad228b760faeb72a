import { button, element } from "./dom.js";
import { download, pngOf, standaloneSvg } from "./pictures.js";

const KEYS = [
  ["arrows", "go along the wires, and to the side"], ["Enter", "select"], ["Space", "open or close a group"],
  ["+ −", "zoom"], ["0", "show all"], ["Shift + arrows", "move the drawing"], ["/", "search"], ["Escape", "clear, then leave"],
  ["Ctrl + wheel", "zoom at the pointer"],
];

/** What one can take away from a view: its code and its picture. */
export class Menu {
  /**
   * @param {import("./canvas.js").Canvas} canvas
   * @param {{tell: (text: string) => void, show: (...parts: Node[]) => void}} actions
   */
  constructor(canvas, actions) {
    this.canvas = canvas;
    this.actions = actions;
    this.list = element("div", { class: "tkw-menu-list", "ontkw-key": (event) => this.#key(event) });
    this.list.hidden = true;
    this.opener = button("Menu", "", () => this.toggle(this.list.hidden), { "aria-expanded": "false" });
    this.element = element("span", { class: "tkw-menu", onfocusout: (event) => this.#left(event) }, this.opener, this.list);
    this.extra = [];
  }

  renew() {
    const { code } = this.canvas.data;
    this.list.replaceChildren(
      ...(code ? [this.#entry("Copy as code", () => this.#copy(code, "Code"))] : []),
      this.#entry("Copy as SVG", () => this.#copy(standaloneSvg(this.canvas), "SVG")),
      this.#entry("Copy as PNG", () => this.#copyPng()),
      this.#entry("Save as SVG", () => this.#save("svg")),
      this.#entry("Save as PNG", () => this.#save("png")),
      ...this.extra.map(([text, action]) => this.#entry(text, action)),
      this.#entry("Keyboard", () => this.#help()),
    );
  }

  toggle(shown) {
    this.list.hidden = !shown;
    this.opener.setAttribute("aria-expanded", String(shown));
    if (shown) this.list.querySelector("button").focus();
  }

  #entry(text, action) {
    return button(text, "", async () => {
      this.toggle(false);
      this.opener.focus();
      await action();
    });
  }

  #key(event) {
    const entries = [...this.list.querySelectorAll("button")];
    const at = entries.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      event.stopPropagation();
      entries[(at + step + entries.length) % entries.length].focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.toggle(false);
      this.opener.focus();
    }
  }

  #left(event) {
    if (!this.element.contains(event.relatedTarget)) this.toggle(false);
  }

  async #copy(text, what) {
    try {
      await navigator.clipboard.writeText(text);
      this.actions.tell(`${what} copied.`);
    } catch {
      this.#offer(text, what);
    }
  }

  /** Where a page may not copy, a person can. */
  #offer(text, what) {
    const field = element("textarea", { readonly: true, rows: "12", "aria-label": what });
    field.value = text;
    this.actions.show(element("p", {}, "This page may not copy. Press Ctrl+C:"), field);
    field.select();
  }

  async #copyPng() {
    try {
      const png = pngOf(standaloneSvg(this.canvas)).then((blob) => blob ?? Promise.reject(new Error("too large")));
      await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
      this.actions.tell("PNG copied.");
    } catch {
      this.actions.tell("No picture was copied. Save as SVG works for any drawing.");
    }
  }

  async #save(ending) {
    const text = standaloneSvg(this.canvas);
    const blob = ending === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await pngOf(text).catch(() => null);
    const name = this.canvas.data.name.replace(/[^\p{L}\p{N}_-]+/gu, "_") || "model";
    if (blob) download(blob, `${name}.${ending}`);
    this.actions.tell(blob ? `${name}.${ending} saved.` : "This browser cannot paint so large a picture; Save as SVG works.");
  }

  #help() {
    const rows = KEYS.flatMap(([keys, what]) => [element("dt", {}, keys), element("dd", {}, what)]);
    this.actions.show(element("p", { class: "tkw-name" }, element("strong", {}, "Keyboard")), element("dl", {}, ...rows));
  }
}
