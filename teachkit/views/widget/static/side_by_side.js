import { button, element, ownKeys } from "./dom.js";
import { Explorer } from "./explorer.js";
import { Heights } from "./heights.js";
import { Partners } from "./partners.js";
import { Points } from "./points.js";
import { around } from "./rectangles.js";
import { joinNames, SIDES, splitName, splitNames } from "./side_names.js";
import { Together } from "./together.js";

const READABLE = 0.4;

/**
 * Two drawings side by side. What pairs lights up on both, the numbered differences
 * light up what they are about, and both move as one. It may be one drawing only.
 *
 * Listeners: `onSelect(name)`, `onHighlight(names)` and `onOpened(names)` after a
 * person did something, `onCompute(name)`. Names begin with their side.
 */
export class SideBySide {
  constructor() {
    this.explorers = [];
    this.selected = "";
    this.highlighted = [];
    this.points = new Points((number) => this.#point(number));
    this.before = element("div", { class: "tkw-words" });
    this.after = element("div", { class: "tkw-words" });
    this.status = element("p", { class: "tkw-status", role: "status" });
    this.toggle = button("Move together", "", () => this.#join(), { "aria-pressed": "true" });
    this.bar = element("div", { class: "tkw-toolbar", role: "group", "aria-label": "Comparison" }, this.toggle, this.status);
    this.sides = element("div", { class: "tkw-sides" });
    this.panels = element("div", { class: "tkw-panels" });
    this.element = element("div", { class: "tkw tkw-comparison", role: "group", "ontkw-key": (event) => this.#key(event) },
      this.before, this.points.element, this.bar, this.sides, this.panels, this.after);
    this.endKeys = ownKeys(this.element);
  }

  /** Show a comparison, with what the widget says of it now. */
  setData(data, { opened, selected, highlighted }) {
    Object.assign(this, { data, selected, highlighted });
    // These were made and escaped in Python.
    this.before.innerHTML = data.before ?? "";
    this.after.innerHTML = data.after ?? "";
    if (!this.explorers.length) this.#assemble(data.sides);
    this.partners.setPairs(data.pairs);
    this.points.show(data.points);
    this.setOpened(opened);
    data.sides.forEach((side, k) => this.explorers[k].setData(side));
    if (this.live) this.setLive();
    this.watcher.observe(this.sides);
    this.#resized();
  }

  #assemble(sides) {
    this.explorers = sides.map((_, side) => this.#explorer(side));
    const both = sides.length === 2;
    this.together = new Together(this.explorers.map((one) => one.canvas.viewport), both);
    this.heights = new Heights(this.explorers.map((one) => one.stage.element), this.sides);
    this.partners = new Partners(this.explorers, this.together);
    this.toggle.hidden = !both;
    this.bar.classList.toggle("tkw-only-told", !both);
    this.sides.classList.toggle("tkw-both", both);
    this.element.setAttribute("aria-label", `Comparison: ${sides.map((one) => one.title).join(" and ")}`);
    this.sides.append(...sides.map(({ title, facts }, side) => element(
      "div", { class: "tkw-side", role: "group", "aria-label": both ? `On the ${SIDES[side]}: ${title}` : title },
      element("p", { class: "tkw-title" }, element("strong", {}, title), ` ${facts}`), this.explorers[side].element)));
    // Made after those of the drawings, and so told after them.
    this.watcher = new ResizeObserver(() => this.#resized());
    if (both) this.panels.append(...this.explorers.map(({ panel }, side) => this.#panel(panel, side)));
  }

  #explorer(side) {
    const explorer = new Explorer();
    explorer.onSelect = (name) => this.#selected(side, name);
    explorer.onOpened = () => this.#opened();
    explorer.onCompute = (path) => this.onCompute?.(`${SIDES[side]}/${path}`);
    explorer.onMoved = () => this.began && this.together.follow();
    for (const event of ["pointerdown", "tkw-key", "wheel", "focusin"]) {
      explorer.element.addEventListener(event, () => this.together.lead(side), { capture: true, passive: true });
    }
    return explorer;
  }

  /** Where the sides lie below each other, what is told of both comes after both. */
  #panel(panel, side) {
    panel.element.setAttribute("aria-label", `Details, ${SIDES[side]}`);
    const title = element("p", { class: "tkw-title tkw-panel-side" }, element("strong", {}, `On the ${SIDES[side]}`));
    return element("div", { class: "tkw-told-side" }, title, panel.element);
  }

  /** Select by the name that Python knows. */
  select(name) {
    const [side, path] = splitName(name);
    this.selected = name;
    if (!name) for (const one of this.explorers) one.select("");
    if (!name) this.status.textContent = "";
    if (!this.explorers[side]) return;
    this.together.lead(side);
    this.explorers[side].select(path);
    this.#pair(side, path);
  }

  /** Light up by the names that Python knows, and bring them into sight. */
  highlight(names) {
    this.highlighted = names;
    this.#light(splitNames(names));
  }

  setOpened(names) {
    const sides = splitNames(names);
    this.explorers.forEach((one, side) => one.setOpened(sides[side]));
  }

  setProblem(text) {
    this.explorers[0]?.setProblem(text);
  }

  /** A kernel listens, perhaps before there is anything to see. */
  setLive() {
    this.live = true;
    for (const one of this.explorers) one.setLive();
  }

  setPanel(name, html) {
    const [side, call] = splitName(name);
    this.explorers[side]?.setPanel(call, html);
  }

  destroy() {
    this.endKeys();
    this.watcher?.disconnect();
    this.together?.stop();
    this.partners?.end();
    for (const one of this.explorers) one.destroy();
  }

  #selected(side, path) {
    this.selected = path && `${SIDES[side]}/${path}`;
    this.together.lead(side);
    this.#pair(side, path);
    this.onSelect?.(this.selected);
  }

  /** Select what pairs with a call, and lay both beside each other. */
  #pair(side, path) {
    const other = this.explorers[1 - side];
    if (!other) return;
    const partner = this.partners.of(side, path);
    this.panels.classList.toggle("tkw-right-first", side === 1);
    other.select(partner);
    const isCall = this.explorers[side].canvas.places.has(path);
    const end = partner ? `${partner} on the ${SIDES[1 - side]}` : `no call on the ${SIDES[1 - side]}`;
    this.status.textContent = isCall ? `${path} on the ${SIDES[side]} pairs with ${end}.` : "";
    if (partner) this.partners.align(side, path, partner);
    else if (isCall) other.panel.show(element("p", { class: "tkw-name" }, this.status.textContent));
  }

  #point(number) {
    const { calls, text } = this.data.points[number] ?? { calls: [[], []], text: "" };
    this.status.textContent = text;
    this.highlighted = joinNames(calls);
    this.#light(calls);
    this.onHighlight?.(this.highlighted);
  }

  /** Light calls up; open what hides them, and bring them into sight. */
  #light(calls) {
    const opened = this.explorers.map((one, side) => one.uncover(calls[side]));
    if (opened.some(Boolean)) this.#tellOpened();
    this.explorers.forEach((one, side) => one.highlight(calls[side]));
    const side = this.explorers.findIndex((_, k) => calls[k].length);
    if (side < 0) return;
    this.together.lead(side);
    const [[first], [second]] = [calls[side], calls[1 - side]];
    if (this.explorers[1 - side] && second) this.partners.align(side, first, second);
    this.explorers.forEach((_, k) => calls[k].length && (k === side || !this.together.on) && this.#bring(k, calls[k]));
  }

  /** Show all calls that are meant if there is room, and else the first. */
  #bring(side, paths) {
    const { viewport } = this.explorers[side].canvas;
    const places = paths.map((path) => this.partners.place(side, path)).filter(Boolean);
    if (!places.length) return;
    if (viewport.scale < READABLE) viewport.zoom(0.75 / viewport.scale);
    const all = around(places);
    const { width, height } = viewport.seen;
    const fits = all.width < width - 64 && all.height < height - 64;
    viewport.reveal(fits ? all : { ...places[0], height: Math.min(places[0].height, height / 2) });
  }

