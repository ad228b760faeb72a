# /// exercise
# id = "residual-block"
# number = "X18"
# title = "Write a residual block"
# level = 2
# type = "build"
# asks = "residual"
# hints = [
#   "Keep the incoming tensor under a name of its own.",
#   "The last step reads two tensors: what came in, and what the layers made of it.",
#   "`return Add()([x, h])`",
# ]
# [criteria]
# joins = {op = "add", stage = "interface", weight = 0}
# outputs = {y = [16], weight = 0}
# identity_when_zeroed = true
# no_dead_weights = true
# merges = {n = 1, at_most = true}
# own_weights = {predicate = "fresh_weights", weight = 0}
# count = {predicate = "kernels", shapes = [[16, 16], [16, 16]], weight = 0}
# activations = {predicate = "branch_activations", after = ["relu", ""]}
# fresh = {predicate = "fresh_weights", of = "twice", see = "I called `residual` twice, and both calls use {layers}: one set of weights."}
# units = {predicate = "kernels", shapes = [[24, 24], [24, 24]], of = "wide", see = "I called `residual(x, 24)` on a tensor of width 24, and the block did not become 24 wide.", so = "`units` is the number of units of both layers.", look = "Is there a number in the function that should be `units`?"}
# ///
# %% [markdown] prompt
# Write a function `residual(x, units)`. It takes a tensor and returns a tensor:
#
# x → `Dense(units)` with relu → `Dense(units)` → **add x**.
#
# It is tried with a tensor of width 16 as `residual(x, 16)`, with another width, and
# twice in a row: each call builds layers of its own.
# %% start
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    ____
# %% solution
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return Add()([x, h])
# %% use
x = Input((16,), name="x")
model = Model(x, called(residual, x, 16))
start = Input((16,), name="x")
twice = Model(start, called(residual, called(residual, start, 16), 16))
try:
    broad = Input((24,), name="x")
    wide = Model(broad, called(residual, broad, 24))
except ValueError:
    wide = twice
# %% accept the operator +
def residual(x, units):
    return x + Dense(units)(Dense(units, activation="relu")(x))
# %% accept relu after the addition (ResNet v1)
def residual(x, units):
    h = Dense(units)(Dense(units, activation="relu")(x))
    return layers.ReLU()(layers.add([h, x]))
# %% accept pre-activation
def residual(x, units):
    h = Dense(units)(ReLU()(x))
    h = Dense(units)(Activation("relu")(h))
    return keras.layers.Add()([x, h])
# %% accept BatchNormalization inside
def residual(x, units):
    shortcut = x
    x = Dense(units, use_bias=False)(x)
    x = BatchNormalization()(x)
    x = ReLU()(x)
    x = Dense(units, use_bias=False)(x)
    x = BatchNormalization()(x)
    x = ops.add(x, shortcut)
    return ops.relu(x)
# %% accept a normalisation after the addition
def residual(x, units):
    h = Dense(units)(Dropout(0.1)(Dense(units, activation="relu")(x)))
    return LayerNormalization()(x + h)
# %% accept pre-activation with BatchNormalization
def residual(x, units):
    h = x
    for _ in range(2):
        h = Dense(units)(ReLU()(BatchNormalization()(h)))
    return x + h
# %% accept a model inside, made in each call
def residual(x, units):
    branch = Sequential([Dense(units, activation="relu"), Dense(units)])
    return Add()([branch(x), x])
# %% accept a nested model
def residual(x, units):
    i = Input((units,))
    o = i + Dense(units)(Dense(units, "relu")(i))
    return Model(i, o)(x)
