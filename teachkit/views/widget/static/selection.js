import { push } from "./neighbours.js";

/**
 * What is selected, lit, and in the keyboard's focus. A name is that of a call or of
 * an edge; a closed group stands for what is inside of it.
 */
export class Selection {
  /** @param {import("./explorer.js").Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
    this.name = "";
    this.lit = [];
    this.focused = undefined;
  }

  /** Select a call or an edge; an empty name clears the selection. */
  select(name, focus) {
    const { canvas } = this.explorer;
    const known = name ? this.#reach(name) : "";
    this.name = name;
    // The focus first: after a change it would have to wait for a new layout.
    if (canvas.places.has(known)) this.rove(known, focus);
    canvas.mark("tkw-selected", [known]);
    canvas.mark("tkw-mate", this.seen(this.matesOf(known)));
    canvas.mark("tkw-near", this.#around(known));
    if (canvas.places.has(known)) this.reveal(known);
    this.tell(known);
  }

  /** Light up calls and edges, and dim the rest; nothing lit, nothing dimmed. */
  highlight(names) {
    const { canvas } = this.explorer;
    this.lit = names;
    const seen = this.seen(names);
    canvas.mark("tkw-lit", seen);
    canvas.svg.classList.toggle("tkw-dim", seen.length > 0);
  }

  /** Take both up again after the drawing has changed. */
  renew() {
    const { canvas, neighbours } = this.explorer;
    if (this.lit.length) this.highlight(this.lit);
    this.rove(canvas.places.has(this.focused) ? this.focused : neighbours.boxes[0]?.key, false);
  }

  /** All other calls of the layer of a call, in other calls of nested models too. */
  matesOf(name) {
    const { canvas, layers } = this.explorer;
    const layer = canvas.places.get(name)?.data.layer;
    return layer ? layers.get(layer).filter((key) => key !== name) : [];
  }

  /** Return names of what is drawn for these names. */
  seen(names) {
    const { named } = this.explorer.canvas;
    const found = new Set();
    for (const name of names) {
      let key = name;
      while (!named.has(key) && key.includes("/")) key = key.slice(0, key.lastIndexOf("/"));
      if (named.has(key)) found.add(key);
    }
    return [...found];
  }

  /** Go to a box with the keyboard. */
  go(key) {
    if (!key) return;
    this.rove(key, true);
    this.reveal(key);
  }

  reveal(key) {
    const box = this.explorer.canvas.places.get(key);
    this.explorer.canvas.viewport.reveal(box.open ? { ...box, height: 30 } : box);
  }

  /** Exactly one box is reached with Tab; the arrows go on from there. */
  rove(key, focus) {
    const { canvas } = this.explorer;
    const before = canvas.named.get(this.focused);
    if (before) canvas.elements.get(before)?.setAttribute("tabindex", "-1");
    this.focused = key;
    const made = key === undefined ? null : canvas.elementOf(key);
    made?.setAttribute("tabindex", "0");
    if (made && focus) made.focus({ preventScroll: true });
  }

  /** Tell of a call or an edge in the panel. */
  tell(name) {
    const { canvas, data, panel, live } = this.explorer;
    const placed = canvas.places.get(name);
    const wire = canvas.wires.get(name);
    if (!placed && !wire) {
      panel.hide();
    } else if (wire) {
      panel.showEdge(wire.data);
    } else {
      const { reads, feeds } = this.#wires();
      panel.showCall({
        placed, html: data.panels[name], mates: this.matesOf(name), live, tip: data.marks?.[name]?.tip,
        incoming: (reads.get(name) ?? []).map((one) => [one.edge, `${one.from}${one.output ? `[${one.index}]` : ""} as ${one.port}: ${one.shape}`]),
        outgoing: (feeds.get(name) ?? []).map((one) => [one.edge, `${one.to} as ${one.port}: ${one.shape}`]),
      });
    }
  }

  /** Return the name of what is drawn for a call, after opening what hides it. */
  #reach(name) {
    if (this.explorer.canvas.named.has(name)) return name;
    return this.explorer.reach([name]) ? name : this.seen([name])[0] ?? "";
  }

  /** The wires of a drawing by the calls that read and feed them, sorted once. */
  #wires() {
    const { composed } = this.explorer.canvas;
    if (this.sorted?.composed !== composed) {
      const [reads, feeds] = [new Map(), new Map()];
      for (const { data } of composed.wires) {
        push(reads, data.to, data);
        push(feeds, data.from, data);
      }
      this.sorted = { composed, reads, feeds };
    }
    return this.sorted;
  }

  #around(name) {
    const { after, before } = this.explorer.neighbours;
    return [...(after.get(name) ?? []), ...(before.get(name) ?? [])].map((edge) => edge.name);
  }
}