  #opened() {
    this.together.stay();
    this.#tellOpened();
  }

  #tellOpened() {
    this.onOpened?.(joinNames(this.explorers.map((one) => one.opened)));
  }

  #join() {
    this.together.on = !this.together.on;
    this.toggle.setAttribute("aria-pressed", String(this.together.on));
    this.together.measure();
    this.together.follow();
  }

  /** Both begin at the top, as large as the smaller one of both is. */
  #begin() {
    this.heights.begin();
    const canvases = this.explorers.map((one) => one.canvas);
    const scale = Math.min(...canvases.map((one) => one.viewport.scale));
    for (const { viewport, whole } of canvases) {
      viewport.set((viewport.size.width - whole.width * scale) / 2, 16, scale);
    }
    this.together.measure();
  }

  #resized() {
    if (this.explorers.some((one) => !one.stage.began)) return;
    const both = this.explorers.length === 2;
    if (this.began) {
      if (both) this.heights.follow();
      this.together.follow();
      return;
    }
    if (both) this.#begin();
    this.began = true;
    if (this.highlighted.length) this.highlight(this.highlighted);
    if (this.selected) this.select(this.selected);
  }

  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const [side] = splitName(this.selected);
    if (this.points.chosen >= 0 || this.highlighted.length) {
      this.points.press(-1);
      this.#point(-1);
    } else if (this.explorers[side]) this.explorers[side].select("", { byUser: true });
    else return;
    event.preventDefault();
  }
}
