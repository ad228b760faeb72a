import { HEAD } from "./stretch.js";
import { svgElement } from "./dom.js";

const ARROW = 7;
const round = (value) => Math.round(value * 10) / 10;

/** Draw a box, or the heading of an open frame. Its words were made safe in Python. */
export function drawBox(placed, { colours, mark }) {
  const { data, open } = placed;
  const kind = open ? "tk-head" : data.kind;
  const made = svgElement("g", {
    class: `tkw-box ${kind}`, "data-key": placed.key, role: "option", tabindex: "-1",
    "aria-selected": "false", "aria-label": spoken(placed),
    transform: `translate(${round(placed.x)},${round(placed.y)})`,
  });
  const width = placed.width;
  made.innerHTML = open
    ? `<rect class="tkw-grip" width="${round(width)}" height="${HEAD - 6}" rx="8"/>${data.heading}`
    : data.piece;
  if (data.share) made.append(badge(data.share, width, colours));
  if (data.inside) made.append(toggle(placed));
  if (mark) {
    const label = svgElement("g", { class: "tkw-mark", transform: `translate(0,${round(placed.height)})` });
    label.innerHTML = mark.piece;
    made.append(label);
  }
  return made;
}

function spoken({ data, open }) {
  if (!data.inside) return data.label;
  return `${data.label}, ${open ? "open" : "closed"}`;
}

function badge([number, letter], width, colours) {
  const made = svgElement("g", { class: `badge shared-${(number - 1) % colours}` });
  made.append(
    svgElement("circle", { cx: round(width - 12), cy: 13, r: 8.5 }),
    svgElement("text", { x: round(width - 12), y: 17.2, "text-anchor": "middle" }, letter),
  );
  return made;
}

function toggle({ key, open, width, data }) {
  // The heading of a frame begins at the left; the name on a box is in its middle.
  const right = data.share ? width - 44 : width - 24;
  const x = open ? right : 5;
  const made = svgElement("g", { class: "tkw-toggle", "data-toggle": key, transform: `translate(${round(x)},4)` });
  made.append(
    svgElement("rect", { class: "tkw-catch", x: -9, y: -9, width: 36, height: 36 }),
    svgElement("rect", { width: 18, height: 18, rx: 4 }),
    svgElement("path", { d: open ? "M5,9H13" : "M5,9H13M9,5V13" }),
  );
  return made;
}

export function drawFrame(placed) {
  return svgElement("g", { class: `frame ${placed.data.hue}`, "data-key": placed.key }, svgElement("rect", {
    x: round(placed.x), y: round(placed.y), width: round(placed.width), height: round(placed.height), rx: 8,
  }));
}

/** Draw a wire: a wide line to catch the pointer, the line itself, and its arrow. */
export function drawWire(wire, turned) {
  const { data, points } = wire;
  const shown = points.map((point) => [...point]);
  const end = shown[shown.length - 1];
  const tip = [...end];
  if (data.arrow) end[turned ? 0 : 1] -= ARROW;
  const path = pathOf(shown);
  const made = svgElement("g", { class: "wire", "data-edge": data.edge });
  made.append(svgElement("path", { class: "tkw-catch", d: path }), svgElement("path", { d: path }));
  if (data.arrow) made.append(svgElement("polygon", { points: arrow(tip, turned) }));
  const words = labels(data, points, turned);
  if (words.length) made.append(svgElement("g", { class: "labels" }, ...words));
  return made;
}

function pathOf(points) {
  const [first, ...rest] = points.map(([x, y]) => `${round(x)},${round(y)}`);
  return `M${first}C${rest.join(" ")}`;
}

function arrow([x, y], turned) {
  const corners = turned
    ? [[x, y], [x - ARROW, y - ARROW / 2], [x - ARROW, y + ARROW / 2]]
    : [[x, y], [x - ARROW / 2, y - ARROW], [x + ARROW / 2, y - ARROW]];
  return corners.map((corner) => corner.map(round).join(",")).join(" ");
}

function labels(data, points, turned) {
  const made = [];
  const [x0, y0] = points[0];
  const [x1, y1] = points[points.length - 1];
  const halo = (text, x, y, anchor) => made.push(
    svgElement("text", { class: "halo", x: round(x), y: round(y), "text-anchor": anchor }, text));
  if (data.output) halo(data.output, x0 + 4, turned ? y0 - 4 : y0 + 12, "start");
  if (data.label && data.arrow) {
    if (turned) halo(data.label, x1 - 10, y1 - 4, "end");
    else halo(data.label, x1 + 5, y1 - 4, "start");
  }
  return made;
}

/** Join the calls of a shared layer, each to the next. */
export function drawTies(boxes, colours, turned) {
  const groups = new Map();
  for (const box of boxes) {
    const share = box.data.share;
    if (share) groups.set(share[0], [...(groups.get(share[0]) ?? []), box]);
  }
  const order = (a, b) => (turned ? a.x - b.x || a.y - b.y : a.y - b.y || a.x - b.x);
  const made = [];
  for (const [number, group] of [...groups].sort((a, b) => a[0] - b[0])) {
    group.sort(order);
    for (let k = 1; k < group.length; k += 1) {
      const d = tie(group[k - 1], group[k], turned);
      made.push(svgElement("path", { class: `tie shared-${(number - 1) % colours}`, d }));
    }
  }
  return made;
}

function tie(one, other, turned) {
  const [left, right] = one.x <= other.x ? [one, other] : [other, one];
  const [y0, y1] = [left.y + 13, right.y + 13];
  let [x0, x1] = [left.x + left.width - 12, right.x + right.width - 12];
  if (left.x + left.width <= right.x) {
    [x0, x1] = [left.x + left.width, right.x];
    const bend = (x0 + x1) / 2;
    return pathOf([[x0, y0], [bend, y0], [bend, y1], [x1, y1]]);
  }
  if (turned) return pathOf([[x0, y0], [x0, y0], [x1, y1], [x1, y1]]);
  [x0, x1] = [left.x + left.width, right.x + right.width];
  const bend = Math.max(x0, x1) + Math.min(24 + 0.1 * Math.abs(y1 - y0), 90);
  return pathOf([[x0, y0], [bend, y0], [bend, y1], [x1, y1]]);
}

/** All boxes of each colour, and all wires, as one path each: for a view from afar. */
export function overview(composed) {
  const colours = new Map();
  for (const box of composed.boxes) {
    const hue = box.open ? "frame" : box.data.kind.split(" ")[1];
    const d = `M${round(box.x)},${round(box.y)}h${round(box.width)}v${round(box.height)}h${-round(box.width)}z`;
    colours.set(hue, (colours.get(hue) ?? "") + d);
  }
  const wires = composed.wires.map(({ points }) => {
    const corners = points.filter((_, k) => k % 3 === 0);
    return `M${corners.map(([x, y]) => `${round(x)},${round(y)}`).join("L")}`;
  });
  const made = [svgElement("path", { class: "tkw-far-wires", d: wires.join("") })];
  for (const [hue, d] of colours) made.push(svgElement("path", { class: `tkw-far-${hue}`, d }));
  return made;
}
