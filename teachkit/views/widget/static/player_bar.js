import { button, element } from "./dom.js";

const TAKES = 1400;

/**
 * What one steps with: buttons, a slider, and a clock that steps by itself.
 *
 * The clock ends with the last step, when the page is not looked at, and when the bar
 * has left the page.
 */
export class PlayerBar {
  /**
   * @param {{go: (number: number, way: string) => void, turn: (backward: boolean) => void}} actions
   *   `way` tells who asks: `hand`, `slider` or `clock`
   */
  constructor({ go, turn }) {
    this.go = go;
    this.number = 1;
    this.count = 1;
    const step = (text, label, number) => button(text, label, () => this.#byHand(number()));
    this.first = step("«", "First step", () => 1);
    this.previous = step("Previous", "Previous step", () => this.number - 1);
    this.player = button("Play", "", () => (this.playing ? this.pause() : this.play()), { class: "tkw-play" });
    this.next = step("Next", "Next step", () => this.number + 1);
    this.last = step("»", "Last step", () => this.count);
    this.slider = element("input", { type: "range", class: "tkw-slider", min: 1, step: 1, "aria-label": "Step", oninput: () => this.#slide() });
    this.counter = element("span", { class: "tkw-counter", "aria-hidden": "true" });
    this.ways = [button("Forwards", "", () => turn(false)), button("Backwards", "", () => turn(true))];
    this.switch = element("span", { class: "tkw-ways", role: "group", "aria-label": "Direction" }, ...this.ways);
    this.element = element("div", { class: "tkw-toolbar tkw-player-bar", role: "group", "aria-label": "Steps" },
      this.first, this.previous, this.player, this.next, this.last, this.slider, this.counter, this.switch);
    this.looked = () => document.hidden && this.pause();
    document.addEventListener("visibilitychange", this.looked);
  }

  get playing() {
    return this.clock !== undefined;
  }

  /** Show where the steps stand. */
  show({ number, count, title, backward, both }) {
    Object.assign(this, { number, count });
    this.slider.max = String(count);
    this.slider.value = String(number);
    this.slider.setAttribute("aria-valuetext", title);
    this.counter.textContent = `${number} / ${count}`;
    // A button that is disabled loses the keyboard: these only say that they do nothing.
    for (const one of [this.first, this.previous]) one.setAttribute("aria-disabled", String(number === 1));
    for (const one of [this.next, this.last]) one.setAttribute("aria-disabled", String(number === count));
    this.switch.hidden = !both;
    this.ways.forEach((one, k) => one.setAttribute("aria-pressed", String(backward === Boolean(k))));
  }

  /** Step by itself, from the first step if all is over. */
  play() {
    if (this.number === this.count) this.go(1, "clock");
    this.player.textContent = "Pause";
    this.clock = setTimeout(() => this.#tick(), TAKES);
  }

  pause() {
    clearTimeout(this.clock);
    this.clock = undefined;
    this.player.textContent = "Play";
  }

  destroy() {
    this.pause();
    document.removeEventListener("visibilitychange", this.looked);
  }

  #tick() {
    const goes = this.element.isConnected && this.number < this.count;
    if (goes) this.go(this.number + 1, "clock");
    if (!goes || this.number === this.count) this.pause();
    else this.clock = setTimeout(() => this.#tick(), TAKES);
  }

  #byHand(number) {
    this.pause();
    this.go(Math.min(Math.max(number, 1), this.count), "hand");
  }

  #slide() {
    this.pause();
    this.go(Number(this.slider.value), "slider");
  }
}
