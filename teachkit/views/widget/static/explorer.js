import { Canvas } from "./canvas.js";
import { button, element, uniqueId } from "./dom.js";
import { Keys } from "./keys.js";
import { Menu } from "./menu.js";
import { Minimap } from "./minimap.js";
import { Neighbours } from "./neighbours.js";
import { Panel } from "./panel.js";
import { Routes } from "./routes.js";
import { Search } from "./search.js";

const HIGHEST = 640;
const LOWEST = 180;

/**
 * A drawing with all that one can do with it. It knows no kernel: who uses it listens.
 *
 * Listeners, each may be set: `onSelect(name)` and `onOpened(keys)` after a person did
 * something, `onMoved(byUser)` when another part is in sight, `onCompute(path)`.
 */
export class Explorer {
  /** @param {{label?: string, panel?: boolean}} options */
  constructor({ label = "model", panel = true } = {}) {
    this.opened = new Set();
    this.selected = "";
    this.live = false;
    this.withPanel = panel;
    this.canvas = new Canvas({ label, moved: (byUser) => this.#moved(byUser) });
    this.minimap = new Minimap(this.canvas);
    this.panel = new Panel({
      select: (name) => this.select(name, { byUser: true, focus: true }), toggle: (key) => this.toggle(key),
      compute: (path) => this.onCompute?.(path), close: () => this.select("", { byUser: true }),
    });
    this.search = new Search({ mark: (names) => this.canvas.mark("tkw-match", this.#seen(names)), go: (name) => this.select(name, { byUser: true }) });
    this.routes = new Routes({ show: (names) => this.#light("tkw-lit", names) });
    this.menu = new Menu(this.canvas, { tell: (text) => this.tell(text), show: (...parts) => this.panel.show(...parts) });
    this.status = element("span", { class: "tkw-status", role: "status" });
    this.problem = element("p", { class: "tkw-problem", role: "alert" });
    this.problem.hidden = true;
    this.tip = element("div", { class: "tkw-tip", "aria-hidden": "true" });
    this.tip.hidden = true;
    this.#assemble(label);
    new Keys(this);
    this.watcher = new ResizeObserver(() => this.#resized());
    this.watcher.observe(this.stage);
  }

  #assemble(label) {
    const { viewport } = this.canvas;
    this.openAll = button("Open all", "Open all groups", () => this.#openAll());
    this.toolbar = element("div", { class: "tkw-toolbar", role: "group", "aria-label": "View" },
      button("−", "Zoom out", () => viewport.zoom(1 / 1.25)), button("+", "Zoom in", () => viewport.zoom(1.25)),
      button("Fit", "Fit: show all", () => viewport.fit(this.canvas.whole)),
      this.openAll, this.routes.opener, this.search.element, this.menu.element, this.status);
    this.stage = element("div", { class: "tkw-stage" }, this.canvas.svg, this.minimap.element, this.tip);
    const main = element("div", { class: "tkw-main" }, this.stage, ...(this.withPanel ? [this.panel.element] : []));
    this.element = element("div", { class: "tkw", role: "group", "aria-label": `Graph of ${label}`, id: uniqueId("view") },
      this.toolbar, this.routes.element, this.problem, main);
    const { svg } = this.canvas;
    svg.addEventListener("click", (event) => this.#click(event));
    svg.addEventListener("dblclick", (event) => this.#doubleClick(event));
    svg.addEventListener("pointermove", (event) => this.#hover(event));
    svg.addEventListener("pointerleave", () => this.#hover(null));
  }

  /** Show a model; what is known of an earlier one with the same calls stays. */
  setData(data) {
    this.data = data;
    const name = `Graph of ${data.name}`;
    this.element.setAttribute("aria-label", name);
    this.canvas.svg.setAttribute("aria-label", `${name}: ${data.facts}`);
    this.canvas.layers.boxes.setAttribute("aria-label", `Calls of ${data.name}`);
    this.groups = groupsOf(data.level);
    this.shares = sharesOf(data.level);
    this.#draw();
    this.search.renew(data.level);
    this.menu.renew();
    this.#resized();
    if (this.selected) this.select(this.selected);
  }

  /** Open exactly these groups. */
  setOpened(keys) {
    const wanted = new Set(keys);
    if (wanted.size === this.opened.size && [...wanted].every((key) => this.opened.has(key))) return;
    this.opened = wanted;
    if (this.data) this.#draw();
  }

  /** Open or close a group; it stays where it is on the screen. */
  toggle(key, byUser = true) {
    const before = this.canvas.places.get(key);
    const { viewport } = this.canvas;
    const at = before && [before.x * viewport.scale + viewport.x, before.y * viewport.scale + viewport.y];
    if (this.opened.has(key)) this.opened.delete(key);
    else this.opened.add(key);
    this.#draw();
    const after = this.canvas.places.get(key);
    if (at && after) viewport.set(at[0] - after.x * viewport.scale, at[1] - after.y * viewport.scale);
    if (this.selected) this.select(this.selected);
    this.tell(`${key} ${this.opened.has(key) ? "opened" : "closed"}.`);
    if (byUser) this.onOpened?.([...this.opened]);
  }

  /**
   * Select a call or an edge by its name; an empty name clears the selection.
   * @param {string} name
   * @param {{byUser?: boolean, focus?: boolean}} how
   */
  select(name, { byUser = false, focus = false } = {}) {
    const known = name ? this.#reach(name) : "";
    this.selected = name;
    this.canvas.mark("tkw-selected", [known]);
    this.canvas.mark("tkw-mate", this.#seen(this.matesOf(known)));
    this.canvas.mark("tkw-near", this.#around(known));
    const box = this.canvas.places.get(known);
    if (box) this.#roving(known, focus);
    if (box) this.canvas.viewport.reveal(box.open ? { ...box, height: 30 } : box);
    this.#tellOf(known);
    if (byUser) this.onSelect?.(name);
  }

  /** Light up calls and edges, and dim the rest; nothing lit, nothing dimmed. */
  highlight(names) {
    this.highlighted = names;
    this.#light("tkw-lit", this.#seen(names));
  }

  /** Say something to who listens with a screen reader, and beside the buttons. */
  tell(text) {
    this.status.textContent = text;
  }

  /** Show what went wrong above the drawing that was good. */
  setProblem(text) {
    this.problem.textContent = text;
    this.problem.hidden = !text;
    this.element.classList.toggle("tkw-has-problem", Boolean(text));
  }

  /** A kernel listens: what needs one is offered. */
  setLive() {
    this.live = true;
    if (this.selected) this.#tellOf(this.selected);
  }

  setPanel(path, html) {
    this.data.panels[path] = html;
    if (this.selected === path) this.#tellOf(path);
  }

  /** The calls of the shared layer that a call belongs to, but itself. */
  matesOf(name) {
    const share = this.canvas.places.get(name)?.data.share;
    return share ? this.shares.get(share[0]).filter((key) => key !== name) : [];
  }

  destroy() {
    this.watcher.disconnect();
    this.canvas.viewport.stop();
  }

  #draw() {
    this.canvas.show(this.data, this.opened);
    this.neighbours = new Neighbours(this.canvas.composed);
    this.routes.renew(this.neighbours);
    this.minimap.renew();
    this.openAll.hidden = !this.groups.size;
    const all = [...this.groups.keys()].every((key) => this.opened.has(key));
    this.openAll.textContent = all ? "Close all" : "Open all";
    this.openAll.setAttribute("aria-label", `${this.openAll.textContent} groups`);
    if (this.highlighted?.length) this.highlight(this.highlighted);
    this.#roving(this.canvas.places.has(this.current) ? this.current : this.neighbours.boxes[0]?.key, false);
  }

  #openAll() {
    const all = [...this.groups.keys()];
    this.setOpened(all.every((key) => this.opened.has(key)) ? [] : all);
    if (this.selected) this.select(this.selected);
    this.onOpened?.([...this.opened]);
  }

  /** Return the name of what is drawn for a call, after opening what hides it. */
  #reach(name) {
    if (this.canvas.named.has(name)) return name;
    const around = [...this.groups].filter(([, inside]) => inside.has(name)).map(([key]) => key);
    if (!around.length) return this.#seen([name])[0] ?? "";
    for (const key of around) this.opened.add(key);
    this.#draw();
    this.onOpened?.([...this.opened]);
    return name;
  }

  /** Return names of what is drawn: a closed group stands for what is inside of it. */
  #seen(names) {
    const found = new Set();
    for (const name of names) {
      let key = name;
      while (!this.canvas.named.has(key) && key.includes("/")) key = key.slice(0, key.lastIndexOf("/"));
      if (this.canvas.named.has(key)) found.add(key);
    }
    return [...found];
  }

  #around(name) {
    const { after, before } = this.neighbours;
    return [...(after.get(name) ?? []), ...(before.get(name) ?? [])].map((edge) => edge.name);
  }

  #light(kind, names) {
    this.canvas.mark(kind, names);
    this.canvas.svg.classList.toggle("tkw-dim", names.length > 0);
  }

  #tellOf(name) {
    const placed = this.canvas.places.get(name);
    const wire = this.canvas.wires.get(name);
    if (!this.withPanel || !(placed || wire)) {
      this.panel.hide();
    } else if (wire) {
      this.panel.showEdge(wire.data);
    } else {
      const all = this.canvas.composed.wires.map((one) => one.data);
      this.panel.showCall({
        placed, html: this.data.panels[name], mates: this.matesOf(name), live: this.live, tip: this.data.marks?.[name]?.tip,
        incoming: all.filter((one) => one.to === name).map((one) => [one.edge, `${one.from} as ${one.port}: ${one.shape}`]),
        outgoing: all.filter((one) => one.from === name).map((one) => [one.edge, `${one.to}: ${one.shape}`]),
      });
    }
  }

  /** Exactly one box is reached with Tab; the arrows go on from there. */
  #roving(key, focus) {
    const before = this.canvas.named.get(this.current);
    if (before) this.canvas.elements.get(before)?.setAttribute("tabindex", "-1");
    this.current = key;
    const made = key && this.canvas.elementOf(key);
    made?.setAttribute?.("tabindex", "0");
    if (made && focus) made.focus({ preventScroll: true });
  }

  /** Go to a box with the keyboard. */
  go(key) {
    if (!key) return;
    this.#roving(key, true);
    const box = this.canvas.places.get(key);
    this.canvas.viewport.reveal(box.open ? { ...box, height: 30 } : box);
  }

  #click(event) {
    if (this.canvas.viewport.dragging) return;
    const toggled = event.target.closest("[data-toggle]");
    if (toggled) {
      this.toggle(toggled.dataset.toggle);
      return;
    }
    const found = event.target.closest("[data-key], [data-edge]");
    const name = found?.dataset.key ?? found?.dataset.edge ?? "";
    if (name || this.selected) this.select(name, { byUser: true, focus: true });
  }

  #doubleClick(event) {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (key && this.groups.has(key) && !event.target.closest("[data-toggle]")) this.toggle(key);
  }

  #hover(event) {
    const found = event && !this.canvas.viewport.dragging ? event.target.closest("[data-edge], [data-key]") : null;
    const text = found ? this.#hint(found.dataset) : "";
    this.tip.hidden = !text;
    if (!text) return;
    this.tip.textContent = text;
    const box = this.stage.getBoundingClientRect();
    const x = Math.min(event.clientX - box.left + 14, box.width - this.tip.offsetWidth - 4);
    this.tip.style.left = `${Math.max(x, 4)}px`;
    this.tip.style.top = `${event.clientY - box.top + 18}px`;
  }

  #hint({ edge, key }) {
    if (!edge) {
      const { label } = this.canvas.places.get(key).data;
      const mark = this.data.marks?.[key]?.tip;
      return `${key}\n${label}${mark ? `\n${mark}` : ""}`;
    }
    const { from, to, port, shape, source } = this.canvas.wires.get(edge).data;
    return source && `${from} → ${to} (${port})\n${shape}`;
  }

  #moved(byUser) {
    this.minimap?.move();
    if (this.tip) this.tip.hidden = true;
    this.onMoved?.(byUser);
  }

  #resized() {
    const { clientWidth } = this.stage;
    if (!clientWidth || !this.data) return;
    const { whole, viewport, fresh } = this.canvas;
    if (fresh) {
      const zoom = Math.min(Math.max((clientWidth - 32) / whole.width, 0.65), 1);
      this.stage.style.height = `${Math.round(Math.min(Math.max(whole.height * zoom + 32, LOWEST), HIGHEST))}px`;
    }
    const before = viewport.size.width;
    this.canvas.resize(clientWidth, this.stage.clientHeight);
    if (fresh) {
      this.canvas.fresh = false;
      this.canvas.start();
      if (this.selected) this.select(this.selected);
    } else if (before && before !== clientWidth) viewport.pan((clientWidth - before) / 2, 0);
  }
}

function groupsOf(level, found = new Map()) {
  for (const box of level.boxes) {
    if (!box.inside) continue;
    found.set(box.key, new Set(namesIn(box.inside)));
    groupsOf(box.inside, found);
  }
  return found;
}

function namesIn(level) {
  return [...level.boxes.flatMap((box) => [box.key, ...(box.inside ? namesIn(box.inside) : [])]), ...level.wires.map((wire) => wire.edge)];
}

function sharesOf(level, found = new Map()) {
  for (const box of level.boxes) {
    if (box.share) found.set(box.share[0], [...(found.get(box.share[0]) ?? []), box.key]);
    if (box.inside) sharesOf(box.inside, found);
  }
  return found;
}
