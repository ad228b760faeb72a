import { element } from "./dom.js";

const HIGHEST = 800;
const LOWEST = 180;

/** A drawing is not made smaller than this unless somebody asks: it is to be read. */
const LEGIBLE = 0.65;

/** The room that a drawing has on the page: as high as it needs, and wide as it gets. */
export class Stage {
  /**
   * @param {import("./canvas.js").Canvas} canvas
   * @param {Node[]} parts what else lies on it
   * @param {{begun: () => void, resized: () => void}} actions after the first time
   *   that the stage has a size, and after each further one
   */
  constructor(canvas, parts, actions) {
    this.canvas = canvas;
    this.actions = actions;
    this.began = false;
    this.element = element("div", { class: "tkw-stage", onscroll: () => this.#scrolled() }, canvas.svg, ...parts);
    this.watcher = new ResizeObserver(() => this.measure());
    this.watcher.observe(this.element);
  }

  /** Make room for the whole drawing, as far as a page has it. */
  grow(least = this.element.clientHeight) {
    const { whole } = this.canvas;
    const zoom = Math.min(Math.max((this.element.clientWidth - 32) / whole.width, LEGIBLE), 1);
    const wanted = Math.min(Math.max(whole.height * zoom + 32, least), HIGHEST);
    this.element.style.height = `${Math.round(wanted)}px`;
  }

  /** Show all of the drawing, or its beginning if all of it could not be read. */
  fit() {
    const { clientWidth, clientHeight } = this.element;
    this.canvas.resize(clientWidth, clientHeight);
    this.canvas.viewport.fit(this.canvas.whole, LEGIBLE);
  }

  /** Take over the size that the page gives. */
  measure() {
    const { clientWidth, clientHeight } = this.element;
    if (!clientWidth || !this.canvas.data) return;
    if (this.began) {
      this.#resize(clientWidth, clientHeight);
      return;
    }
    this.began = true;
    this.grow(LOWEST);
    this.fit();
    this.actions.begun();
  }

  destroy() {
    this.watcher.disconnect();
  }

  /** What was wholly seen stays so; else its middle stays in the middle. */
  #resize(width, height) {
    const { whole, viewport } = this.canvas;
    const before = viewport.size.width;
    const shown = viewport.shows(whole);
    this.canvas.resize(width, height);
    if (before === width) return;
    if (shown) viewport.fit(whole, Math.min(LEGIBLE, viewport.scale * width / before), viewport.scale);
    else viewport.pan((width - before) / 2, 0);
    this.actions.resized();
  }

  /** A browser scrolls to what it is asked to show: that moves the drawing. */
  #scrolled() {
    const { scrollLeft, scrollTop } = this.element;
    if (!scrollLeft && !scrollTop) return;
    this.element.scrollTo(0, 0);
    this.canvas.viewport.pan(-scrollLeft, -scrollTop);
  }
}
