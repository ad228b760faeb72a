const ALONG = { ArrowDown: true, ArrowUp: false };
const BESIDE = { ArrowLeft: -1, ArrowRight: 1 };
const TURNED = { ArrowDown: "ArrowRight", ArrowUp: "ArrowLeft", ArrowLeft: "ArrowUp", ArrowRight: "ArrowDown" };
const MOVES = { ArrowDown: [0, -80], ArrowUp: [0, 80], ArrowLeft: [80, 0], ArrowRight: [-80, 0] };

/** The keyboard. Jupyter binds bare letters to commands on cells: they end here. */
export class Keys {
  /** @param {import("./explorer.js").Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
    explorer.element.addEventListener("keydown", (event) => this.#down(event));
  }

  #down(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && event.key !== "Escape") event.stopPropagation();
    const box = event.target.closest?.("[role=option]");
    if (!plain) return;
    const done = event.key === "Escape" ? this.#escape(event) : box && this.#onBox(event, box.dataset.key);
    if (done) event.preventDefault();
  }

  #escape(event) {
    if (!this.explorer.selected) return false;
    event.stopPropagation();
    this.explorer.select("", { byUser: true });
    return true;
  }

  #onBox(event, key) {
    const { explorer } = this;
    const { viewport, turned, whole } = explorer.canvas;
    if (event.shiftKey && MOVES[event.key]) return this.#did(viewport.pan(...MOVES[event.key]));
    const arrow = turned ? Object.keys(TURNED).find((name) => TURNED[name] === event.key) ?? event.key : event.key;
    if (arrow in ALONG) return this.#did(explorer.go(explorer.neighbours.next(key, ALONG[arrow])));
    if (arrow in BESIDE) return this.#did(explorer.go(explorer.neighbours.beside(key, BESIDE[arrow], turned)));
    const boxes = explorer.neighbours.boxes;
    const actions = {
      Enter: () => explorer.select(key, { byUser: true, focus: true }),
      " ": () => (explorer.groups.has(key) ? this.#toggle(key) : explorer.select(key, { byUser: true, focus: true })),
      Home: () => explorer.go(boxes[0].key), End: () => explorer.go(boxes[boxes.length - 1].key),
      "+": () => viewport.zoom(1.25), "=": () => viewport.zoom(1.25), "-": () => viewport.zoom(1 / 1.25),
      0: () => viewport.fit(whole), "/": () => explorer.search.input.focus(),
    };
    return actions[event.key] ? this.#did(actions[event.key]()) : false;
  }

  #toggle(key) {
    this.explorer.toggle(key);
    this.explorer.go(key);
  }

  #did() {
    return true;
  }
}
