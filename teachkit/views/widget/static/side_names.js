export const SIDES = ["left", "right"];

/** Return the number of the side that a name begins with, and the rest of it. */
export function splitName(name) {
  const end = name.indexOf("/");
  return [SIDES.indexOf(name.slice(0, end)), name.slice(end + 1)];
}

/** Return the names on the left and those on the right, without their side. */
export function splitNames(names) {
  const found = names.map(splitName);
  return SIDES.map((_, side) => found.filter(([own]) => own === side).map(([, path]) => path));
}

/** Return names as Python knows them. */
export function joinNames(sides) {
  return sides.flatMap((paths, side) => [...paths].map((path) => `${SIDES[side]}/${path}`));
}
