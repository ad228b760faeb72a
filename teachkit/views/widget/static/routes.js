import { button, element } from "./dom.js";

/** Ask for all routes from an input to an output. */
export class Routes {
  /**
   * @param {{show: (names: string[]) => void}} actions
   */
  constructor(actions) {
    this.actions = actions;
    this.from = element("select", { "aria-label": "From", onchange: () => this.#trace() });
    this.to = element("select", { "aria-label": "To", onchange: () => this.#trace() });
    this.told = element("span", { class: "tkw-told", role: "status" });
    this.element = element("div", { class: "tkw-routes", role: "group", "aria-label": "Routes" },
      element("span", {}, "Routes from "), this.from, element("span", {}, " to "), this.to, this.told,
      button("Done", "Done: hide the routes", () => this.toggle(false)));
    this.element.hidden = true;
    this.opener = button("Routes", "Routes from an input to an output", () => this.toggle(this.element.hidden), { "aria-expanded": "false" });
  }

  /**
   * Take the connections of a new drawing.
   * @param {import("./neighbours.js").Neighbours} neighbours of what is drawn
   * @param {() => import("./neighbours.js").Neighbours} allOpen with all groups open:
   *   how many routes there are does not change with what is open
   */
  renew(neighbours, allOpen) {
    this.neighbours = neighbours;
    this.allOpen = allOpen;
    fill(this.from, neighbours.inputs, neighbours.places);
    fill(this.to, neighbours.outputs, neighbours.places);
    this.opener.hidden = !neighbours.inputs.length || !neighbours.outputs.length;
    if (!this.element.hidden) this.#trace();
  }

  toggle(shown) {
    this.element.hidden = !shown;
    this.opener.setAttribute("aria-expanded", String(shown));
    if (shown) this.#trace();
    else this.actions.show([]);
  }

  #trace() {
    const { names } = this.neighbours.routes(this.from.value, this.to.value);
    const all = this.allOpen();
    const { count } = all.routes(this.from.value, this.to.value);
    const folded = all.boxes.some((box) => box.key.endsWith("#block"));
    const calls = names.filter((name) => this.neighbours.places.has(name)).length;
    const many = count > 1e6 ? "more than a million routes" : `${count} route${count === 1 ? "" : "s"}`;
    const blocks = folded ? ", each repeated block taken once" : "";
    this.told.textContent = count ? `${many} over ${calls} boxes${blocks}` : "no route";
    this.actions.show(names);
  }
}

function fill(select, keys, places) {
  const before = select.value;
  select.replaceChildren(...keys.map((key) => {
    const { data } = places.get(key);
    const name = key.includes("#output") ? data.label.split(", ")[0] : key;
    return element("option", { value: key }, name);
  }));
  if (keys.includes(before)) select.value = before;
}
