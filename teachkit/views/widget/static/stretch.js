/**
 * Open groups in a drawing that was laid out with all groups closed.
 *
 * Each axis is stretched, never shrunk, where a group needs more room than its closed
 * box: what was left of something stays left of it, and nothing comes to overlap.
 */

const PAD = 14;
export const HEAD = 34;
const NEAR = 30;

/**
 * @typedef {{start: number, end: number, needed: number}} Interval
 * @param {Interval[]} intervals of the open groups along one axis
 * @returns {(place: number) => number} where a place is after stretching
 */
function stretched(intervals) {
  if (!intervals.length) return (place) => place;
  const places = [...new Set(intervals.flatMap((one) => [one.start, one.end]))];
  places.sort((a, b) => a - b);
  const number = new Map(places.map((place, k) => [place, k]));
  const ending = places.map(() => []);
  for (const one of intervals) ending[number.get(one.end)].push(one);
  const moved = [places[0]];
  for (let k = 1; k < places.length; k += 1) {
    const least = moved[k - 1] + places[k] - places[k - 1];
    const wanted = ending[k].map((one) => moved[number.get(one.start)] + one.needed);
    moved.push(Math.max(least, ...wanted));
  }
  return (place) => between(places, moved, place);
}

function between(places, moved, place) {
  const last = places.length - 1;
  if (place <= places[0]) return place - places[0] + moved[0];
  if (place >= places[last]) return place - places[last] + moved[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle] <= place) low = middle;
    else high = middle;
  }
  const share = (place - places[low]) / (places[high] - places[low]);
  return moved[low] + share * (moved[high] - moved[low]);
}

/**
 * @typedef {{key: string, data: any, x: number, y: number, width: number,
 *   height: number, open: boolean, frame?: string}} Placed
 *   `frame`: key of the open group around it
 * @typedef {{data: any, points: number[][]}} Routed
 * @typedef {{width: number, height: number, boxes: Placed[], wires: Routed[],
 *   points: Map<string, number[]>}} Composed
 * @param {any} level as `graph_data.py` writes it
 * @param {Set<string>} opened keys of the groups that are open
 * @param {boolean} turned from left to right
 * @returns {Composed} all that is to be drawn, frames before what is inside of them
 */
export function compose(level, opened, turned) {
  const insides = new Map();
  for (const box of level.boxes) {
    if (box.inside && opened.has(box.key)) {
      insides.set(box.key, compose(box.inside, opened, turned));
    }
  }
  const frames = level.boxes.filter((box) => insides.has(box.key));
  const across = stretched(frames.map((box) => ({
    start: box.x, end: box.x + box.width,
    needed: Math.max(insides.get(box.key).width + 2 * PAD, box.headingWidth),
  })));
  const along = stretched(frames.map((box) => ({
    start: box.y, end: box.y + box.height,
    needed: HEAD + insides.get(box.key).height + PAD,
  })));
  const found = {
    width: across(level.width), height: along(level.height), boxes: [], wires: [],
    points: new Map(Object.entries(level.points).map(([key, [x, y]]) => [key, [across(x), along(y)]])),
  };
  const places = new Map();
  for (const box of level.boxes) {
    const placed = place(box, insides.get(box.key), across, along);
    places.set(box.key, placed);
    found.boxes.push(placed);
    if (placed.open) include(found, insides.get(box.key), placed);
  }
  const ends = new Map(found.boxes.map((box) => [box.key, box]));
  for (const wire of level.wires) {
    found.wires.push(route(wire, { across, along, places, ends, found, turned }));
  }
  return found;
}

function place(box, inside, across, along) {
  const open = Boolean(inside);
  const width = open ? Math.max(inside.width + 2 * PAD, box.headingWidth) : box.width;
  const height = open ? HEAD + inside.height + PAD : box.height;
  const middleX = (across(box.x) + across(box.x + box.width)) / 2;
  const middleY = (along(box.y) + along(box.y + box.height)) / 2;
  return { key: box.key, data: box, x: middleX - width / 2, y: middleY - height / 2, width, height, open };
}

function include(found, inside, frame) {
  const x = frame.x + (frame.width - inside.width) / 2;
  const y = frame.y + HEAD;
  for (const box of inside.boxes) {
    found.boxes.push({ ...box, x: box.x + x, y: box.y + y, frame: box.frame ?? frame.key });
  }
  for (const wire of inside.wires) {
    found.wires.push({ data: wire.data, points: wire.points.map(([a, b]) => [a + x, b + y]) });
  }
  for (const [key, [a, b]] of inside.points) found.points.set(key, [a + x, b + y]);
}

/** Lead a wire from box to box, and on to what it reads or feeds inside open groups. */
function route(wire, { across, along, places, ends, found, turned }) {
  const flow = turned ? 0 : 1;
  const side = 1 - flow;
  const given = [];
  for (let k = 0; k < wire.route.length; k += 2) given.push([wire.route[k], wire.route[k + 1]]);
  const points = given.map(([x, y]) => [across(x), along(y)]);
  const last = points.length - 1;
  const source = places.get(wire.source);
  const target = places.get(wire.target);
  const leaves = source?.open && wire.outOf ? endOf(wire.outOf, ends, found, flow, true) : null;
  const enters = target?.open && wire.into ? endOf(wire.into, ends, found, flow, false) : null;
  if (source) attach(points, given, { end: 0, step: 1, box: source, flow, side, at: leaves, far: true });
  if (target) attach(points, given, { end: last, step: -1, box: target, flow, side, at: enters, far: false });
  if (leaves) points.unshift(leaves, leaves, [...points[0]]);
  if (enters) points.push([...points[points.length - 1]], enters, enters);
  return { data: wire, points };
}

/** Move an end of a wire along with its box, and the points that lead straight to it. */
function attach(points, given, { end, step, box, flow, side, at, far }) {
  const old = box.data;
  const [position, length] = flow ? ["y", "height"] : ["x", "width"];
  const [sidePosition, sideLength] = flow ? ["x", "width"] : ["y", "height"];
  const oldMiddle = old[sidePosition] + old[sideLength] / 2;
  const newMiddle = box[sidePosition] + box[sideLength] / 2;
  const oldEdge = old[position] + (far ? old[length] : 0);
  const newEdge = box[position] + (far ? box[length] : 0);
  const was = given[end];
  points[end][side] = at ? at[side] : newMiddle + was[side] - oldMiddle;
  points[end][flow] = newEdge + was[flow] - oldEdge;
  for (let k = end + step; k > 0 && k < given.length - 1; k += step) {
    const straight = Math.abs(given[k][side] - was[side]) < 1 && Math.abs(given[k][flow] - was[flow]) < NEAR;
    if (!straight && k !== end + step) break;
    points[k][side] = points[end][side] + given[k][side] - was[side];
  }
}

function endOf(key, ends, found, flow, far) {
  const box = ends.get(key);
  if (!box) return found.points.get(key) ?? null;
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  middle[flow] = flow ? box.y + (far ? box.height : 0) : box.x + (far ? box.width : 0);
  return middle;
}
