/** Views of a page without a kernel: each gets a model that only this page holds. */

const text = (id) => document.getElementById(id).textContent;

/** Tell whether two values of JSON, which may hold binary data, are the same. */
function same(one, other) {
  if (Object.is(one, other)) return true;
  const isPlain = (value) =>
    Array.isArray(value) || Object.prototype.toString.call(value) === "[object Object]";
  if (!isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    names.length === Object.keys(other).length &&
    names.every((name) => name in other && same(one[name], other[name]))
  );
}

/** What a widget is given for its model: it keeps values and tells who listens. */
class PageModel {
  #values;
  #listeners = [];

  constructor(values) {
    this.#values = values;
  }

  get(name) {
    return this.#values[name];
  }

  /** Set one value, or several by an object; tell of each that is another one now. */
  set(name, value) {
    const given = typeof name === "object" ? name : { [name]: value };
    const changed = Object.keys(given).filter(
      (one) => !same(this.#values[one], given[one]),
    );
    for (const one of changed) this.#values[one] = given[one];
    for (const one of changed) this.trigger(`change:${one}`, this, given[one], {});
    if (changed.length) this.trigger("change", this, {});
    return this;
  }

  on(events, callback, context) {
    for (const event of events.split(/\s+/))
      this.#listeners.push({ event, callback, context });
    return this;
  }

  once(events, callback, context) {
    const told = (...details) => {
      this.off(events, told);
      callback.apply(context ?? this, details);
    };
    return this.on(events, told, context);
  }

  /** Drop listeners. What is not given does not matter: `off()` drops all. */
  off(events, callback, context) {
    const named = events ? events.split(/\s+/) : null;
    this.#listeners = this.#listeners.filter(
      (one) =>
        (named && !named.includes(one.event)) ||
        (callback && one.callback !== callback) ||
        (context && one.context !== context),
    );
    return this;
  }

  trigger(event, ...details) {
    for (const one of [...this.#listeners])
      if (one.event === event) one.callback.apply(one.context ?? this, details);
    return this;
  }

  /** There is no kernel that could hear of it. */
  save_changes() {}
  send() {}
}

const NO_KERNEL = () => Promise.reject(new Error("no kernel runs behind this page"));
const AROUND = {
  experimental: { invoke: NO_KERNEL },
  host: { getModel: NO_KERNEL, getWidget: NO_KERNEL },
  signal: new AbortController().signal, // views of a page are never removed
};

const widgets = new Map();
const models = new Map();

/** Return what a module exports; each module of the page is loaded once. */
function widgetOf(id) {
  if (!widgets.has(id)) widgets.set(id, loaded(id));
  return widgets.get(id);
}

async function loaded(id) {
  const source = new Blob([JSON.parse(text(id))], { type: "text/javascript" });
  const address = URL.createObjectURL(source);
  try {
    const module = await import(address);
    if (module.render) return module;
    const widget = module.default;
    return typeof widget === "function" ? await widget() : widget;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Return a model that its widget has prepared; views with the same key share it. */
function modelOf(key) {
  if (!models.has(key)) models.set(key, prepared(JSON.parse(text(`tk-state-${key}`))));
  return models.get(key);
}

async function prepared({ module, state, buffers }) {
  for (const [path, data] of buffers) put(state, path, bytes(data));
  const model = new PageModel(state);
  const widget = await widgetOf(module);
  await widget.initialize?.({ model, ...AROUND });
  return { model, widget };
}

function put(state, path, value) {
  const last = path.at(-1);
  const holder = path.slice(0, -1).reduce((inner, name) => inner[name], state);
  holder[last] = value;
}

/** Return binary data as a kernel would send it. */
function bytes(data) {
  return new DataView(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)).buffer);
}

async function show(place) {
  const el = document.createElement("div");
  place.append(el);
  try {
    const { model, widget } = await modelOf(place.dataset.live);
    await widget.render?.({ model, el, ...AROUND });
  } catch {
    const note = document.createElement("p");
    note.className = "tk-live-note";
    note.textContent = "This view could not start in this browser.";
    el.replaceChildren(note);
    const fallback = place.querySelector(":scope > noscript");
    // It is the page's own text, and not yet read as HTML.
    if (fallback) el.insertAdjacentHTML("beforeend", fallback.textContent);
  }
}

/** Show a view once it has a size: one that is folded away waits to be unfolded. */
function showInSight(place) {
  const folded = place.parentElement.closest("details:not([open])");
  if (!folded) show(place);
  else folded.addEventListener("toggle", () => showInSight(place), { once: true });
}

for (const place of document.querySelectorAll("[data-live]")) showInSight(place);
