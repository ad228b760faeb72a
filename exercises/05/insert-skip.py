# /// exercise
# id = "insert-skip"
# number = "X19"
# title = "Insert a skip into a given model"
# level = 2
# type = "insert"
# asks = "model2"
# hints = [
#   "`given.get_layer(\"d1\")` is the box, with its weights. You can call it again.",
#   "Call the four boxes again, one after the other, and keep one tensor under a name of its own.",
#   "`h = d1(x)`, then `y = d3(d2(h)) + h`, then `out(y)`",
# ]
# [criteria]
# inputs = {x = [32], weight = 0}
# outputs = {y = [1], weight = 0}
# joins = {op = "add", stage = "interface", weight = 0}
# given_weights = {name = "given", stage = "interface"}
# merges = {n = 1, stage = "behaviour", weight = 0}
# skip = {start = 1, over = 2, op = "add", stage = "behaviour", weight = 0}
# check = true
# ///
# %% [markdown] prompt
# `given` is a **trained** chain: an input of 32 numbers, then the layers `d1`, `d2` and
# `d3`, each a `Dense(32)` with relu, and `out`, a `Dense(1)`.
#
# Make `model2`: the same layers with the same weights, and one skip. The output of `d1`
# is **added** to the output of `d3`, and `out` reads the sum.
#
# ```
#                 ┌── d2 ── d3 ──┐
# x ────── d1 ────┤              + ────── out
#                 └──────────────┘
# ```
#
# No new weights, and `given` stays as it is.
# %% given
x = Input((32,), name="x")
h = Dense(32, activation="relu", name="d1")(x)
h = Dense(32, activation="relu", name="d2")(h)
h = Dense(32, activation="relu", name="d3")(h)
given = Model(x, Dense(1, name="out")(h), name="given")
numbers = np.random.default_rng(19)
given.set_weights([numbers.normal(0, 0.25, w.shape) for w in given.weights])
# %% start
x = Input((32,), name="x")
h = given.get_layer("d1")(x)
____
# %% solution
x = Input((32,), name="x")
h = given.get_layer("d1")(x)
y = given.get_layer("d2")(h)
y = given.get_layer("d3")(y)
y = Add()([y, h])
model2 = Model(x, given.get_layer("out")(y))
# %% check
def check(model, ns):
    given = ns["given"]
    numbers = np.random.default_rng(19)
    for weight in given.weights:
        trained = numbers.normal(0, 0.25, weight.shape)
        if not np.allclose(np.array(weight.value), trained, atol=1e-5):
            return "`given` has other weights than before. Leave it as it is, and only call its layers."
    rows = np.random.default_rng(5).normal(size=(16, 32)).astype("float32")
    d1, d2, d3, out = (given.get_layer(name) for name in ("d1", "d2", "d3", "out"))
    h = d1(rows)
    wanted = np.array(out(d3(d2(h)) + h))
    found = np.array(model(rows, training=False))
    if found.shape != wanted.shape:
        return f"For 16 rows your model gives the shape {found.shape}, the picture gives {wanted.shape}."
    if not np.allclose(found, wanted, atol=1e-3, rtol=1e-3):
        return f"For the same row your model gives {found[0, 0]:.2f}, and the picture, with the layers of `given`, {wanted[0, 0]:.2f}. Go through the calls: which box reads what?"
    return None
# %% accept the operator +, and short names
d1, d2, d3, out = given.layers[1:]
x = Input((32,))
h = d1(x)
model2 = Model(x, out(d3(d2(h)) + h))
# %% accept tensors of the given model
h = given.get_layer("d1").output
y = given.get_layer("d3").output
model2 = Model(given.input, given.get_layer("out")(layers.add([h, y])))
# %% accept a front part cut from the given model
front = Model(given.input, given.get_layer("d1").output)
x = Input((32,))
h = front(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, given.get_layer("out")(ops.add(h, y)))
# %% accept two outputs of the given model
ends = Model(given.input, [given.get_layer("d1").output, given.get_layer("d3").output])
x = Input((32,), name="x")
h, y = ends(x)
model2 = Model(x, given.get_layer("out")(Add()([h, y])))
# %% accept a loop
x = Input((32,))
wires = [x]
for name in ("d1", "d2", "d3"):
    wires.append(given.get_layer(name)(wires[-1]))
