/**
 * What is connected with what in the drawing as it is: the boxes that are seen, and
 * the points at which lines cross the borders of open groups.
 */
export class Neighbours {
  /** @param {import("./stretch.js").Composed} composed */
  constructor({ boxes, wires }) {
    this.boxes = boxes;
    this.places = new Map(boxes.map((box) => [box.key, box]));
    this.open = new Set(boxes.filter((box) => box.open).map((box) => box.key));
    this.after = new Map();
    this.before = new Map();
    this.edges = wires.map(({ data }) => ({
      name: data.edge, data,
      from: this.open.has(data.source) && data.outOf ? data.outOf : data.source,
      to: this.open.has(data.target) && data.into ? data.into : data.target,
    }));
    for (const edge of this.edges) {
      push(this.after, edge.from, edge);
      push(this.before, edge.to, edge);
    }
    this.inputs = boxes.filter((box) => !this.before.has(box.key) && this.after.has(box.key) && !box.open).map((box) => box.key);
    this.outputs = boxes.filter((box) => !this.after.has(box.key) && this.before.has(box.key) && !box.open).map((box) => box.key);
  }

  /** The next box along a wire, forwards or backwards; into an open frame by its heading. */
  next(key, forwards, from = key) {
    if (forwards && this.open.has(key)) return this.boxes.find((box) => box.frame === key)?.key ?? null;
    for (const edge of this.#edgesOf(key, forwards)) {
      const end = forwards ? edge.to : edge.from;
      const found = this.#headingBetween(from, end, forwards) ?? (this.places.has(end) ? end : this.next(end, forwards, from));
      if (found) return found;
    }
    const { frame } = this.places.get(key) ?? {};
    return forwards ? null : frame ?? null;
  }

  #edgesOf(key, forwards) {
    if (this.open.has(key)) return this.edges.filter(({ data }) => data.target === key);
    return (forwards ? this.after : this.before).get(key) ?? [];
  }

  /** The heading that one passes on the way: going in the outermost, going out the innermost. */
  #headingBetween(key, end, forwards) {
    const around = this.#framesOf(key);
    const entered = this.#framesOf(forwards ? end : key).filter((one) => !(forwards ? around : this.#framesOf(end)).includes(one));
    return forwards ? entered.at(-1) : entered.find((one) => one !== key);
  }

  /** The frames around a box, the innermost first. */
  #framesOf(key) {
    const found = [];
    for (let at = this.places.get(key)?.frame; at !== undefined; at = this.places.get(at).frame) found.push(at);
    return found;
  }

  /** The nearest box beside another one. */
  beside(key, direction, turned) {
    const from = this.places.get(key);
    const [side, length, flow, depth] = turned ? ["y", "height", "x", "width"] : ["x", "width", "y", "height"];
    let best = null;
    let least = Infinity;
    for (const box of this.boxes) {
      const gap = (box[side] - from[side]) * direction;
      const level = box[flow] < from[flow] + from[depth] && box[flow] + box[depth] > from[flow];
      if (box.key !== key && gap > 0 && level && !box.open && gap < least) {
        best = box.key;
        least = gap;
      }
    }
    return best;
  }

  /**
   * All routes from one box to another.
   * @returns {{names: string[], count: number}} boxes and edges on a route; how many
   */
  routes(start, end) {
    const counts = new Map([[end, 1]]);
    const waiting = [start];
    while (waiting.length) {
      const key = waiting[waiting.length - 1];
      if (counts.has(key)) {
        waiting.pop();
        continue;
      }
      const edges = this.after.get(key) ?? [];
      const unknown = edges.filter((edge) => !counts.has(edge.to));
      if (unknown.length) waiting.push(...unknown.map((edge) => edge.to));
      else {
        counts.set(key, edges.reduce((sum, edge) => sum + counts.get(edge.to), 0));
        waiting.pop();
      }
    }
    const leading = (key) => (counts.get(key) ?? 0) > 0;
    return { count: counts.get(start), names: leading(start) ? this.#collect(start, end, leading) : [] };
  }

  #collect(start, end, leading) {
    const names = new Set([start]);
    const waiting = [start];
    while (waiting.length) {
      const key = waiting.pop();
      if (key === end) continue;
      for (const edge of this.after.get(key) ?? []) {
        if (!leading(edge.to)) continue;
        names.add(edge.name);
        if (!names.has(edge.to)) waiting.push(edge.to);
        names.add(edge.to);
      }
    }
    return [...names];
  }
}

/** Add a value to the list that a map has for a key. */
export function push(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}
