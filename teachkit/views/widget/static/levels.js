/**
 * The groups of a level, and of those inside: all that is in each, by its key.
 * @param {any} level as `graph_data.py` writes it
 * @returns {Map<string, Set<string>>}
 */
export function groupsOf(level, found = new Map()) {
  for (const box of level.boxes) {
    if (!box.inside) continue;
    found.set(box.key, new Set(namesIn(box.inside)));
    groupsOf(box.inside, found);
  }
  return found;
}

/** The keys of all calls of each layer, at all depths. */
export function callsOfLayers(level, found = new Map()) {
  for (const box of level.boxes) {
    if (box.layer) found.set(box.layer, [...(found.get(box.layer) ?? []), box.key]);
    if (box.inside) callsOfLayers(box.inside, found);
  }
  return found;
}

function namesIn(level) {
  const inside = level.boxes.flatMap((box) => [box.key, ...(box.inside ? namesIn(box.inside) : [])]);
  return [...inside, ...level.wires.map((wire) => wire.edge)];
}
