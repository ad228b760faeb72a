# /// exercise
# id = "projection"
# number = "X20"
# title = "A shortcut that changes width"
# level = 3
# type = "build"
# hints = [
#   "The widths must match at the Add.",
#   "One linear layer on the short route brings 16 numbers to 32.",
#   "`Dense(32, use_bias=False)(x)`",
# ]
# [criteria]
# joins = {op = "add", stage = "interface", weight = 0}
# inputs = {x = [16], weight = 0}
# outputs = {y = [32], weight = 0}
# uses = {weight = 0}
# no_broadcast = {weight = 0}
# no_dead_weights = true
# residual_at = {op = "add", weight = 0}
# shortcut = {predicate = "straight_shortcut", layers = 1}
# widths = {predicate = "kernels", shapes = [[16, 32], [32, 32], [16, 32]], weight = 0}
# params = [2112, 2144]
# activations = {predicate = "branch_activations", after = ["relu", ""]}
# bias = {predicate = "shortcut_without_bias", advice = true}
# ///
# %% [markdown] prompt
# A residual block from width 16 to width 32, with the input `Input((16,))`:
#
# ```
#          ┌─ Dense 32, relu ─ Dense 32 ─┐
# x (16) ──┤                             + ── (32)
#          └─ Dense 32, linear, no bias ─┘
# ```
#
# Build `model` from the picture.
# %% start
x = Input((16,), name="x")
h = Dense(32, activation="relu")(x)
h = Dense(32)(h)
shortcut = ____
model = Model(x, Add()([h, shortcut]))
# %% solution
x = Input((16,), name="x")
h = Dense(32, activation="relu")(x)
h = Dense(32)(h)
shortcut = Dense(32, use_bias=False)(x)
model = Model(x, Add()([h, shortcut]))
# %% accept bias on the shortcut
x = Input((16,))
h = Dense(32)(layers.Activation("relu")(Dense(32)(x)))
model = Model(x, Dense(32)(x) + h)
# %% accept operators
x = Input(shape=[16])
short = Dense(32, activation="linear", use_bias=False)(x)
model = Model([x], ops.add(short, Dense(32)(ops.relu(Dense(32)(x)))))
# %% accept a branch of its own
x = Input((16,))
branch = Sequential([Input((16,)), Dense(32, "relu"), Dense(32)])
model = Model(x, layers.add([Dense(32, use_bias=False)(x), Dropout(0.1)(branch(x))]))
# %% accept a function
def block(x, units):
    h = Dense(units)(ReLU()(Dense(units)(x)))
    return Add()([Dense(units, use_bias=False)(x), h])

x = Input((16,))
model = Model(x, block(x, 32))
# %% accept relu after the addition
x = Input((16,))
h = Dense(32)(Dense(32, "relu")(x))
model = Model(x, ReLU()(h + Dense(32, use_bias=False)(x)))
# %% wrong shortcut M14
x = Input((16,), name="x")
h = Dense(32, activation="relu")(x)
h = Dense(32)(h)
shortcut = Dense(32, activation="relu", use_bias=False)(x)
model = Model(x, Add()([h, shortcut]))
# %% wrong shortcut M14 relu as a layer
x = Input((16,), name="x")
h = Dense(32)(Dense(32, activation="relu")(x))
model = Model(x, h + ReLU()(Dense(32, use_bias=False)(x)))
# %% wrong joins M09
x = Input((16,), name="x")
h = Dense(32, activation="relu")(x)
h = Dense(16)(h)
model = Model(x, Concatenate()([h, x]))
# %% wrong joins M09 both
x = Input((16,), name="x")
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(x, Concatenate()([h, Dense(16)(x)]))
# %% wrong no_broadcast M10
x = Input((16,), name="x")
h = Dense(32, activation="relu")(x)
h = Dense(32)(h)
model = Model(x, Add()([h, Dense(1)(x)]))
# %% wrong runs M10
x = Input((16,), name="x")
h = Dense(32, activation="relu")(x)
h = Dense(32)(h)
model = Model(x, Add()([h, x]))
# %% wrong shortcut padded with zeros
x = Input((16,), name="x")
h = Dense(32)(Dense(32, activation="relu")(x))
model = Model(x, h + ops.pad(x, ((0, 0), (0, 16))))
# %% wrong residual_at M14 no shortcut
x = Input((16,), name="x")
h = Dense(32, activation="relu")(x)
model = Model(x, Dense(32)(h))
# %% wrong shortcut M14 shortcut from the middle
x = Input((16,), name="x")
h = Dense(32, activation="relu")(x)
model = Model(x, h + Dense(32)(h))
# %% wrong activations M13
x = Input((16,), name="x")
h = Dense(32)(Dense(32)(x))
model = Model(x, h + Dense(32, use_bias=False)(x))
# %% wrong widths another width inside
x = Input((16,), name="x")
h = Dense(32)(Dense(16, "relu")(x))
model = Model(x, h + Dense(32, use_bias=False)(x))
# %% wrong params no biases on the long route
x = Input((16,), name="x")
h = Dense(32, use_bias=False)(Dense(32, "relu", use_bias=False)(x))
model = Model(x, h + Dense(32, use_bias=False)(x))
# %% wrong activations relu before the addition
x = Input((16,), name="x")
h = Dense(32, "relu")(Dense(32, "relu")(x))
model = Model(x, h + Dense(32, use_bias=False)(x))
# %% wrong no_dead_weights M04 the shortcut reads zeros
x = Input((16,), name="x")
h = Dense(32)(Dense(32, activation="relu")(x))
model = Model(x, h + Dense(32, use_bias=False)(ops.zeros_like(x)))
# %% wrong inputs input32
x = Input((32,))
h = Dense(32, activation="relu")(x)
h = Dense(32)(h)
model = Model(x, h + x)
# %% wrong outputs out16
x = Input((16,))
h = Dense(32, activation="relu")(x)
h = Dense(16)(h)
model = Model(x, h + x)
# %% wrong uses nothing of the input is left
x = Input((16,), name="x")
nothing = 0 * x
h = Dense(32)(Dense(32, activation="relu")(nothing))
model = Model(x, Add()([h, Dense(32, use_bias=False)(nothing)]))
