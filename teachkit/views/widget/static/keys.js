import { ownKeys } from "./dom.js";

const ALONG = { ArrowDown: true, ArrowUp: false };
const BESIDE = { ArrowLeft: -1, ArrowRight: 1 };
const TURNED = { ArrowDown: "ArrowRight", ArrowUp: "ArrowLeft", ArrowLeft: "ArrowUp", ArrowRight: "ArrowDown" };
const MOVES = { ArrowDown: [0, -80], ArrowUp: [0, 80], ArrowLeft: [80, 0], ArrowRight: [-80, 0] };

/** What the keys do on a drawing. */
export class Keys {
  /** @param {import("./explorer.js").Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
    explorer.element.addEventListener("tkw-key", (event) => this.#down(event));
    this.end = ownKeys(explorer.element);
  }

  #down(event) {
    const box = event.target.closest?.("[role=option]");
    const done = event.key === "Escape" ? this.#escape() : box && this.#onBox(event, box.dataset.key);
    if (done) event.preventDefault();
  }

  #escape() {
    if (!this.explorer.selected && this.explorer.panel.element.hidden) return false;
    this.explorer.select("", { byUser: true });
    return true;
  }

  #onBox(event, key) {
    const { explorer } = this;
    const { viewport, turned, whole } = explorer.canvas;
    if (event.shiftKey && MOVES[event.key]) return this.#did(viewport.pan(...MOVES[event.key]));
    const arrow = turned ? Object.keys(TURNED).find((name) => TURNED[name] === event.key) ?? event.key : event.key;
    if (arrow in ALONG) return this.#did(explorer.selection.go(explorer.neighbours.next(key, ALONG[arrow])));
    if (arrow in BESIDE) return this.#did(explorer.selection.go(explorer.neighbours.beside(key, BESIDE[arrow], turned)));
    const boxes = explorer.neighbours.boxes;
    const actions = {
      Enter: () => explorer.select(key, { byUser: true, focus: true }),
      " ": () => (explorer.groups.has(key) ? this.#toggle(key) : explorer.select(key, { byUser: true, focus: true })),
      Home: () => explorer.selection.go(boxes[0].key), End: () => explorer.selection.go(boxes[boxes.length - 1].key),
      "+": () => viewport.zoom(1.25), "=": () => viewport.zoom(1.25), "-": () => viewport.zoom(1 / 1.25),
      0: () => viewport.fit(whole), "/": () => explorer.search.input.focus(),
    };
    return actions[event.key] ? this.#did(actions[event.key]()) : false;
  }

  #toggle(key) {
    this.explorer.toggle(key);
    this.explorer.selection.go(key);
  }

  #did() {
    return true;
  }
}
