import { Explorer } from "./explorer.js";
import { adopt, choices, connect } from "./traits.js";
import { unpack } from "./unpack.js";

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
