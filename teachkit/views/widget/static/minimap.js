import { element, svgElement } from "./dom.js";
import { overview } from "./shapes.js";

const WIDTH = 120;
const HEIGHT = 150;

/** A small picture of a large drawing, with the part that is in sight. */
export class Minimap {
  /** @param {import("./canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    // What moves is no part of the picture, which then need not be painted again.
    this.sight = element("div", { class: "tkw-sight" });
    this.picture = svgElement("svg", { preserveAspectRatio: "none" });
    this.element = element("div", { class: "tkw-minimap", "aria-hidden": "true" }, this.picture, this.sight);
    this.element.addEventListener("pointerdown", (event) => this.#go(event));
    this.element.addEventListener("pointermove", (event) => event.buttons && this.#go(event));
  }

  /** Draw a new drawing; a small one needs no map. */
  renew() {
    const { width, height } = this.canvas.whole;
    const zoom = Math.min(WIDTH / width, HEIGHT / height);
    this.scale = [Math.max(width * zoom, 36) / width, Math.max(height * zoom, 36) / height];
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.setAttribute("width", String(width * this.scale[0]));
    this.picture.setAttribute("height", String(height * this.scale[1]));
    this.picture.replaceChildren(...overview(this.canvas.composed));
    this.move();
  }

  move() {
    if (!this.scale) return;
    const { whole, viewport } = this.canvas;
    const { x, y, width, height } = viewport.seen;
    const hidden = whole.width < 2 * width && whole.height < 2 * height;
    this.element.classList.toggle("tkw-hidden", hidden || !this.canvas.composed.boxes.length);
    const [across, along] = this.scale;
    const gap = this.element.classList.contains("tkw-hidden") ? 0 : 10;
    viewport.corner = gap ? { width: whole.width * across + gap, height: whole.height * along + gap } : { width: 0, height: 0 };
    this.sight.style.transform = `translate(${(x * across).toFixed(1)}px,${(y * along).toFixed(1)}px)`;
    this.sight.style.width = `${(width * across).toFixed(1)}px`;
    this.sight.style.height = `${Math.max(height * along, 2).toFixed(1)}px`;
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
