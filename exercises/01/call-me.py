# /// exercise
# id = "call-me"
# number = "X05"
# title = "The box that was never called"
# level = 1
# type = "fix"
# hints = [
#   "What type is `x` after line 3? Print it.",
#   "A layer must be given its tensor.",
#   "`…)(x)`: `x = Dense(32, activation=\"relu\")(x)`.",
# ]
# [criteria]
# inputs = {x = [32], weight = 0}
# outputs = {y = [1], weight = 0}
# live = {weight = 0}
# equivalent = {source = "exercise"}
# functional = true
# few_changes = {most = 2, advice = true}
# ///
# %% [markdown] prompt
# These lines should make the model of this lesson, `model`: 32 numbers → 64 units with
# relu → 32 units with relu → 1 unit with sigmoid. They stop with an error:
#
# ```text
# ValueError: Only input tensors may be passed as positional arguments.
# The following argument value should be passed as a keyword argument:
# <Dense name=dense_1, built=False>
# ```
#
# Mend them with as few changes as you can, at most two lines.
# %% start
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% solution
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% accept in two steps
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
d = Dense(32, activation="relu")
x = d(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% accept called in the next line
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
d = Dense(32, activation="relu")
outputs = Dense(1, activation="sigmoid")(d(x))
model = Model(inputs, outputs)
# %% accept with other names and activations as layers
a = keras.Input(shape=(32,), name="features")
b = ReLU()(Dense(64, name="first")(a))
c = layers.Activation("relu")(Dense(32)(b))
model = keras.Model(inputs=[a], outputs=[ops.sigmoid(Dense(1)(c))])
# %% accept a small model inside
inputs = Input((32,))
two = Sequential([Dense(64, activation="relu"), Dense(32, activation="relu")])
model = Model(inputs, Dense(1, activation="sigmoid")(two(inputs)))
# %% wrong runs M01 a layer called on a layer
inputs = Input((32,))
x = Dense(32, activation="relu")(Dense(64, activation="relu"))
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% wrong runs M01 the error moved on
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
h = Dense(32, activation="relu")
outputs = Dense(1, activation="sigmoid")(h)
model = Model(inputs, outputs)
# %% wrong equivalent M04 the line is gone
# The exercise has a layer of 32 units there: it was to be called, not to be left out.
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% wrong live M03 the 64 units lead nowhere
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(inputs)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% wrong live M04 called, and nobody reads it
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
y = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% wrong functional a list of layers
model = Sequential(
    [
        Input((32,)),
        Dense(64, activation="relu"),
        Dense(32, activation="relu"),
        Dense(1, activation="sigmoid"),
    ]
)
# %% wrong equivalent the activation got lost
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32)(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% wrong outputs the output is an inner tensor
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, x)
# %% wrong inputs M06 the batch in the shape
inputs = Input((None, 32))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% wrong runs M01 called on nothing
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")()
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
