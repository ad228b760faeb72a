import { unpack } from "./unpack.js";

/**
 * Join what shows a widget with the traits of the widget.
 * @param {any} shown an explorer, or something with the same methods and listeners
 * @returns {() => void} ends it
 */
export function connect(shown, model) {
  const save = (trait) => (value) => {
    model.set(trait, value);
    model.save_changes();
  };
  const saveSelected = save("selected");
  shown.onSelect = (name) => {
    saveSelected(name);
    model.send({ event: "select", path: name });
  };
  shown.onHighlight = save("highlighted");
  shown.onOpened = save("opened");
  shown.onCompute = (path) => model.send({ event: "compute", path });
  const end = listen(shown, model);
  return () => {
    end();
    shown.destroy();
  };
}

/** Do what the widget says; what is said before there is a drawing is adopted later. */
function listen(shown, model) {
  const said = {
    "change:selected": () => shown.data && model.get("selected") !== shown.selected && shown.select(model.get("selected")),
    "change:highlighted": () => shown.data && !alike(model.get("highlighted"), shown.highlighted) && shown.highlight(model.get("highlighted")),
    "change:opened": () => shown.setOpened(model.get("opened")),
    "change:problem": () => shown.setProblem(model.get("problem")),
    "msg:custom": ({ event, path, panel }) => {
      if (event === "live") shown.setLive(choices(model));
      if (event === "panel" && shown.data) shown.setPanel(path, panel);
    },
  };
  for (const [event, listener] of Object.entries(said)) model.on(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(said)) model.off(event, listener);
  };
}

function alike(one, other) {
  return one.length === other.length && one.every((name, k) => name === other[k]);
}

/**
 * Draw the data of a widget now and whenever there are others. To unpack takes a moment:
 * older data never come after newer ones, nor after the end.
 * @param {(data: any) => void} draw
 * @returns {() => void} ends it
 */
export function followData(model, draw) {
  let ended = false;
  const renew = async () => {
    const packed = model.get("_data");
    if (!packed) return;
    const data = await unpack(packed);
    if (!ended && packed === model.get("_data")) draw(data);
  };
  model.on("change:_data", renew);
  renew();
  return () => {
    ended = true;
    model.off("change:_data", renew);
  };
}

/** What only Python can do, as entries of the menu: it lays the drawing out again. */
export function choices(model) {
  const choose = (name, value) => () => {
    model.set(name, value);
    model.save_changes();
  };
  if (model.get("direction") === undefined) return [];
  const turned = model.get("direction") === "LR";
  const folded = model.get("fold");
  const turn = [turned ? "Top to bottom" : "Left to right", choose("direction", turned ? "TB" : "LR")];
  if (folded === undefined) return [turn];
  return [turn, [folded ? "Unfold repeated blocks" : "Fold repeated blocks", choose("fold", !folded)]];
}

/** Take over what the widget says of itself now. */
export function adopt(explorer, model) {
  explorer.setProblem(model.get("problem"));
  explorer.select(model.get("selected"));
  explorer.highlight(model.get("highlighted"));
}
