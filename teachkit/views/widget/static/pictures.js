import { drawBox, drawFrame, drawTies, drawWire } from "./shapes.js";
import { svgElement } from "./dom.js";

const LEAST_SCALE = 0.05;
const DROPPED = ["role", "tabindex", "aria-selected", "data-key", "data-edge"];

/**
 * The whole drawing as it is now, as an SVG that stands for itself.
 * @param {import("./canvas.js").Canvas} canvas
 */
export function standaloneSvg({ composed, data, turned, svg }) {
  const { width, height } = composed;
  const colours = data.sharedColours;
  const root = svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg", class: "tk", width: Math.ceil(width + 32), height: Math.ceil(height + 32),
    viewBox: `-16 -16 ${Math.ceil(width + 32)} ${Math.ceil(height + 32)}`, role: "img", "aria-label": data.name,
  });
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = resolved(data.rules, getComputedStyle(svg)) + ".tkw-catch,.tkw-toggle{display:none}.tkw-grip{fill:none!important;stroke:none!important}";
  root.append(style, svgElement("rect", { class: "paper", x: -16, y: -16, width: Math.ceil(width + 32), height: Math.ceil(height + 32) }));
  const { boxes, wires } = composed;
  root.append(...boxes.filter((box) => box.open).map(drawFrame), ...drawTies(boxes, colours, turned),
    ...wires.map((wire) => drawWire(wire, turned)),
    ...boxes.map((box) => drawBox(box, { colours, mark: data.marks?.[box.key] })));
  for (const made of root.querySelectorAll("*")) for (const name of DROPPED) made.removeAttribute(name);
  return new XMLSerializer().serializeToString(root);
}

/** Put the colours of the theme in the place of their variables. */
function resolved(rules, style) {
  const dark = style.colorScheme.includes("dark") && (!style.colorScheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  return rules.replace(/var\((--tk-[a-z0-9-]+)\)/g, (_, name) => {
    const both = /light-dark\(\s*([^,]+),\s*([^)]+)\)/.exec(style.getPropertyValue(name));
    return both ? both[dark ? 2 : 1] : style.getPropertyValue(name);
  }).replace("color-scheme: light dark", "");
}

/** Paint an SVG; a large one smaller, as browsers have a largest picture. Of one that
 * nobody could read then there is none: null. */
export async function pngOf(text) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const scale = Math.min(2, 16000 / Math.max(picture.width, picture.height));
  if (scale < LEAST_SCALE) return null;
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** Hand a file to the person who looks. */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
