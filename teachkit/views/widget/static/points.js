import { button, element } from "./dom.js";

/** The reasons or differences, numbered as on the drawings: each lights up its calls. */
export class Points {
  /** @param {(number: number) => void} choose gets -1 when a point is let go */
  constructor(choose) {
    this.choose = choose;
    this.element = element("ol", { class: "tkw-points", "aria-label": "What differs", "ontkw-key": (event) => this.#key(event) });
    this.buttons = [];
    this.chosen = -1;
  }

  show(points) {
    this.buttons = points.map((point, number) => this.#button(point, number));
    this.element.replaceChildren(...this.buttons.map((one) => element("li", {}, one)));
    this.element.hidden = !points.length;
    this.press(-1);
  }

  #button({ code, text }, number) {
    const made = button(`${number + 1}. `, "", () => this.#press(number));
    made.append(element("strong", {}, code), ` ${text}`);
    return made;
  }

  /** Show which point is chosen; -1 is none. */
  press(number) {
    this.chosen = number;
    this.buttons.forEach((one, k) => one.setAttribute("aria-pressed", String(k === number)));
  }

  #press(number) {
    this.press(number === this.chosen ? -1 : number);
    this.choose(this.chosen);
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && this.buttons[this.buttons.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
