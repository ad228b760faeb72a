import { SideBySide } from "./side_by_side.js";
import { connect, followData } from "./traits.js";

function render({ model, el }) {
  const shown = new SideBySide();
  el.append(shown.element);
  const end = connect(shown, model);
  const endData = followData(model, (data) => {
    const [opened, selected, highlighted] = ["opened", "selected", "highlighted"].map((name) => model.get(name));
    shown.setData(data, { opened, selected, highlighted });
    shown.setProblem(model.get("problem"));
  });
  // Before there are data: where nobody has asked for them, this does.
  model.send({ event: "hello" });
  return () => {
    endData();
    end();
  };
}

export default { render };
