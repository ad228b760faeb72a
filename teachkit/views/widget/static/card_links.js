const SHOWN = /^(?:lab(?:\/workspaces\/[^/]+)?\/tree|doc(?:\/workspaces\/[^/]+)?\/tree|notebooks)\/(.*)$/;

/**
 * Let links such as ../../rules.html lead to the file beside the notebook.
 *
 * Jupyter does so for outputs of its own, not for what a widget shows: there they would
 * open a second JupyterLab. The address is looked up when a link is about to be used: by
 * then the notebook is the one that the page is about.
 * @param {HTMLElement} root
 * @returns {() => void} ends it
 */
export function cardLinks(root) {
  const mend = ({ target }) => {
    const link = target.closest?.("a[href*='rules.html#']");
    const file = link && served(link.getAttribute("href"));
    if (file) link.href = file;
  };
  const events = ["pointerdown", "focusin"];
  for (const event of events) root.addEventListener(event, mend, true);
  return () => events.forEach((event) => root.removeEventListener(event, mend, true));
}

/** Where Jupyter gives out a file, named as the notebook sees it; nothing elsewhere. */
function served(address) {
  const base = settings().baseUrl;
  if (!base) return undefined;
  const shown = location.pathname.startsWith(base) && SHOWN.exec(location.pathname.slice(base.length));
  if (!shown) return undefined;
  return new URL(address, new URL(`${base}files/${shown[1]}`, location.origin)).href;
}

function settings() {
  try {
    return JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  } catch {
    return {};
  }
}
