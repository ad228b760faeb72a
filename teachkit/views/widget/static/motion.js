import { wantsCalm } from "./dom.js";

const GLIDE_TIME = 160;
const TOO_FAR = 4000;

/** Movement from one place to another, slow enough to see where things go. */
export class Motion {
  /**
   * @param {{x: number, y: number}} from
   * @param {{x: number, y: number}} to
   * @param {(place: {x: number, y: number}) => void} place called for each step
   */
  start(from, to, place) {
    this.stop();
    const far = Math.abs(to.x - from.x) + Math.abs(to.y - from.y) > TOO_FAR;
    if (wantsCalm() || far || document.hidden) {
      place(to);
      return;
    }
    const began = performance.now();
    const step = (now) => {
      const part = Math.min(Math.max(now - began, 0) / GLIDE_TIME, 1);
      const eased = 1 - (1 - part) ** 3;
      place({ x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased });
      if (part < 1) this.next = requestAnimationFrame(step);
    };
    this.next = requestAnimationFrame(step);
  }

  stop() {
    cancelAnimationFrame(this.next);
  }
}
