import { svgElement } from "./dom.js";
import { overview } from "./shapes.js";

const WIDTH = 120;
const HEIGHT = 150;

/** A small picture of a large drawing, with the part that is in sight. */
export class Minimap {
  /** @param {import("./canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.frame = svgElement("rect", { class: "tkw-sight", "vector-effect": "non-scaling-stroke" });
    this.picture = svgElement("g");
    this.element = svgElement("svg", { class: "tkw-minimap", "aria-hidden": "true", preserveAspectRatio: "none" }, this.picture, this.frame);
    this.element.addEventListener("pointerdown", (event) => this.#go(event));
    this.element.addEventListener("pointermove", (event) => event.buttons && this.#go(event));
  }

  /** Draw a new drawing; a small one needs no map. */
  renew() {
    const { width, height } = this.canvas.whole;
    const zoom = Math.min(WIDTH / width, HEIGHT / height);
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.element.setAttribute("width", String(Math.max(width * zoom, 36)));
    this.element.setAttribute("height", String(Math.max(height * zoom, 36)));
    this.picture.replaceChildren(...overview(this.canvas.composed));
    this.move();
  }

  move() {
    const { whole, viewport } = this.canvas;
    const { x, y, width, height } = viewport.seen;
    const hidden = whole.width * whole.height < 2.2 * width * height && viewport.scale > 0.5;
    this.element.classList.toggle("tkw-hidden", hidden || !this.canvas.composed.boxes.length);
    for (const [name, value] of Object.entries({ x, y, width, height })) this.frame.setAttribute(name, value.toFixed(1));
  }

  #go(event) {
    event.preventDefault();
    event.stopPropagation();
    const box = this.element.getBoundingClientRect();
    const { whole, viewport } = this.canvas;
    const x = ((event.clientX - box.left) / box.width) * whole.width;
    const y = ((event.clientY - box.top) / box.height) * whole.height;
    const { width, height } = viewport.size;
    viewport.set(width / 2 - x * viewport.scale, height / 2 - y * viewport.scale);
  }
}
