import { svgElement } from "./dom.js";

const TIP = 14;

/**
 * The step at which a player stands, in the drawing: the call, what comes to it and
 * what goes from it. Backwards both flow against the arrows, and have arrows of their
 * own.
 */
export class StepMarks {
  /** @param {import("./explorer.js").Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
    this.flow = svgElement("g", { class: "tkw-flow", "aria-hidden": "true" });
    explorer.canvas.world.append(this.flow);
  }

  /** Mark a step, after opening the groups that it lies in. */
  show(step, backward) {
    Object.assign(this, { step, backward });
    this.#open();
    this.renew();
    const place = this.explorer.canvas.places.get(this.#keys()[0]);
    if (place) this.#reveal(place);
  }

  /** Mark the step again after the drawing has changed. */
  renew() {
    const { canvas } = this.explorer;
    const { step, backward } = this;
    const [ends, outputs] = [this.#keys(), this.#outputs()];
    // The loss sends its gradients over the wires that leave the model.
    const arrives = backward && step.path;
    const [comes, goes] = [[...step.reads, ...(arrives ? outputs : [])], [...step.gives, ...(arrives ? [] : outputs)]];
    canvas.mark("tkw-current", ends);
    canvas.mark("tkw-comes", comes);
    canvas.mark("tkw-goes", goes);
    canvas.svg.classList.toggle("tkw-backward", backward);
    const flows = (names, kind) => names.map((name) => canvas.wires.get(name)).filter(Boolean).map((wire) => backTip(wire, kind));
    this.flow.replaceChildren(...ends.map((key) => ring(canvas.places.get(key))),
      ...(backward ? [...flows(comes, "comes"), ...flows(goes, "goes")] : []));
    if (ends.length) this.explorer.selection.rove(ends[0], false);
  }

  /** The boxes of the step; of the loss, those of the outputs. */
  #keys() {
    const { path, ends = [] } = this.step;
    const { selection, canvas } = this.explorer;
    return selection.seen(path ? [path] : ends).filter((key) => canvas.places.has(key));
  }

  /** The wires from the calls of the step to the ends of a model. */
  #outputs() {
    const { path, ends = [] } = this.step;
    const calls = new Set(path ? [path] : ends);
    const wires = this.explorer.canvas.composed.wires.map((wire) => wire.data);
    return wires.filter((wire) => calls.has(wire.from) && isOutput(wire.to)).map((wire) => wire.edge);
  }

  #open() {
    this.explorer.reach(this.step.path ? [this.step.path] : this.step.ends ?? []);
  }

  /** Bring the call into sight, with the whole group that it lies in if there is room. */
  #reveal(place) {
    const { viewport, whole, places } = this.explorer.canvas;
    const fits = ({ width, height }) => width * viewport.scale < viewport.size.width - 16 && height * viewport.scale < viewport.size.height - 16;
    const group = places.get(place.key.slice(0, Math.max(place.key.lastIndexOf("/"), 0)));
    const shown = [whole, group].find((one) => one && fits(one));
    if (shown) viewport.reveal(shown, 8);
    else viewport.reveal(place.open && !fits(place) ? { ...place, height: 30 } : place, 64);
  }
}

/** Tell whether a box is an end of a model. */
export function isOutput(key) {
  return /(^|\/)#output\d+$/.test(key);
}

function ring({ x, y, width, height }) {
  return svgElement("rect", { class: "tkw-ring", x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 10 });
}

/** The tip of an arrow at the beginning of a wire, where a gradient arrives. */
function backTip({ points }, kind) {
  const [[x, y], next] = points;
  const length = Math.hypot(next[0] - x, next[1] - y) || 1;
  const [dx, dy] = [((next[0] - x) / length) * TIP, ((next[1] - y) / length) * TIP];
  const corners = [[x, y], [x + dx - dy * 0.4, y + dy + dx * 0.4], [x + dx + dy * 0.4, y + dy - dx * 0.4]];
  return svgElement("polygon", { class: `tkw-back-${kind}`, points: corners.map((corner) => corner.map((value) => value.toFixed(1)).join(",")).join(" ") });
}
