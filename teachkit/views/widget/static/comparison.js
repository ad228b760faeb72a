import { button, element } from "./dom.js";
import { Explorer } from "./explorer.js";
import { Points } from "./points.js";
import { Together } from "./together.js";
import { unpack } from "./unpack.js";

const NAMES = ["left", "right"];
const DWELL = 150;
const READABLE = 0.4;
const STACKED = 300;

/**
 * Two drawings side by side. What pairs lights up on both, the numbered differences
 * light up what they are about, and both move as one. It may be one drawing only.
 *
 * Listeners: `onSelect(name)`, `onHighlight(names)` and `onOpened(names)` after a
 * person did something, `onCompute(name)`. Names begin with their side.
 */
class Comparison {
  constructor() {
    this.explorers = [];
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
  }

  /** Show a comparison, with what the widget says of it now. */
  setData(data, { opened, selected, highlighted }) {
    Object.assign(this, { data, selected, highlighted });
    this.partners = [new Map(), new Map()];
    for (const [left, right] of data.pairs) {
      this.partners[0].set(left, right);
      this.partners[1].set(right, left);
    }
    // These were made and escaped in Python.
    this.before.innerHTML = data.before ?? "";
    this.after.innerHTML = data.after ?? "";
    if (!this.explorers.length) this.#assemble(data);
    this.points.show(data.points);
    this.setOpened(opened);
    data.sides.forEach((side, k) => this.explorers[k].setData(side));
    this.watcher.observe(this.sides);
    this.#resized();
  }

  #assemble(data) {
    this.explorers = data.sides.map((_, side) => this.#side(side));
    const both = this.explorers.length === 2;
    this.together = new Together(this.explorers.map((one) => one.canvas.viewport));
    this.together.on = both;
    this.toggle.hidden = !both;
    this.bar.classList.toggle("tkw-only-told", !both);
    this.sides.classList.toggle("tkw-both", both);
    const titles = data.sides.map((one) => one.title);
    this.element.setAttribute("aria-label", `Comparison: ${titles.join(" and ")}`);
    this.sides.append(...this.explorers.map((one, side) => {
      const title = element("p", { class: "tkw-title" }, element("strong", {}, titles[side]), ` ${data.sides[side].facts}`);
      const label = both ? `On the ${NAMES[side]}: ${titles[side]}` : titles[side];
      return element("section", { class: "tkw-side", "aria-label": label }, title, one.element);
    }));
    // Made after those of the drawings, and so told after them.
    this.watcher = new ResizeObserver(() => this.#resized());
    if (both) this.panels.append(...this.explorers.map(({ panel }, side) => this.#panel(panel, side)));
  }

  /** Where the sides lie below each other, what is told of both comes after both. */
  #panel(panel, side) {
    panel.element.setAttribute("aria-label", `Details, ${NAMES[side]}`);
    const title = element("p", { class: "tkw-title tkw-panel-side" }, element("strong", {}, `On the ${NAMES[side]}`));
    return element("div", { class: "tkw-told-side" }, title, panel.element);
  }

  #side(side) {
    const explorer = new Explorer();
    explorer.onSelect = (name) => this.#selected(side, name);
    explorer.onOpened = () => this.#opened();
    explorer.onCompute = (path) => this.onCompute?.(`${NAMES[side]}/${path}`);
    explorer.onMoved = () => this.began && this.together.follow();
    const { svg } = explorer.canvas;
    for (const event of ["pointerdown", "tkw-key", "wheel"]) {
      explorer.element.addEventListener(event, () => this.together.lead(side), { capture: true, passive: true });
    }
    svg.addEventListener("pointerover", (event) => this.#hover(side, event));
    svg.addEventListener("pointerleave", () => this.#light(side, ""));
    svg.addEventListener("focusin", (event) => this.#focused(side, event));
    svg.addEventListener("focusout", () => this.#light(side, ""));
    return explorer;
  }

  /** Select by the name that Python knows. */
  select(name) {
    this.selected = name;
    const [side, path] = split(name);
    if (!name) for (const one of this.explorers) one.select("");
    if (!name) this.status.textContent = "";
    if (!this.explorers[side]) return;
    this.together.lead(side);
    this.explorers[side].select(path);
    this.#pair(side, path);
  }

  /** Light up by the names that Python knows; bring the first on each side into sight. */
  highlight(names) {
    this.highlighted = names;
    const [left, right] = this.explorers.map((_, side) => names.map(split).filter(([own]) => own === side).map(([, path]) => path));
    this.#reveal([left, right ?? []]);
    this.explorers.forEach((one, side) => one.highlight([left, right][side]));
  }

  setOpened(names) {
    this.explorers.forEach((one, side) => one.setOpened(names.map(split).filter(([own]) => own === side).map(([, path]) => path)));
  }

  explorerOf(name) {
    const [side, path] = split(name);
    return [this.explorers[side], path];
  }

  destroy() {
    this.watcher?.disconnect();
    this.together?.stop();
    clearTimeout(this.waiting);
    for (const one of this.explorers) one.destroy();
  }

  #selected(side, path) {
    this.selected = path && `${NAMES[side]}/${path}`;
    this.together.lead(side);
    this.#pair(side, path);
    // The button that closed the details is gone: go back to the drawing.
    if (!path && this.panels.contains(this.element.getRootNode().activeElement)) this.explorers[side].selection.go(this.explorers[side].selection.focused);
    this.onSelect?.(this.selected);
  }

  /** Select what pairs with a call, and lay both beside each other. */
  #pair(side, path) {
    const other = this.explorers[1 - side];
    if (!other) return;
    const partner = this.partners[side].get(path) ?? "";
    this.panels.classList.toggle("tkw-right-first", side === 1);
    other.select(partner);
    if (partner) this.#align(side, path, partner);
    else if (this.explorers[side].canvas.places.has(path)) this.#tellAlone(side, path);
    if (partner) this.status.textContent = `${path} on the ${NAMES[side]} pairs with ${partner} on the ${NAMES[1 - side]}.`;
    if (!path) this.status.textContent = "";
  }

  #tellAlone(side, path) {
    const text = `${path} on the ${NAMES[side]} pairs with no call on the ${NAMES[1 - side]}.`;
    this.status.textContent = text;
    this.explorers[1 - side].panel.show(element("p", { class: "tkw-name" }, text));
  }

  #align(side, path, partner) {
    if (!this.together.on) return;
    const [one, other] = [this.#place(side, path), this.#place(1 - side, partner)];
    if (one && other) this.together.align(...(side ? [other, one] : [one, other]));
  }

  /** The box of a call, or the closed group that stands for it. */
  #place(side, path) {
    const { places } = this.explorers[side].canvas;
    let key = path;
    while (!places.has(key) && key.includes("/")) key = key.slice(0, key.lastIndexOf("/"));
    return places.get(key);
  }

  #hover(side, event) {
    const key = event.target.closest("[data-key]")?.dataset.key ?? "";
    this.#light(side, key);
    if (!key || event.buttons) return;
    // Who only crosses a drawing does not want the other one to jump.
    this.waiting = setTimeout(() => this.#show(side, key), DWELL);
  }

  #focused(side, event) {
    const key = event.target.closest("[data-key]")?.dataset.key ?? "";
    this.#light(side, key);
    if (key && this.explorers.length === 2) {
      this.together.leader = side;
      this.#show(side, key);
    }
  }