model2 = Model(x, given.get_layer("out")(wires[3] + wires[1]))
# %% accept Dropout on the way
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(Dropout(0.2)(given.get_layer("d2")(h)))
model2 = Model(x, given.get_layer("out")(Add()([h, y])))
# %% wrong given_weights M02 new layers
x = Input((32,), name="x")
h = Dense(32, activation="relu")(x)
y = Dense(32, activation="relu")(h)
y = Dense(32, activation="relu")(y)
model2 = Model(x, Dense(1)(Add()([y, h])))
# %% wrong given_weights M02 new layers with the same names
x = Input((32,), name="x")
h = Dense(32, activation="relu", name="d1")(x)
y = Dense(32, activation="relu", name="d2")(h)
y = Dense(32, activation="relu", name="d3")(y)
model2 = Model(x, Dense(1, name="out")(Add()([y, h])))
# %% wrong given_weights M02 copies of the weights
x = Input((32,), name="x")
h = Dense(32, activation="relu")(x)
y = Dense(32, activation="relu")(h)
y = Dense(32, activation="relu")(y)
model2 = Model(x, Dense(1)(Add()([y, h])))
model2.set_weights(given.get_weights())
# %% wrong given_weights M34 clone_model draws new weights
copy = keras.models.clone_model(given)
x = Input((32,))
h = copy.get_layer("d1")(x)
y = copy.get_layer("d3")(copy.get_layer("d2")(h))
model2 = Model(x, copy.get_layer("out")(y + h))
# %% wrong given_weights M02 only the head is new
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, Dense(1)(Add()([y, h])))
# %% wrong given_weights M02 a layer on the skip
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, given.get_layer("out")(Add()([y, Dense(32)(h)])))
# %% wrong skip M03 from the input
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, given.get_layer("out")(Add()([y, x])))
# %% wrong skip it lands at d2
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d2")(h)
y = given.get_layer("d3")(Add()([y, h]))
model2 = Model(x, given.get_layer("out")(y))
# %% wrong skip M03 the name h has moved on
x = Input((32,))
h = given.get_layer("d1")(x)
h = given.get_layer("d2")(h)
y = given.get_layer("d3")(h)
model2 = Model(x, given.get_layer("out")(Add()([y, h])))
# %% wrong skip d2 is left out
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(h)
model2 = Model(x, given.get_layer("out")(y + h))
# %% wrong merges no skip
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, given.get_layer("out")(y))
# %% wrong merges M14 the given model itself
model2 = given
# %% wrong merges two skips
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d2")(h) + h
y = given.get_layer("d3")(y) + h
model2 = Model(x, given.get_layer("out")(y))
# %% wrong joins M09
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, Dense(1)(Concatenate()([y, h])))
# %% wrong runs M09 out cannot read 64 numbers
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, given.get_layer("out")(Concatenate()([y, h])))
# %% wrong outputs M10 the skip lands behind out
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, Add()([given.get_layer("out")(y), h]))
# %% wrong check d2 and d3 are exchanged
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d2")(given.get_layer("d3")(h))
model2 = Model(x, given.get_layer("out")(y + h))
# %% wrong check the mean in place of the sum
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, given.get_layer("out")((y + h) / 2))
# %% wrong check the weights of the given model were changed
given.set_weights([weight / 2 for weight in given.get_weights()])
x = Input((32,))
h = given.get_layer("d1")(x)
y = given.get_layer("d3")(given.get_layer("d2")(h))
model2 = Model(x, given.get_layer("out")(Add()([y, h])))
# %% wrong inputs M03 the skip has an input of its own
x, other = Input((32,), name="x"), Input((32,), name="other")
h = given.get_layer("d1")(other)
y = given.get_layer("d3")(given.get_layer("d2")(given.get_layer("d1")(x)))
model2 = Model([x, other], given.get_layer("out")(Add()([y, h])))
