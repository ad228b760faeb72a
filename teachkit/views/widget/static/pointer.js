import { element } from "./dom.js";

/** What the mouse does on a drawing: select, open, and ask by resting. */
export class Pointer {
  /** @param {import("./explorer.js").Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
    this.tip = element("div", { class: "tkw-tip", "aria-hidden": "true" });
    this.tip.hidden = true;
    const { svg } = explorer.canvas;
    svg.addEventListener("click", (event) => this.#click(event));
    svg.addEventListener("dblclick", (event) => this.#doubleClick(event));
    svg.addEventListener("pointermove", (event) => this.#hover(event));
    svg.addEventListener("pointerleave", () => this.hide());
  }

  /** Bring what the keyboard has reached into sight. */
  follow(event) {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (key !== undefined) this.explorer.selection.reveal(key);
  }

  hide() {
    this.tip.hidden = true;
  }

  #click(event) {
    const { explorer } = this;
    if (explorer.canvas.viewport.dragging) return;
    const toggled = event.target.closest("[data-toggle]");
    if (toggled) {
      explorer.toggle(toggled.dataset.toggle);
      return;
    }
    const found = event.target.closest("[data-key], [data-edge]");
    const name = found?.dataset.key ?? found?.dataset.edge ?? "";
    if (name || explorer.selected) explorer.select(name, { byUser: true, focus: true });
  }

  #doubleClick(event) {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (key && this.explorer.groups.has(key) && !event.target.closest("[data-toggle]")) this.explorer.toggle(key);
  }

  #hover(event) {
    const { viewport } = this.explorer.canvas;
    // A finger does not rest on things, and what it touches is told in the panel.
    const found = viewport.dragging || event.pointerType === "touch" ? null : event.target.closest("[data-edge], [data-key]");
    if (!found) {
      this.hide();
      return;
    }
    this.tip.textContent = this.#hint(found.dataset);
    this.tip.hidden = false;
    const box = this.tip.parentElement.getBoundingClientRect();
    const x = Math.min(event.clientX - box.left + 14, box.width - this.tip.offsetWidth - 4);
    const below = event.clientY - box.top + 18;
    const y = below + this.tip.offsetHeight > box.height ? below - this.tip.offsetHeight - 26 : below;
    this.tip.style.left = `${Math.max(x, 4)}px`;
    this.tip.style.top = `${Math.max(y, 2)}px`;
  }

  #hint({ edge, key }) {
    const { canvas, data } = this.explorer;
    if (edge !== undefined) {
      const { from, to, port, shape } = canvas.wires.get(edge).data;
      return `${from} → ${to} (${port})\n${shape}`;
    }
    const mark = data.marks?.[key]?.tip;
    const { label } = canvas.places.get(key).data;
    const path = label.startsWith(`${key}, `) ? "" : `${key}\n`;
    return `${path}${label}${mark ? `\n${mark}` : ""}`;
  }
}