  /** Light up what pairs with a call. */
  #light(side, key) {
    clearTimeout(this.waiting);
    const partner = this.partners[side].get(key);
    const place = partner && this.#place(1 - side, partner);
    this.explorers[1 - side]?.canvas.mark("tkw-partner", place ? [place.key] : []);
  }

  /** Bring what pairs with a call into sight. */
  #show(side, key) {
    const partner = this.partners[side].get(key);
    const place = partner && this.#place(1 - side, partner);
    const { viewport } = this.explorers[1 - side]?.canvas ?? {};
    if (!place || touching(place, viewport.seen)) return;
    if (!this.together.on) viewport.reveal(place);
    else {
      this.together.lead(side);
      this.#align(side, key, partner);
    }
  }

  #point(number) {
    const { calls, text } = this.data.points[number] ?? { calls: [[], []], text: "" };
    this.status.textContent = text;
    this.#reveal(calls);
    this.explorers.forEach((one, side) => one.highlight(calls[side]));
    this.highlighted = calls.flatMap((paths, side) => paths.map((path) => `${NAMES[side]}/${path}`));
    this.onHighlight?.(this.highlighted);
  }

  /** Open what hides calls, and bring them into sight on each side. */
  #reveal(calls) {
    const shown = this.explorers.map((one, side) => (calls[side].length ? this.#openAround(one, calls[side]) : false));
    if (shown.some(Boolean)) this.#tellOpened();
    const side = calls.findIndex((paths, k) => paths.length && this.explorers[k]);
    if (side < 0) return;
    this.together.lead(side);
    if (this.explorers.length === 2 && calls[1 - side].length) this.#align(side, calls[side][0], calls[1 - side][0]);
    calls.forEach((paths, k) => paths.length && (k === side || !this.together.on) && this.#bring(k, paths));
  }

  #openAround(explorer, paths) {
    const around = [...explorer.groups].filter(([, inside]) => paths.some((path) => inside.has(path))).map(([key]) => key);
    const closed = around.filter((key) => !explorer.opened.has(key));
    explorer.setOpened([...explorer.opened, ...closed]);
    return closed.length > 0;
  }

  /** Show all calls that are meant if there is room, and else the first. */
  #bring(side, paths) {
    const { viewport } = this.explorers[side].canvas;
    const places = paths.map((path) => this.#place(side, path)).filter(Boolean);
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
    this.onOpened?.(this.explorers.flatMap((one, side) => [...one.opened].map((key) => `${NAMES[side]}/${key}`)));
  }

  #join() {
    this.together.on = !this.together.on;
    this.toggle.setAttribute("aria-pressed", String(this.together.on));
    if (!this.together.on) return;
    this.together.measure();
    this.together.follow();
  }

  /** Both begin at the top, as large as the smaller one of both is. */
  #begin() {
    this.#level(Math.max(...this.explorers.map((one) => one.stage.offsetHeight)));
    const canvases = this.explorers.map((one) => one.canvas);
    const scale = Math.min(...canvases.map((one) => one.viewport.scale));
    for (const { viewport, whole } of canvases) {
      viewport.set((viewport.size.width - whole.width * scale) / 2, 16, scale);
    }
    this.together.measure();
  }

  /** Both are equally high, and not so high that only one fits on a small screen. */
  #level(height) {
    const [left, right] = this.sides.children;
    const stacked = right.offsetTop >= left.offsetTop + left.offsetHeight;
    this.height = stacked ? Math.min(height, STACKED) : height;
    for (const one of this.explorers) one.stage.style.height = `${this.height}px`;
  }

  #resized() {
    if (this.explorers.some((one) => one.canvas.fresh)) return;
    const both = this.explorers.length === 2;
    if (this.began) {
      const other = both && this.explorers.map((one) => one.stage.offsetHeight).find((height) => height !== this.height);
      if (other) this.#level(other);
      this.together.follow();
      return;
    }
    if (both) this.#begin();
    this.began = true;
    if (this.highlighted.length) this.highlight(this.highlighted);
    if (this.selected) this.select(this.selected);
  }

  #key(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && event.key !== "Escape") event.stopPropagation();
    if (event.key === "Escape" && this.#let()) event.stopPropagation();
  }

  /** Let go of what is lit, and then of what is selected; tell if there was any. */
  #let() {
    const [side] = split(this.selected);
    if (this.points.chosen >= 0 || this.highlighted.length) {
      this.points.press(-1);
      this.#point(-1);
    } else if (this.explorers[side]) this.explorers[side].select("", { byUser: true });
    else return false;
    return true;
  }
}

