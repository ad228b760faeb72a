import { touches } from "./rectangles.js";

const DWELL = 150;

/** Which calls pair: what is touched on one side lights up its partner on the other. */
export class Partners {
  /**
   * @param {import("./explorer.js").Explorer[]} explorers
   * @param {import("./together.js").Together} together
   */
  constructor(explorers, together) {
    this.explorers = explorers;
    this.together = together;
    this.found = [new Map(), new Map()];
    explorers.forEach((one, side) => this.#listen(one.stage.element, side));
  }

  setPairs(pairs) {
    this.found = [new Map(pairs), new Map(pairs.map(([left, right]) => [right, left]))];
  }

  /** The call on the other side; empty if there is none. */
  of(side, path) {
    return this.found[side].get(path) ?? "";
  }

  /** The box of a call, or the closed group that stands for it. */
  place(side, path) {
    const [key] = this.explorers[side].selection.seen([path]);
    return this.explorers[side].canvas.places.get(key);
  }

  /** Lay a call and one of the other side beside each other. */
  align(side, path, partner) {
    const [one, other] = [this.place(side, path), this.place(1 - side, partner)];
    if (this.together.on && one && other) this.together.align(...(side ? [other, one] : [one, other]));
  }

  end() {
    clearTimeout(this.waiting);
  }

  #listen(stage, side) {
    stage.addEventListener("pointerover", (event) => {
      const key = keyOf(event);
      this.#light(side, key);
      // Who only crosses a drawing does not want the other one to jump.
      if (key && !event.buttons) this.waiting = setTimeout(() => this.#show(side, key), DWELL);
    });
    stage.addEventListener("focusin", (event) => {
      const key = keyOf(event);
      this.#light(side, key);
      if (key) this.#show(side, key);
    });
    for (const end of ["pointerleave", "focusout"]) stage.addEventListener(end, () => this.#light(side, ""));
  }

  #light(side, key) {
    this.end();
    const partner = this.of(side, key);
    const place = partner && this.place(1 - side, partner);
    this.explorers[1 - side]?.canvas.mark("tkw-partner", place ? [place.key] : []);
  }

  /** Bring what pairs with a call into sight. */
  #show(side, key) {
    const partner = this.of(side, key);
    const place = partner && this.place(1 - side, partner);
    if (!place) return;
    const { viewport } = this.explorers[1 - side].canvas;
    if (touches(place, viewport.seen)) return;
    if (this.together.on) {
      this.together.lead(side);
      this.align(side, key, partner);
    } else viewport.reveal(place);
  }
}

function keyOf(event) {
  return event.target.closest("[data-key]")?.dataset.key ?? "";
}
