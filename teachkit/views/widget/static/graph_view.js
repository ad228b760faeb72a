import { Explorer } from "./explorer.js";
import { unpack } from "./unpack.js";

/** Join an explorer with the traits of a widget; returns what ends it. */
export function connect(explorer, model) {
  const said = [];
  const on = (event, listener) => {
    model.on(event, listener);
    said.push([event, listener]);
  };
  explorer.onSelect = (name) => {
    model.set("selected", name);
    model.save_changes();
    model.send({ event: "select", path: name });
  };
  explorer.onOpened = (keys) => {
    model.set("opened", keys);
    model.save_changes();
  };
  explorer.onCompute = (path) => model.send({ event: "compute", path });
  on("change:selected", () => {
    if (model.get("selected") !== explorer.selected) explorer.select(model.get("selected"));
  });
  on("change:highlighted", () => explorer.highlight(model.get("highlighted")));
  on("change:opened", () => explorer.setOpened(model.get("opened")));
  on("change:problem", () => explorer.setProblem(model.get("problem")));
  on("msg:custom", (message) => {
    if (message.event === "live") explorer.setLive(choices(model));
    if (message.event === "panel") explorer.setPanel(message.path, message.panel);
  });
  return () => {
    for (const [event, listener] of said) model.off(event, listener);
    explorer.destroy();
  };
}

/** What only Python can do, as entries of the menu: it lays the drawing out again. */
function choices(model) {
  const choose = (name, value) => () => {
    model.set(name, value);
    model.save_changes();
  };
  const turned = model.get("direction") === "LR";
  const folded = model.get("fold");
  return [
    [turned ? "Top to bottom" : "Left to right", choose("direction", turned ? "TB" : "LR")],
    [folded ? "Unfold repeated blocks" : "Fold repeated blocks", choose("fold", !folded)],
  ];
}

/** Take over what the widget says of itself now. */
export function adopt(explorer, model) {
  explorer.setProblem(model.get("problem"));
  explorer.select(model.get("selected"));
  explorer.highlight(model.get("highlighted"));
}

function render({ model, el }) {
  const explorer = new Explorer();
  el.append(explorer.element);
  const draw = async () => {
    if (!model.get("_data")) return;
    const data = await unpack(model.get("_data"));
    const first = !explorer.data;
    explorer.setOpened(model.get("opened"));
    explorer.setData(data);
    if (first) adopt(explorer, model);
    else if (explorer.live) explorer.setLive(choices(model));
  };
  const end = connect(explorer, model);
  model.on("change:_data", draw);
  draw();
  model.send({ event: "hello" });
  return () => {
    model.off("change:_data", draw);
    end();
  };
}

export default { render };
