import { element, uniqueId } from "./dom.js";

/** Find calls by name or type, in closed groups too. */
export class Search {
  /**
   * @param {{mark: (names: string[]) => void, go: (name: string) => void}} actions
   */
  constructor(actions) {
    this.actions = actions;
    this.input = element("input", {
      type: "search", placeholder: "Search", id: uniqueId("search"), "aria-label": "Search calls by name or type",
      spellcheck: "false", autocomplete: "off", oninput: () => this.#look(), "ontkw-key": (event) => this.#key(event),
    });
    this.count = element("span", { class: "tkw-count", role: "status" });
    this.element = element("span", { class: "tkw-search" }, this.input, this.count);
    this.entries = [];
    this.found = [];
    this.place = -1;
  }

  /** Take the boxes of a new drawing. */
  renew(level) {
    this.entries = entriesOf(level);
    this.#look();
  }

  /** Mark again what was found, after groups were opened or closed. */
  again() {
    this.actions.mark(this.found);
  }

  #look() {
    const wanted = this.input.value.trim().toLowerCase();
    this.found = wanted ? this.entries.filter((one) => one.words.includes(wanted)).map((one) => one.key) : [];
    this.place = -1;
    this.#tell(wanted);
    this.actions.mark(this.found);
  }

  #tell(wanted) {
    const count = this.found.length;
    const at = this.place >= 0 ? `${this.place + 1} of ` : "";
    this.count.textContent = wanted ? `${at}${count} found` : "";
  }

  #key(event) {
    if (event.key === "Escape" && this.input.value) {
      event.preventDefault();
      event.stopPropagation();
      this.input.value = "";
      this.#look();
    } else if (event.key === "Enter" && this.found.length) {
      event.preventDefault();
      const step = event.shiftKey ? -1 : 1;
      this.place = (Math.max(this.place, event.shiftKey ? 0 : -1) + step + this.found.length) % this.found.length;
      this.#tell(true);
      this.actions.go(this.found[this.place]);
    }
  }
}

function entriesOf(level) {
  return level.boxes.flatMap((box) => [
    { key: box.key, words: `${box.key}\n${box.label}`.toLowerCase() },
    ...(box.inside ? entriesOf(box.inside) : []),
  ]);
}
