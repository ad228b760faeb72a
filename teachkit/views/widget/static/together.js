import { Motion } from "./motion.js";

/**
 * Two drawings that move as one. They have one scale, and a gap: how far a point of
 * the second must be moved, in pixels of the drawing, to lie on one of the first.
 * What lies beside each other stays so, wherever one looks.
 */
export class Together {
  /**
   * @param {import("./viewport.js").Viewport[]} views
   * @param {boolean} on whether they move as one
   */
  constructor(views, on) {
    this.views = views;
    this.on = on;
    this.leader = 0;
    this.gap = { x: 0, y: 0 };
    this.motion = new Motion();
    this.moving = false;
    this.before = null;
  }

  /** A person is about to do something on a side: the other one follows it. */
  lead(side) {
    this.leader = side;
    const { x, y, scale } = this.views[1 - side] ?? {};
    this.before = { x, y, scale };
  }

  /** Put the following side where it belongs, whichever of both has moved. */
  follow() {
    if (!this.on || this.moving) return;
    const { x, y, scale } = this.views[this.leader];
    const sign = this.leader ? -1 : 1;
    this.moving = true;
    this.views[1 - this.leader].set(x + sign * this.gap.x * scale, y + sign * this.gap.y * scale, scale, false);
    this.moving = false;
  }

  /** Take the sides as they stand now. */
  measure() {
    this.stop();
    const [first, second = first] = this.views;
    const { scale } = this.views[this.leader];
    this.gap = { x: (second.x - first.x) / scale, y: (second.y - first.y) / scale };
  }

  /** A group was opened on the leading side, where much has moved: the other side stays. */
  stay() {
    if (!this.on || !this.before) return;
    const { x, y, scale } = this.before;
    this.moving = true;
    this.views[1 - this.leader].set(x, y, scale, false);
    this.moving = false;
    this.measure();
  }

  /** Lay a box of the first drawing and one of the second beside each other. */
  align(first, second) {
    this.views[1 - this.leader].stop();
    this.#widen({ x: middle(first).x - middle(second).x, y: middle(first).y - middle(second).y });
  }

  /** Change the gap, in small steps for those who like to see where things go. */
  #widen(wanted) {
    this.motion.start(this.gap, wanted, (gap) => {
      this.gap = gap;
      this.follow();
    });
  }

  stop() {
    this.motion.stop();
  }
}

function middle({ x, y, width, height, open }) {
  return { x: x + width / 2, y: y + (open ? 0 : height / 2) };
}
