import { compose } from "./stretch.js";
import { svgElement, uniqueId } from "./dom.js";
import { touches, within } from "./rectangles.js";
import { drawBox, drawFrame, drawTies, drawWire, overview } from "./shapes.js";
import { Viewport } from "./viewport.js";

const FEW = 500;
const FAR = 0.3;
const LAYERS = ["far", "ties", "frames", "wires", "boxes"];

/**
 * A drawing on which one can look around: what is in sight is in the document, the
 * rest is not. From afar the boxes have no words and are one path for each colour.
 */
export class Canvas {
  /** @param {(byUser: boolean) => void} moved called when another part is in sight */
  constructor(moved) {
    this.layers = Object.fromEntries(LAYERS.map((name) => [name, svgElement("g", { class: `tkw-${name}` })]));
    for (const name of ["far", "frames", "ties", "wires"]) this.layers[name].setAttribute("aria-hidden", "true");
    const list = this.layers.boxes;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Calls");
    list.id = uniqueId("calls");
    this.world = svgElement("g", {}, ...Object.values(this.layers));
    this.svg = svgElement("svg", { class: "tk tkw-svg", role: "group", "aria-label": "Graph" }, this.world);
    this.moved = moved;
    this.viewport = new Viewport(this.svg, (byUser) => this.#changed(byUser));
    this.classes = new Map();
  }

  /** Draw a level with some groups open. */
  show(data, opened) {
    this.data = data;
    this.turned = data.direction === "LR";
    this.composed = compose(data.level, opened, this.turned);
    this.places = new Map(this.composed.boxes.map((box) => [box.key, box]));
    this.wires = new Map(this.composed.wires.map((wire) => [wire.data.edge, wire]));
    const { boxes, wires } = this.composed;
    this.items = [
      ...boxes.filter((box) => box.open).map((box) => item("frames", box, () => drawFrame(box))),
      ...wires.map((wire) => item("wires", boundsOf(wire.points), () => drawWire(wire, this.turned), wire.data.edge)),
      ...boxes.map((box) => item("boxes", box, () => this.#box(box))),
    ];
    this.named = new Map(this.items.filter((one) => one.layer !== "frames").map((one) => [one.name, one]));
    this.elements = new Map();
    this.mounted = new Set();
    this.area = null;
    for (const layer of Object.values(this.layers)) layer.replaceChildren();
    this.layers.ties.append(...drawTies(boxes, data.sharedColours, this.turned));
    if (this.items.length > FEW) this.layers.far.append(...overview(this.composed));
    this.#changed(false);
  }

  /** The whole drawing as a rectangle. */
  get whole() {
    return { x: 0, y: 0, width: Math.max(this.composed.width, 1), height: Math.max(this.composed.height, 1), turned: this.turned };
  }

  resize(width, height) {
    this.viewport.size = { width, height };
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(height));
    this.area = null;
    this.#changed(false);
  }

  /** Return the element of a box or edge, put into the document if it is not there. */
  elementOf(name) {
    const found = this.named.get(name);
    if (!found) return null;
    if (!this.mounted.has(found)) this.#mount(found);
    return this.elements.get(found);
  }

  /** Give names a class, and take it from all others. */
  mark(kind, names) {
    const before = this.classes.get(kind) ?? [];
    this.classes.set(kind, new Set(names));
    for (const name of new Set([...before, ...names])) {
      const one = this.named.get(name);
      if (this.elements.has(one)) this.#dress(one, this.elements.get(one), kind);
    }
  }

  #box(box) {
    const marks = this.data.marks ?? {};
    return drawBox(box, { colours: this.data.sharedColours, mark: marks[box.key] ?? this.#markInside(box) });
  }

  /** A closed group shows the mark of what is inside of it. */
  #markInside(box) {
    if (!box.data.inside || box.open) return undefined;
    const marks = Object.entries(this.data.marks ?? {});
    return marks.find(([path, mark]) => !mark.own && path.startsWith(`${box.key}/`))?.[1];
  }

  #changed(byUser) {
    if (!this.items) return;
    const { x, y, scale, seen } = this.viewport;
    this.world.setAttribute("transform", `translate(${x.toFixed(2)},${y.toFixed(2)}) scale(${scale.toFixed(4)})`);
    const far = scale < FAR && this.items.length > FEW;
    this.svg.classList.toggle("tkw-is-far", far);
    if (!far) this.#fill(seen);
    this.moved(byUser);
  }

  /** Put what is in sight, and some more around it, into the document. */
  #fill(seen) {
    if (this.area && within(seen, this.area)) return;
    const all = this.items.length <= FEW;
    this.area = all ? { x: -1e9, y: -1e9, width: 2e9, height: 2e9 } : grown(seen);
    const kept = this.#kept();
    for (const one of this.mounted) {
      if (!touches(one, this.area) && !kept.has(one.name)) this.#unmount(one);
    }
    const added = Object.fromEntries(LAYERS.map((name) => [name, document.createDocumentFragment()]));
    for (const one of this.items) {
      if (touches(one, this.area) && !this.mounted.has(one)) this.#mount(one, added[one.layer]);
    }
    for (const name of LAYERS) this.layers[name].append(added[name]);
  }

  /** What a person is at stays in the document wherever it is. */
  #kept() {
    const root = this.svg.getRootNode();
    const key = root.activeElement?.dataset?.key;
    return new Set(key ? [key] : []);
  }

  #mount(one, into = this.layers[one.layer]) {
    const made = this.elements.get(one) ?? one.make();
    this.elements.set(one, made);
    // A frame has the name of its heading, which is the one to be marked.
    if (one.layer !== "frames") for (const kind of this.classes.keys()) this.#dress(one, made, kind);
    this.mounted.add(one);
    into.append(made);
  }

  #dress(one, made, kind) {
    const has = this.classes.get(kind).has(one.name);
    made.classList.toggle(kind, has);
    if (kind === "tkw-selected" && one.layer === "boxes") made.setAttribute("aria-selected", String(has));
  }

  #unmount(one) {
    this.elements.get(one).remove();
    this.elements.delete(one);
    this.mounted.delete(one);
  }
}

function item(layer, { x, y, width, height, key }, make, name = key) {
  return { layer, name, make, x, y, width, height };
}

function boundsOf(points) {
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function grown({ x, y, width, height }) {
  return { x: x - width, y: y - height, width: 3 * width, height: 3 * height };
}
