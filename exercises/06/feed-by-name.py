# /// exercise
# id = "feed-by-name"
# number = "X25"
# title = "The swapped plugs"
# level = 1
# type = "fix"
# asks = "difference"
# hints = [
#   "Arrays in a list are matched by position. What is not?",
#   "Inputs have names, and a dict can carry them.",
#   "`model.predict({\"a\": a, \"b\": b}, verbose=0)`",
# ]
# [criteria]
# check = true
# ///
# %% [markdown] prompt
# `given` has two inputs, named `a` and `b`, and computes a − b. The function
# `difference(model, a, b)` hands two arrays to such a model and returns what it answers.
# For 5 and 2 it returns −3, and there is no error.
#
# Mend the call, so that it is right in *whatever order* somebody has listed the inputs:
# `Model([a, b], ...)` or `Model([b, a], ...)`. The model stays as it is, and so do the
# names of its inputs.
# %% given
a = Input((1,), name="a")
b = Input((1,), name="b")
given = Model([a, b], Subtract()([a, b]), name="given")
# %% start
def difference(model, a, b):
    return model.predict([b, a], verbose=0)


print(difference(given, np.array([[5.0]]), np.array([[2.0]])))
# %% solution
def difference(model, a, b):
    return model.predict({"a": a, "b": b}, verbose=0)


print(difference(given, np.array([[5.0]]), np.array([[2.0]])))
# %% use
rows_a, rows_b = np.random.default_rng(25).normal(size=(2, 6, 1)).astype("float32")
first, second = Input((1,), name="a"), Input((1,), name="b")
doubled = Model([second, first], Subtract()([2 * first, second]))
plain = Model(given.inputs, given.outputs)  # so that yours is not compiled anew
for one in (plain, doubled):
    one.compile(run_eagerly=True)
answers = [difference(one, rows_a, rows_b) for one in (plain, doubled)]
model = given
# %% check
def check(model, ns):
    if [wire.name for wire in model.inputs] != ["a", "b"]:
        names = " and ".join(f"'{wire.name}'" for wire in model.inputs)
        return f"The inputs of `given` are now {names}, in this order. Leave the model as it is, and look at the call."
    a, b = ns["rows_a"], ns["rows_b"]
    found = []
    for answer in ns["answers"]:
        if answer is None:
            return "I called `difference` and got None. Does its last line begin with `return`?"
        try:
            found.append(np.array(answer, dtype="float64").reshape(len(a), 1))
        except (TypeError, ValueError):
            return f"I called `difference` with {len(a)} rows, and what it returned are not {len(a)} numbers. Return what the model answers, as it is."
    example = f"a = {a[0, 0]:.2f} and b = {b[0, 0]:.2f}"
    if not np.allclose(found[0], a - b, atol=1e-4):
        return f"For {example} the model `given` should say {(a - b)[0, 0]:.2f}, and `difference` returns {found[0][0, 0]:.2f}. Which array arrives at which input?"
    if np.allclose(found[1], 2 * a - b, atol=1e-4):
        return None
    other = f"With `given` it is right today. Then I handed over a model of 2a − b, made with `Model([b, a], ...)`. For {example} it should say {(2 * a - b)[0, 0]:.2f}, and `difference` returns {found[1][0, 0]:.2f}."
    if np.allclose(found[1], a - b, atol=1e-4):
        return f"{other} That is a − b again: ask the model that is handed over."
    return f"{other} A list is matched by position: what is not?"
# %% accept the other order in the dict
def difference(model, a, b):
    return model.predict({"b": b, "a": a}, verbose=0)
# %% accept the model is called
def difference(model, a, b):
    return model({"a": a, "b": b})
# %% accept a dict in the definition of a model around it
def difference(model, a, b):
    by_name = Model({wire.name: wire for wire in model.inputs}, model.outputs[0])
    return by_name.predict({"a": a, "b": b}, verbose=0)
# %% accept a list that is sorted by the names of the inputs
def difference(model, a, b):
    data = dict(a=a, b=b)
    return model.predict([data[wire.name] for wire in model.inputs], verbose=0)
# %% accept another way to write the dict, and NumPy at the end
def difference(network, left, right):
    data = dict(zip(["a", "b"], [left, right]))
    return np.asarray(network(data, training=False))
# %% wrong check M21 the list is swapped
def difference(model, a, b):
    return model.predict([a, b], verbose=0)
# %% wrong check M21 the list is swapped, and the model is called
def difference(model, a, b):
    return model([a, b])
# %% wrong check M21 a tuple
def difference(model, a, b):
    return model.predict((a, b), verbose=0)
# %% wrong check M21 the sign is changed instead
def difference(model, a, b):
    return -model.predict([b, a], verbose=0)
# %% wrong check M21 a dict whose names are swapped
def difference(model, a, b):
    return model.predict({"a": b, "b": a}, verbose=0)
# %% wrong check M21 values of a dict, in a list
def difference(model, a, b):
    return model.predict(list({"a": a, "b": b}.values()), verbose=0)
# %% wrong runs M19 a key with a slip
def difference(model, a, b):
    return model.predict({"A": a, "b": b}, verbose=0)
# %% wrong runs M19 keys of one's own
def difference(model, a, b):
    return model.predict({"minuend": a, "subtrahend": b}, verbose=0)
# %% wrong check M19 inputs renamed
a = Input((1,), name="b")
b = Input((1,), name="a")
given = Model([a, b], Subtract()([a, b]), name="given")


def difference(model, a, b):
    return model.predict({"b": a, "a": b}, verbose=0)
# %% wrong check M21 inputs of the model listed in the other order
a = Input((1,), name="a")
b = Input((1,), name="b")
given = Model([b, a], Subtract()([a, b]), name="given")


def difference(model, a, b):
    return model.predict([b, a], verbose=0)
# %% wrong check the model is not asked
def difference(model, a, b):
    return a - b
# %% wrong check always the same model
def difference(model, a, b):
    return given.predict({"a": a, "b": b}, verbose=0)
# %% wrong check nothing is returned
def difference(model, a, b):
    model.predict({"a": a, "b": b}, verbose=0)
# %% wrong check one number
def difference(model, a, b):
    return model.predict({"a": a, "b": b}, verbose=0)[0, 0]
