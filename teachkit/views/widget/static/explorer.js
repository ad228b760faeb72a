import { Canvas } from "./canvas.js";
import { button, element, uniqueId } from "./dom.js";
import { Keys } from "./keys.js";
import { callsOfLayers, groupsOf } from "./levels.js";
import { Menu } from "./menu.js";
import { Minimap } from "./minimap.js";
import { Neighbours } from "./neighbours.js";
import { Panel } from "./panel.js";
import { Pointer } from "./pointer.js";
import { Routes } from "./routes.js";
import { Search } from "./search.js";
import { Selection } from "./selection.js";
import { Stage } from "./stage.js";
import { compose } from "./stretch.js";

/**
 * A drawing with all that one can do with it. It knows no kernel: who uses it listens.
 *
 * Listeners, each may be set: `onSelect(name)`, `onOpened(keys)` and `onCompute(path)`
 * after a person did something, `onMoved(byUser)` when another part is in sight.
 */
export class Explorer {
  constructor() {
    this.opened = new Set();
    this.live = false;
    this.canvas = new Canvas((byUser) => this.#moved(byUser));
    this.selection = new Selection(this);
    this.minimap = new Minimap(this.canvas);
    this.panel = new Panel({
      select: (name) => this.select(name, { byUser: true, focus: true }), toggle: (key) => this.toggle(key),
      compute: (path) => this.onCompute?.(path), close: () => this.select("", { byUser: true }),
      left: () => this.selection.go(this.selection.focused),
    });
    this.search = new Search({
      mark: (names) => this.canvas.mark("tkw-match", this.selection.seen(names)),
      go: (name) => this.select(name, { byUser: true }),
    });
    this.routes = new Routes({ show: (names) => this.highlight(names) });
    this.menu = new Menu(this.canvas, { tell: (text) => this.tell(text), show: (...parts) => this.panel.show(...parts) });
    this.pointer = new Pointer(this);
    this.#assemble();
    this.keys = new Keys(this);
  }

  get selected() {
    return this.selection.name;
  }

  get highlighted() {
    return this.selection.lit;
  }

  #assemble() {
    const { viewport } = this.canvas;
    this.openAll = button("Open all", "Open all groups", () => this.#openAll());
    this.openAll.hidden = true;
    this.status = element("span", { class: "tkw-status", role: "status" });
    this.problem = element("p", { class: "tkw-problem", role: "alert" });
    this.problem.hidden = true;
    this.toolbar = element("div", { class: "tkw-toolbar", role: "group", "aria-label": "View" },
      button("−", "Zoom out", () => viewport.zoomOut()), button("+", "Zoom in", () => viewport.zoomIn()),
      button("Fit", "Fit: show all", () => viewport.fit(this.canvas.whole)),
      this.openAll, this.routes.opener, this.search.element, this.menu.element, this.status);
    this.stage = new Stage(this.canvas, [this.minimap.element, this.pointer.tip], {
      begun: () => this.selected && this.select(this.selected),
      resized: () => this.canvas.places.has(this.selected) && this.selection.reveal(this.selected),
    });
    // A listener of the focus on the SVG itself would make it one more stop of Tab.
    this.stage.element.addEventListener("focusin", (event) => this.pointer.follow(event));
    const main = element("div", { class: "tkw-main" }, this.stage.element, this.panel.element);
    this.element = element("div", { class: "tkw", role: "group", "aria-label": "Graph", id: uniqueId("view") },
      this.toolbar, this.routes.element, this.problem, main);
  }

  /** Show a model. What was selected and opened before stays so, if it is there. */
  setData(data) {
    const turned = this.data && this.data.direction !== data.direction;
    this.data = data;
    const name = `Graph of ${data.name}`;
    this.element.setAttribute("aria-label", name);
    this.canvas.svg.setAttribute("aria-label", `${name}: ${data.facts}`);
    this.canvas.layers.boxes.setAttribute("aria-label", `Calls of ${data.name}`);
    this.groups = groupsOf(data.level);
    this.layers = callsOfLayers(data.level);
    this.#draw();
    this.search.renew(data.level);
    this.menu.renew();
    this.stage.measure();
    if (turned) this.stage.fit();
    if (this.selected) this.select(this.selected);
  }

  /** Open exactly these groups. */
  setOpened(keys) {
    const wanted = new Set(keys);
    if (wanted.size === this.opened.size && [...wanted].every((key) => this.opened.has(key))) return;
    this.opened = wanted;
    if (this.data) this.#draw();
  }

  /** Open the groups that hide what has these names; tell whether there were any. */
  uncover(names) {
    const hides = ([key, inside]) => !this.opened.has(key) && names.some((name) => inside.has(name));
    const closed = [...this.groups].filter(hides).map(([key]) => key);
    this.setOpened([...this.opened, ...closed]);
    return closed.length > 0;
  }

  /** The same, and who listens is told that a group is open now. */
  reach(names) {
    const any = this.uncover(names);
    if (any) this.onOpened?.([...this.opened]);
    return any;
  }

  /** Open or close a group; it stays where it is on the screen. */
  toggle(key) {
    const { viewport } = this.canvas;
    const before = this.canvas.places.get(key);
    const at = [before.x * viewport.scale + viewport.x, before.y * viewport.scale + viewport.y];
    if (this.opened.has(key)) this.opened.delete(key);
    else this.opened.add(key);
    this.#draw();
    const after = this.canvas.places.get(key);
    this.stage.grow();
    viewport.set(at[0] - after.x * viewport.scale, at[1] - after.y * viewport.scale);
    if (this.selected && !this.groups.get(key).has(this.selected)) this.select(this.selected);
    this.tell(`${key} ${this.opened.has(key) ? "opened" : "closed"}.`);
    this.onOpened?.([...this.opened]);
  }

  /**
   * Select a call or an edge by its name; an empty name clears the selection.
   * @param {string} name
   * @param {{byUser?: boolean, focus?: boolean}} how
   */
  select(name, { byUser = false, focus = false } = {}) {
    this.selection.select(name, focus);
    if (byUser) this.onSelect?.(name);
  }

  /** Light up calls and edges, and dim the rest. */
  highlight(names) {
    this.selection.highlight(names);
  }

  /** Say something beside the buttons; a screen reader says it too. */
  tell(text) {
    this.status.textContent = text;
  }

  /** Show what went wrong above the drawing that was good. */
  setProblem(text) {
    this.problem.textContent = text;
    this.problem.hidden = !text;
    this.element.classList.toggle("tkw-has-problem", Boolean(text));
  }

  /**
   * A kernel listens: what needs one is offered.
   * @param {[string, () => void][]} choices more entries of the menu
   */
  setLive(choices = []) {
    this.live = true;
    this.menu.extra = choices;
    if (this.data) this.menu.renew();
    if (this.selected) this.selection.tell(this.selected);
  }

  setPanel(path, html) {
    this.data.panels[path] = html;
    if (this.selected === path) this.selection.tell(path);
  }

  destroy() {
    this.keys.end();
    this.stage.destroy();
    this.canvas.viewport.stop();
  }

  #draw() {
    this.canvas.show(this.data, this.opened);
    this.neighbours = new Neighbours(this.canvas.composed);
    this.routes.renew(this.neighbours, () => this.#allOpen());
    this.minimap.renew();
    this.openAll.hidden = !this.groups.size;
    const all = [...this.groups.keys()].every((key) => this.opened.has(key));
    this.openAll.textContent = all ? "Close all" : "Open all";
    this.openAll.setAttribute("aria-label", `${this.openAll.textContent} groups`);
    this.selection.renew();
    this.search.again();
  }

  /** The connections with all groups open, worked out when they are asked for. */
  #allOpen() {
    if (this.whole?.data !== this.data) {
      const composed = compose(this.data.level, new Set(this.groups.keys()), this.canvas.turned);
      this.whole = { data: this.data, neighbours: new Neighbours(composed) };
    }
    return this.whole.neighbours;
  }

  #openAll() {
    const all = [...this.groups.keys()];
    this.setOpened(all.every((key) => this.opened.has(key)) ? [] : all);
    this.stage.grow();
    this.stage.fit();
    this.onOpened?.([...this.opened]);
  }

  #moved(byUser) {
    this.minimap?.move();
    this.pointer?.hide();
    this.onMoved?.(byUser);
  }
}
