import { Explorer } from "./explorer.js";
import { adopt, choices, connect, followData } from "./traits.js";

function render({ model, el }) {
  const explorer = new Explorer();
  el.append(explorer.element);
  const end = connect(explorer, model);
  const endData = followData(model, (data) => {
    const first = !explorer.data;
    explorer.setOpened(model.get("opened"));
    explorer.setData(data);
    if (first) adopt(explorer, model);
    else if (explorer.live) explorer.setLive(choices(model));
  });
  model.send({ event: "hello" });
  return () => {
    endData();
    end();
  };
}

export default { render };
