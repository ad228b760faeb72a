/** Tell whether two rectangles have a part in common. */
export function touches(one, other) {
  return one.x < other.x + other.width && one.x + one.width > other.x
    && one.y < other.y + other.height && one.y + one.height > other.y;
}

/** Tell whether a rectangle is wholly inside another one. */
export function within(inner, outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width
    && inner.y + inner.height <= outer.y + outer.height;
}

/** Return the smallest rectangle around several. */
export function around(places) {
  const [x, y] = [Math.min(...places.map((one) => one.x)), Math.min(...places.map((one) => one.y))];
  const [right, bottom] = [Math.max(...places.map((one) => one.x + one.width)), Math.max(...places.map((one) => one.y + one.height))];
  return { x, y, width: right - x, height: bottom - y };
}
