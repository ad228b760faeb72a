const STACKED = 300;

/** Two stages are equally high, also when one of them is pulled. */
export class Heights {
  /**
   * @param {HTMLElement[]} stages
   * @param {HTMLElement} sides what holds both, beside or above each other
   */
  constructor(stages, sides) {
    this.stages = stages;
    this.sides = sides;
  }

  begin() {
    this.#level(Math.max(...this.stages.map((one) => one.offsetHeight)));
  }

  /** Take over the height of the one that has another than before. */
  follow() {
    const other = this.stages.map((one) => one.offsetHeight).find((height) => height !== this.height);
    if (other) this.#level(other);
  }

  /** Above each other they are so high at most that both fit on a small screen. */
  #level(height) {
    const [left, right] = this.sides.children;
    const stacked = right.offsetTop >= left.offsetTop + left.offsetHeight;
    this.height = stacked ? Math.min(height, STACKED) : height;
    for (const one of this.stages) one.style.height = `${this.height}px`;
  }
}
