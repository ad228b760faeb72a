import { Motion } from "./motion.js";
import { within } from "./rectangles.js";

const SMALLEST = 0.0005;
const LARGEST = 4;
const DRAG = 4;
const STEP = 1.25;
const MARGIN = 16;

/**
 * What part of a drawing is seen: moved by dragging, by two fingers and by keys, and
 * zoomed with Ctrl and the wheel. The plain wheel, and one finger up and down, scroll
 * the page, as they do everywhere else.
 */
export class Viewport {
  /**
   * @param {SVGSVGElement} svg
   * @param {(byUser: boolean) => void} moved called after each change
   */
  constructor(svg, moved) {
    this.svg = svg;
    this.moved = moved;
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    this.motion = new Motion();
    this.corner = { width: 0, height: 0 };
    this.size = { width: 0, height: 0 };
    this.fingers = new Map();
    this.dragging = false;
    svg.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    svg.addEventListener("pointerdown", (event) => this.#down(event));
    svg.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      svg.addEventListener(end, (event) => this.#up(event));
    }
  }

  /** The part of the drawing that is seen, in its own pixels. */
  get seen() {
    const { width, height } = this.size;
    return { x: -this.x / this.scale, y: -this.y / this.scale, width: width / this.scale, height: height / this.scale };
  }

  set(x, y, scale = this.scale, byUser = true) {
    this.scale = Math.min(Math.max(scale, SMALLEST), LARGEST);
    this.x = x;
    this.y = y;
    this.moved(byUser);
  }

  pan(x, y) {
    this.stop();
    this.set(this.x + x, this.y + y);
  }

  zoomIn() {
    this.zoom(STEP);
  }

  zoomOut() {
    this.zoom(1 / STEP);
  }

  /** Zoom around a point of the screen, by default the middle. */
  zoom(factor, x = this.size.width / 2, y = this.size.height / 2) {
    this.stop();
    const scale = Math.min(Math.max(this.scale * factor, SMALLEST), LARGEST);
    const change = scale / this.scale;
    this.set(x - (x - this.x) * change, y - (y - this.y) * change, scale);
  }

  /**
   * Show a rectangle as a whole, not larger than it is drawn. What is too large then is
   * seen from its beginning on: from the top, or from the left if `turned`.
   */
  fit({ x, y, width, height, turned }, least = SMALLEST, most = 1) {
    this.stop();
    const whole = Math.min((this.size.width - 2 * MARGIN) / width, (this.size.height - 2 * MARGIN) / height, most);
    const scale = Math.max(whole, least);
    const start = (length, room, flows) => {
      const left = room - length * scale;
      return flows && left < 2 * MARGIN ? MARGIN : left / 2;
    };
    this.set(start(width, this.size.width, turned) - x * scale, start(height, this.size.height, !turned) - y * scale, scale);
  }

  /** Tell whether all of a rectangle is in sight. */
  shows(rectangle) {
    return within(rectangle, this.seen);
  }

  /** Bring a rectangle into sight, with as little movement as possible. */
  reveal({ x, y, width, height }, margin = 12) {
    const move = (start, length, offset, room) => {
      const from = start * this.scale + offset;
      const to = from + length * this.scale;
      if (from < margin || length * this.scale > room - 2 * margin) return margin - from;
      return to > room - margin ? room - margin - to : 0;
    };
    const dx = move(x, width, this.x, this.size.width);
    // What would lie under the map in the corner goes above it.
    const right = (x + width) * this.scale + this.x + dx;
    const room = right > this.size.width - this.corner.width ? this.size.height - this.corner.height : this.size.height;
    const dy = move(y, height, this.y, room);
    if (dx || dy) this.glide(this.x + dx, this.y + dy);
  }

  glide(x, y) {
    this.motion.start({ x: this.x, y: this.y }, { x, y }, (place) => this.set(place.x, place.y));
  }

  stop() {
    this.motion.stop();
  }

  #at(event) {
    const box = this.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    this.zoom(Math.exp(-Math.min(Math.max(pixels, -200), 200) / 300), ...this.#at(event));
  }

  #down(event) {
    if (event.button !== 0) return;
    this.stop();
    this.fingers.set(event.pointerId, { at: this.#at(event), began: this.#at(event) });
    if (this.fingers.size > 1) return;
    this.dragging = false;
    this.before = { x: this.x, y: this.y };
  }

  #move(event) {
    const finger = this.fingers.get(event.pointerId);
    if (!finger) return;
    const [x, y] = this.#at(event);
    if (!this.dragging && Math.hypot(x - finger.began[0], y - finger.began[1]) < DRAG) return;
    if (!this.dragging) {
      this.dragging = true;
      this.svg.setPointerCapture(event.pointerId);
    }
    const others = [...this.fingers.entries()].filter(([id]) => id !== event.pointerId);
    if (others.length) this.#pinch(finger.at, [x, y], others[0][1].at);
    else this.pan(x - finger.at[0], y - finger.at[1]);
    finger.at = [x, y];
  }

  /** Keep what lies under two fingers under them. */
  #pinch(before, after, other) {
    const spread = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]);
    const factor = spread(after) / Math.max(spread(before), 1);
    this.pan((after[0] - before[0]) / 2, (after[1] - before[1]) / 2);
    this.zoom(factor, (after[0] + other[0]) / 2, (after[1] + other[1]) / 2);
  }

  #up(event) {
    const known = this.fingers.delete(event.pointerId);
    // The browser scrolls the page with this finger: it never was ours.
    if (known && event.type === "pointercancel") this.set(this.before.x, this.before.y);
    // The click that ends a drag follows at once: it is to find that it was one.
    if (!this.fingers.size) setTimeout(() => { this.dragging = false; });
  }
}