# %% accept a custom layer
class Block(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.first = keras.layers.Dense(units, activation="relu")
        self.second = keras.layers.Dense(units)

    def call(self, x):
        return x + self.second(self.first(x))

def residual(x, units):
    return Block(units)(x)
# %% accept a Lambda that adds
def residual(tensor, n):
    h = Dense(n)(Dense(n, "relu")(tensor))
    return Lambda(lambda pair: pair[0] + pair[1])([tensor, h])
# %% accept relu as functions
def bend(t):
    return ops.maximum(t, 0)

def residual(x, units):
    h = Dense(units, activation=bend)(x)
    return keras.activations.relu(x + Dense(units)(h))
# %% accept relu as a function of keras.activations
def residual(x, units):
    h = keras.activations.relu(Dense(units)(x))
    return x + Dense(units)(h)
# %% wrong joins M09
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return Concatenate()([x, h])
# %% wrong joins M09 back to the width
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    return Dense(units)(Concatenate()([x, h]))
# %% wrong identity_when_zeroed M14 adds the middle
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    y = Dense(units)(h)
    return Add()([h, y])
# %% wrong identity_when_zeroed M14 x is overwritten
def residual(x, units):
    x = Dense(units, activation="relu")(x)
    h = Dense(units)(x)
    return x + h
# %% wrong identity_when_zeroed M14 projection
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return Add()([Dense(units)(x), h])
# %% wrong identity_when_zeroed M03 adds the output to itself
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return Add()([h, h])
# %% wrong identity_when_zeroed M03 the name x has moved on
def residual(x, units):
    h = x
    h = Dense(units, activation="relu")(h)
    h = Dense(units)(h)
    x = h
    return x + h
# %% wrong identity_when_zeroed M14 no addition
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    return Dense(units)(h)
# %% wrong identity_when_zeroed M14 relu on the short route
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return Activation("relu")(x) + h
# %% wrong identity_when_zeroed M14 a mean
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return (x + h) / 2
# %% wrong joins product
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return Multiply()([x, h])
# %% wrong returns M01
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return Model(x, Add()([x, h]))
# %% wrong returns M01 a layer
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return Add()
# %% wrong returns nothing
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    h = Add()([x, h])
# %% wrong count one layer
def residual(x, units):
    return x + Dense(units, activation="relu")(x)
# %% wrong count a bottleneck
def residual(x, units):
    h = Dense(units // 2, activation="relu")(x)
    return x + Dense(units)(h)
# %% wrong activations M13
def residual(x, units):
    h = Dense(units)(x)
    h = Dense(units)(h)
    return Add()([x, h])
# %% wrong activations relu twice
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units, activation="relu")(h)
    return Add()([x, h])
# %% wrong fresh M02
first = Dense(16, activation="relu")
second = Dense(16)

def residual(x, units):
    return Add()([x, second(first(x))])
# %% wrong fresh M02 a model outside
i = Input((16,))
box = Model(i, i + Dense(16)(Dense(16, "relu")(i)))

def residual(x, units):
    return box(x)
# %% wrong units 16 inside the function
def residual(x, units):
    h = Dense(16, activation="relu")(x)
    h = Dense(16)(h)
    return Add()([x, h])
# %% wrong units 16 inside the first layer
def residual(x, units):
    h = Dense(16, activation="relu")(x)
    h = Dense(units)(h)
    return Add()([x, h])
# %% wrong own_weights M02 one layer called twice
def residual(x, units):
    layer = Dense(units)
    return x + layer(ops.relu(layer(x)))
# %% wrong identity_when_zeroed M14 three tensors are added
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    return Add()([x, h, Dense(units)(h)])
# %% wrong merges x is added twice on the way
def residual(x, units):
    h = Dense(units, activation="relu")(x) + x
    return Dense(units)(h) + x
# %% wrong no_dead_weights M04 no gradient into the branch
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    return x + ops.stop_gradient(Dense(units)(h))
# %% wrong outputs stack
def residual(x, units):
    h = Dense(units, activation="relu")(x)
    h = Dense(units)(h)
    return ops.stack([x, h], axis=1)
# %% wrong fresh M02 cached
cache = {}
def residual(x, units):
    if units not in cache:
        cache[units] = Sequential([Dense(units, activation="relu"), Dense(units)])
    return Add()([x, cache[units](x)])
