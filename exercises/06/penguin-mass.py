# /// exercise
# id = "penguin-mass"
# number = "X24"
# title = "Numbers and a category"
# level = 2
# type = "wiring"
# hints = [
#   "Two doors, two names.",
#   "`Embedding` gives the shape (1, 2) for one species: flatten it.",
#   "`Concatenate()([Dense(16, 'relu')(m), Flatten()(Embedding(3, 2)(s))])`",
# ]
# [criteria]
# inputs = {named = true, measurements = {shape = [3]}, species = {shapes = [[1], []], below = 3}}
# outputs = {mass = [1], weight = 0}
# live = {orphans = "told", weight = 0}
# embeds = {input = "species", below = 3, width = 2}
# unlimited = {negative = "What lies below the mean is negative after standardising", weight = 0}
# uses = true
# tower = {predicate = "separate", inputs = ["measurements"]}
# parts = ["Dense 16 relu", "Dense 16 relu", "Dense 1 linear"]
# reads_all = "Dense 16 relu"
# ///
# %% [markdown] prompt
# How heavy is a penguin? Two inputs: `measurements` (3 numbers) and `species` (one whole
# number: 0, 1 or 2). One output: the body mass, standardised (mean 0).
#
# The species goes through an `Embedding(3, 2)`, the measurements through a Dense of 16
# with relu. Join both; then a Dense of 16 with relu, then a Dense of 1.
#
# Give both inputs their names.
# %% start
measurements = Input((3,), name="measurements")
species = ____
# %% solution
measurements = Input((3,), name="measurements")
species = Input((1,), dtype="int32", name="species")
numbers = Dense(16, activation="relu")(measurements)
kind = Flatten()(Embedding(3, 2)(species))
x = Concatenate()([numbers, kind])
x = Dense(16, activation="relu")(x)
model = Model([measurements, species], Dense(1)(x))
# %% accept one-hot with an operation
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
kind = layers.Reshape((3,))(ops.one_hot(s, 3))
x = ops.concatenate([Dense(16, "relu")(m), kind], axis=-1)
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% accept one-hot with a layer, an activation layer, a dict of inputs
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
kind = layers.CategoryEncoding(num_tokens=3, output_mode="one_hot")(s)
x = layers.concatenate([ReLU()(Dense(16)(m)), kind])
x = layers.Activation("relu")(Dense(16)(x))
model = Model({"measurements": m, "species": s}, Dense(1)(x))
# %% accept a species without an axis of its own, and a larger table
m = Input((3,), name="measurements")
s = Input((), dtype="int32", name="species")
x = Concatenate()([Embedding(10, 2)(s), Dense(16, "relu")(m)])
model = Model([s, m], Dense(1)(Dense(16, "relu")(x)))
# %% accept inputs of floats, nested head, more layers and Dropout
m = Input(shape=(3,), name="measurements")
s = Input(shape=[1], name="species")
head = Sequential([Dense(16, "relu"), Dropout(0.2), Dense(16, "relu"), Dense(1)])
x = Concatenate()([Dense(16, "relu")(m), Reshape((2,))(Embedding(3, 2)(s))])
model = Model([m, s], head(x))
# %% accept one-hot with the operation of a comparison
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
kind = ops.cast(ops.equal(s, np.arange(3)), "float32")
x = ops.concatenate([Dense(16, "relu")(m), kind], axis=1)
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong embeds
m = Input((3,), name="measurements")
s = Input((1,), name="species")
x = Concatenate()([Dense(16, "relu")(m), s])
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong embeds a Dense of its own for the number
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
x = Concatenate()([Dense(16, "relu")(m), Dense(2)(ops.cast(s, "float32"))])
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong embeds a table of two rows
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
x = Concatenate()([Dense(16, "relu")(m), Flatten()(Embedding(2, 2)(s))])
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong runs no Flatten
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
x = Concatenate()([Dense(16, "relu")(m), Embedding(3, 2)(s)])
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong unlimited M20 relu
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
x = Concatenate()([Dense(16, "relu")(m), Flatten()(Embedding(3, 2)(s))])
model = Model([m, s], Dense(1, "relu")(Dense(16, "relu")(x)))
# %% wrong unlimited M20 sigmoid
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
x = Concatenate()([Dense(16, "relu")(m), Flatten()(Embedding(3, 2)(s))])
model = Model([m, s], Dense(1, "sigmoid")(Dense(16, "relu")(x)))
# %% wrong inputs one door for both
both = Input((4,))
model = Model(both, Dense(1)(Dense(16, "relu")(Dense(16, "relu")(both))))
# %% wrong inputs M19 no names
m = Input((3,))
s = Input((1,), dtype="int32")
x = Concatenate()([Dense(16, "relu")(m), Flatten()(Embedding(3, 2)(s))])
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong live M04 the species leads nowhere
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
kind = Flatten()(Embedding(3, 2)(s))
x = Dense(16, "relu")(m)
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong uses M04 the category is multiplied away
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
kind = Flatten()(Embedding(3, 2)(s))
x = Concatenate()([Dense(16, "relu")(m), kind - kind])
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong outputs two numbers
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
x = Concatenate()([Dense(16, "relu")(m), Flatten()(Embedding(3, 2)(s))])
model = Model([m, s], Dense(2)(Dense(16, "relu")(x)))
# %% wrong parts eight units
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
x = Concatenate()([Dense(8, "relu")(m), Flatten()(Embedding(3, 2)(s))])
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong parts M13 no relu behind the join
m = Input((3,), name="measurements")
s = Input((1,), dtype="int32", name="species")
x = Concatenate()([Dense(16, "relu")(m), Flatten()(Embedding(3, 2)(s))])
model = Model([m, s], Dense(1)(Dense(16)(x)))
# %% accept activations of TensorFlow
import tensorflow as tf

m = Input((3,), name="measurements")
s = Input((1,), name="species", dtype="int32")
x = Dense(16, activation=tf.nn.relu)(m)
x = Concatenate()([Flatten()(Embedding(3, 2)(s)), x])
model = Model([s, m], Dense(1)(Dense(16, tf.nn.relu)(x)))
# %% wrong embeds a table of other width
m = Input((3,), name="measurements")
s = Input((1,), name="species", dtype="int32")
x = Concatenate()([Dense(16, "relu")(m), Flatten()(Embedding(3, 8)(s))])
model = Model([m, s], Dense(1)(Dense(16, "relu")(x)))
# %% wrong tower joined too early
m = Input((3,), name="measurements")
s = Input((1,), name="species", dtype="int32")
x = Concatenate()([m, Flatten()(Embedding(3, 2)(s))])
model = Model([m, s], Dense(1)(Dense(16, "relu")(Dense(16, "relu")(x))))
# %% wrong reads_all both layers before the join
m = Input((3,), name="measurements")
s = Input((1,), name="species", dtype="int32")
x = Dense(16, "relu")(Dense(16, "relu")(m))
x = Concatenate()([x, Flatten()(Embedding(3, 2)(s))])
model = Model([m, s], Dense(1)(x))
