import { element, ownKeys } from "./dom.js";
import { Explorer } from "./explorer.js";
import { PlayerBar } from "./player_bar.js";
import { isOutput, StepMarks } from "./step_marks.js";
import { adopt, connect, followData } from "./traits.js";

const LEGEND = { false: ["what is read", "where the result goes"], true: ["gradient that arrives", "gradient that is handed on"] };

/**
 * A run of a model, one call after the other: forwards, and with a loss backwards.
 *
 * `onStep(number, backward)` may be set: it is called after a person, or the clock,
 * went to a step.
 */
class Player {
  constructor() {
    this.number = 1;
    this.backward = false;
    this.explorer = new Explorer();
    this.marks = new StepMarks(this.explorer);
    this.bar = new PlayerBar({ go: (number, way) => this.#go(number, this.backward, way), turn: (backward) => this.#turn(backward) });
    this.words = element("div", { class: "tkw-words tk-trace" });
    this.title = element("p", { class: "tkw-step-title", "aria-live": "off" });
    this.legend = element("p", { class: "tkw-legend" }, element("span", { class: "tkw-legend-comes" }), element("span", { class: "tkw-legend-goes" }));
    this.values = element("div", { class: "tkw-values tk-trace" });
    this.side = element("div", { class: "tkw-step", role: "group", "aria-label": "Values of this step", tabindex: "0" },
      this.legend, this.values, this.explorer.panel.element);
    this.after = element("div", { class: "tkw-words tk-trace" });
    this.explorer.stage.element.after(this.side);
    // Who plays needs the tools of the drawing less often than the bar above it.
    this.explorer.element.append(this.explorer.toolbar);
    this.element = element("div", { class: "tkw tkw-player", role: "group" },
      this.words, this.bar.element, this.title, this.explorer.element, this.after);
    this.endKeys = ownKeys(this.element);
  }

  /** Show a run, at a step. */
  setData(data, number, backward) {
    this.data = data;
    this.element.setAttribute("aria-label", `Steps of ${data.graph.name}`);
    this.#tell(data);
    this.explorer.setData(data.graph);
    this.show(number, backward, "kernel");
  }

  /**
   * Go to a step.
   * @param {number} number from 1
   * @param {boolean} backward
   * @param {string} way who asks: `hand`, `slider`, `clock` or `kernel`
   */
  show(number, backward, way) {
    const steps = this.#steps(backward);
    this.backward = backward;
    this.number = Math.min(Math.max(number, 1), steps.length);
    const step = steps[this.number - 1];
    this.title.setAttribute("aria-live", way === "hand" ? "polite" : "off");
    this.title.textContent = step.title;
    this.bar.show({ number: this.number, count: steps.length, title: step.title, backward, both: this.data.player.backward.length > 0 });
    LEGEND[backward].forEach((text, k) => { this.legend.children[k].textContent = text; });
    this.#fill(step);
    this.marks.show(step, backward);
    this.side.scrollTo(0, 0);
  }

  /** Go to the step of what was selected, the nearest one if there are several. */
  jump(name) {
    const { wires } = this.explorer.canvas;
    const maker = isOutput(name) ? [...wires.values()].find((wire) => wire.data.to === name)?.data.from : name;
    const steps = this.#steps(this.backward);
    const found = steps.filter((step) => step.path && step.path === maker).map((step) => step.number);
    found.sort((one, other) => Math.abs(one - this.number) - Math.abs(other - this.number));
    if (!found.length) return;
    this.bar.pause();
    this.#go(found[0], this.backward, "hand", true);
  }

  /** Mark the step again after groups were opened or closed. */
  renew() {
    if (this.data) this.marks.renew();
  }

  destroy() {
    this.endKeys();
    this.bar.destroy();
  }

  #steps(backward) {
    return this.data.player[backward ? "backward" : "forward"];
  }

  #go(number, backward, way, keeps = false) {
    const { explorer } = this;
    this.show(number, backward, way);
    const { path } = this.#steps(backward)[this.number - 1];
    if (!keeps && explorer.selected && explorer.selected !== path) explorer.select("", { byUser: true });
    this.onStep?.(this.number, this.backward);
  }

  /** Turn round at the same call; at an end of the run, begin. */
  #turn(backward) {
    if (backward === this.backward) return;
    this.bar.pause();
    const before = this.#steps(this.backward);
    const { path } = before[this.number - 1];
    const ends = this.number === 1 || this.number === before.length;
    const same = this.#steps(backward).findIndex((step) => step.path === path);
    this.#go(ends ? 1 : same + 1, backward, "hand", true);
  }

  /** Show numbers and pictures of a step: they were made and escaped in Python. */
  #fill(step) {
    this.values.innerHTML = step.html;
    for (const place of this.values.querySelectorAll("[data-piece]")) {
      place.innerHTML = this.data.player.pieces[place.dataset.piece] ?? "";
    }
    if (!step.html) this.values.textContent = `The numbers of this step stayed in Python: trace['${step.path}'] gives them.`;
  }

  /** Tell of the run as a whole. */
  #tell({ player, more }) {
    const notes = player.notes.map((note) => element("li", {}, note));
    const verdict = player.verdict ? [element("p", { class: "verdict" }, player.verdict)] : [];
    this.words.replaceChildren(...verdict, ...(notes.length ? [element("ul", {}, ...notes)] : []));
    this.after.replaceChildren();
    if (!more) return;
    const tables = element("div");
    tables.innerHTML = more;
    this.after.append(element("details", { class: "tkw-more" }, element("summary", {}, "Tables of all steps"), tables));
  }
}

/** Join a player with the traits of a widget; returns what ends it. */
function joined(player, model) {
  const { explorer } = player;
  const end = connect(explorer, model);
  const { onSelect } = explorer;
  explorer.onSelect = (name) => {
    onSelect(name);
    player.jump(name);
  };
  player.onStep = (number, backward) => {
    // Between both the widget says neither what was nor what is.
    player.telling = true;
    model.set("backward", backward);
    model.set("step", number);
    player.telling = false;
    model.save_changes();
  };
  const told = {
    "change:step": () => obeyed(player, model),
    "change:backward": () => obeyed(player, model),
    "change:opened": () => player.renew(),
  };
  for (const [event, listener] of Object.entries(told)) model.on(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(told)) model.off(event, listener);
    end();
    player.destroy();
  };
}

/** Go where the widget says, unless the player stands there. */
function obeyed(player, model) {
  const [step, backward] = [model.get("step"), model.get("backward")];
  if (!player.data || player.telling || (step === player.number && backward === player.backward)) return;
  player.bar.pause();
  player.show(step, backward, "kernel");
}

function render({ model, el }) {
  const player = new Player();
  el.append(player.element);
  const end = joined(player, model);
  const endData = followData(model, (data) => {
    const first = !player.data;
    player.explorer.setOpened(model.get("opened"));
    player.setData(data, model.get("step"), model.get("backward"));
    if (first) adopt(player.explorer, model);
  });
  model.send({ event: "hello" });
  return () => {
    endData();
    end();
  };
}

export default { render };
