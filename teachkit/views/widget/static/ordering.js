import { button, element } from "./dom.js";

const WAYS = "Use the buttons, or the arrow keys on them: up and down move a line, left takes it out, right puts it in.";

/**
 * Lines to be put in order: those to choose from, and those of the program.
 * @param {{number: number, text: string}[]} blocks
 * @param {(text: string) => void} tell says what happened
 */
export function ordering(model, blocks, tell) {
  const rows = new Map(blocks.map((block) => [block.number, rowOf(block)]));
  const pool = element("ul", { class: "tkx-lines", role: "list", "aria-label": "Lines to choose from" });
  const program = element("ol", { class: "tkx-lines", role: "list", "aria-label": "Your program" });
  const written = element("code");
  const order = () => model.get("order").filter((number) => rows.has(number));
  const root = element("div", { class: "tkx-ordering" },
    element("div", { class: "tkx-column" }, element("p", {}, "Lines to choose from (not all are needed)"), pool),
    element("div", { class: "tkx-column" }, element("p", {}, "Your program"), program),
    element("p", { class: "tkx-written" }, "Your order: ", written), element("p", { class: "tkx-ways" }, WAYS));

  const draw = () => {
    const chosen = order();
    const rest = [...rows.keys()].filter((number) => !chosen.includes(number));
    program.replaceChildren(...chosen.map((number) => rows.get(number).chosen));
    pool.replaceChildren(...rest.map((number) => rows.get(number).free));
    written.textContent = `[${chosen.join(", ")}]`;
  };
  const put = (next) => {
    model.set("order", next);
    model.save_changes();
    draw();
  };
  const focus = (number, name) => {
    const { chosen, free } = rows.get(number);
    const row = chosen.isConnected ? chosen : free;
    (row.querySelector(`[data-way=${name}]`) ?? row.querySelector("button")).focus();
  };
  const ways = {
    use: (number) => [...order().filter((one) => one !== number), number],
    out: (number) => order().filter((one) => one !== number),
    up: (number) => moved(order(), number, -1),
    down: (number) => moved(order(), number, 1),
  };
  const go = (way, number) => {
    const next = ways[way](number);
    if (next.join() === order().join()) {
      tell(`Line ${number} cannot go further.`);
      return;
    }
    put(next);
    focus(number, way);
    const place = next.indexOf(number);
    const now = place < 0 ? "is taken out" : `is now ${place + 1} of ${next.length}`;
    tell(`Line ${number} ${now}: ${rows.get(number).text}`);
  };
  root.addEventListener("click", ({ target }) => {
    const { way, number } = target.closest("button[data-way]")?.dataset ?? {};
    if (way) go(way, Number(number));
  });
  root.addEventListener("tkw-key", (event) => {
    const { number } = event.target.closest("button[data-way]")?.dataset ?? {};
    const way = wayOf(event.key, program.contains(event.target));
    if (!number || !way) return;
    event.preventDefault();
    go(way, Number(number));
  });
  model.on("change:order", draw);
  draw();
  return { parts: [root], end: () => model.off("change:order", draw) };
}

function wayOf(key, inProgram) {
  const keys = inProgram ? { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out" } : { ArrowRight: "use" };
  return keys[key];
}

function moved(order, number, step) {
  const from = order.indexOf(number);
  const to = from + step;
  if (to < 0 || to >= order.length) return order;
  const next = [...order];
  [next[from], next[to]] = [next[to], next[from]];
  return next;
}

/** A line twice: to choose from, and in the program. One of them is shown. */
function rowOf({ number, text }) {
  const short = text.split("\n")[0];
  const way = (name, sign, label) => button(sign, `${label} ${number}: ${short}`, () => {}, { "data-way": name, "data-number": number });
  const line = () => [element("span", { class: "tkx-number" }, String(number)), element("code", {}, text)];
  const tools = (...buttons) => element("span", { class: "tkx-tools" }, ...buttons);
  const free = element("li", {}, ...line(), tools(way("use", "Use", "Use line")));
  const chosen = element("li", {}, ...line(), tools(way("up", "↑", "Move up line"), way("down", "↓", "Move down line"), way("out", "Out", "Out with line")));
  return { free, chosen, text: short };
}