/** Return the number of the side that a name begins with, and the rest of it. */
function split(name) {
  const end = name.indexOf("/");
  return [NAMES.indexOf(name.slice(0, end)), name.slice(end + 1)];
}

function around(places) {
  const [x, y] = [Math.min(...places.map((one) => one.x)), Math.min(...places.map((one) => one.y))];
  const [right, bottom] = [Math.max(...places.map((one) => one.x + one.width)), Math.max(...places.map((one) => one.y + one.height))];
  return { x, y, width: right - x, height: bottom - y };
}

function touching(one, area) {
  return one.x + one.width > area.x && one.x < area.x + area.width && one.y + one.height > area.y && one.y < area.y + area.height;
}

/** Tell the widget what a person did. */
function report(shown, model) {
  const save = (trait) => (value) => {
    model.set(trait, value);
    model.save_changes();
  };
  const [selected, highlighted] = [save("selected"), save("highlighted")];
  shown.onSelect = (name) => {
    selected(name);
    model.send({ event: "select", path: name });
  };
  shown.onHighlight = highlighted;
  shown.onOpened = save("opened");
  shown.onCompute = (path) => model.send({ event: "compute", path });
}

/** Do what the widget says. */
function obey(shown, model) {
  const told = {
    "change:selected": () => model.get("selected") !== shown.selected && shown.select(model.get("selected")),
    "change:highlighted": () => same(model.get("highlighted"), shown.highlighted) || shown.highlight(model.get("highlighted")),
    "change:opened": () => shown.setOpened(model.get("opened")),
    "change:problem": () => shown.explorers[0]?.setProblem(model.get("problem")),
    "msg:custom": (message) => {
      if (message.event === "live") for (const one of shown.explorers) one.setLive();
      const [explorer, path] = message.event === "panel" ? shown.explorerOf(message.path) : [];
      explorer?.setPanel(path, message.panel);
    },
  };
  for (const [event, listener] of Object.entries(told)) model.on(event, listener);
  return () => Object.entries(told).forEach(([event, listener]) => model.off(event, listener));
}

function same(one, other = []) {
  return one.length === other.length && one.every((name, k) => name === other[k]);
}

function render({ model, el }) {
  const shown = new Comparison();
  el.append(shown.element);
  const draw = async () => {
    if (!model.get("_data")) return;
    const data = await unpack(model.get("_data"));
    shown.setData(data, Object.fromEntries(["opened", "selected", "highlighted"].map((name) => [name, model.get(name)])));
    shown.explorers[0].setProblem(model.get("problem"));
    model.send({ event: "hello" });
  };
  report(shown, model);
  const end = obey(shown, model);
  model.on("change:_data", draw);
  draw();
  return () => {
    model.off("change:_data", draw);
    end();
    shown.destroy();
  };
}

export default { render };
