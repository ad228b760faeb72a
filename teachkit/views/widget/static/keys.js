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
    const action = this.#move(event, key) ?? this.#actions(key)[event.key];
    action?.();
    return Boolean(action);
  }

  /** What an arrow does: go on along the wires, to the side, or move the drawing. */
  #move(event, key) {
    const { canvas, selection, neighbours } = this.explorer;
    if (event.shiftKey && MOVES[event.key]) return () => canvas.viewport.pan(...MOVES[event.key]);
    const turned = Object.keys(TURNED).find((name) => canvas.turned && TURNED[name] === event.key);
    const arrow = turned ?? event.key;
    if (arrow in ALONG) return () => selection.go(neighbours.next(key, ALONG[arrow]));
    if (arrow in BESIDE) return () => selection.go(neighbours.beside(key, BESIDE[arrow], canvas.turned));
    return undefined;
  }

  #actions(key) {
    const { explorer } = this;
    const { canvas: { viewport, whole }, neighbours: { boxes }, selection } = explorer;
    const select = () => explorer.select(key, { byUser: true, focus: true });
    return {
      Enter: select, " ": () => (explorer.groups.has(key) ? this.#toggle(key) : select()),
      Home: () => selection.go(boxes[0].key), End: () => selection.go(boxes[boxes.length - 1].key),
      "+": () => viewport.zoomIn(), "=": () => viewport.zoomIn(), "-": () => viewport.zoomOut(),
      0: () => viewport.fit(whole), "/": () => explorer.search.input.focus(),
    };
  }

  #toggle(key) {
    this.explorer.toggle(key);
    this.explorer.selection.go(key);
  }
}
