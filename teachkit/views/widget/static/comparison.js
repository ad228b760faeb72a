import { SideBySide } from "./side_by_side.js";
import { splitName } from "./side_names.js";
import { unpack } from "./unpack.js";

/** Tell the widget what a person did. */
function report(shown, model) {
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
}

/** Do what the widget says; returns what ends it. */
function obey(shown, model) {
  const told = {
    "change:selected": () => model.get("selected") !== shown.selected && shown.select(model.get("selected")),
    "change:highlighted": () => alike(model.get("highlighted"), shown.highlighted) || shown.highlight(model.get("highlighted")),
    "change:opened": () => shown.setOpened(model.get("opened")),
    "change:problem": () => shown.explorers[0]?.setProblem(model.get("problem")),
    "msg:custom": (message) => hear(shown, message),
  };
  for (const [event, listener] of Object.entries(told)) model.on(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(told)) model.off(event, listener);
  };
}

function hear(shown, { event, path, panel }) {
  if (event === "live") for (const one of shown.explorers) one.setLive();
  if (event !== "panel") return;
  const [side, call] = splitName(path);
  shown.explorers[side].setPanel(call, panel);
}

function alike(one, other) {
  return one.length === other.length && one.every((name, k) => name === other[k]);
}

function render({ model, el }) {
  const shown = new SideBySide();
  el.append(shown.element);
  const draw = async () => {
    if (!model.get("_data")) return;
    const data = await unpack(model.get("_data"));
    const [opened, selected, highlighted] = ["opened", "selected", "highlighted"].map((name) => model.get(name));
    shown.setData(data, { opened, selected, highlighted });
    shown.explorers[0].setProblem(model.get("problem"));
    model.send({ event: "hello" });
  };
  report(shown, model);
  const end = obey(shown, model);
  model.on("change:_data", draw);
  draw();
  return () => {
    model.off("change:_data", draw);
    end();
    shown.destroy();
  };
}

export default { render };
