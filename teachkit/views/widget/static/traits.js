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
  // What is said before there is a drawing is taken over with it.
  on("change:selected", () => {
    if (explorer.data && model.get("selected") !== explorer.selected) explorer.select(model.get("selected"));
  });
  on("change:highlighted", () => explorer.data && explorer.highlight(model.get("highlighted")));
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
export function choices(model) {
  const choose = (name, value) => () => {
    model.set(name, value);
    model.save_changes();
  };
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
