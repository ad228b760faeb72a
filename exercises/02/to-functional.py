# /// exercise
# id = "to-functional"
# number = "X06"
# title = "Convert Sequential to Functional"
# level = 1
# type = "convert"
# hints = [
#   "The list of a Sequential is the order of the calls.",
#   "Start with the Input; then one line for each element of the list.",
#   "`x = Dropout(0.2)(x)`",
# ]
# [criteria]
# inputs = {x = [20], weight = 0}
# outputs = {y = [3], weight = 0}
# live = {weight = 0}
# train_infer_differ = {weight = 0}
# drops = true
# simplex = {weight = 0}
# equivalent = {source = "given model"}
# functional = true
# rewritten = {original = "given", advice = true}
# ///
# %% [markdown] prompt
# `given` is a Sequential model. Write its Functional twin with the name `model`: the
# same layers, called one after the other, from an `Input` of 20 numbers to 3
# probabilities.
# %% given
given = Sequential(
    [
        Input((20,)),
        Dense(32, activation="relu"),
        Dropout(0.2),
        Dense(16, activation="relu"),
        Dense(3, activation="softmax"),
    ]
)
# %% start
inputs = Input((20,))
x = ____
outputs = ____
model = Model(inputs, outputs)
# %% solution
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dropout(0.2)(x)
x = Dense(16, activation="relu")(x)
outputs = Dense(3, activation="softmax")(x)
model = Model(inputs, outputs)
# %% accept names, and the rate by its name
features = Input(shape=(20,), name="features")
first = Dense(32, activation="relu", name="first")(features)
dropped = Dropout(rate=0.2, name="drop")(first)
second = Dense(16, activation="relu", name="second")(dropped)
model = Model(features, Dense(3, activation="softmax", name="species")(second))
# %% accept activations as layers and operations, Dropout before relu
inputs = Input((20,))
x = ReLU()(Dropout(0.2)(Dense(32)(inputs)))
x = ops.relu(Dense(16)(x))
model = Model([inputs], [Softmax()(Dense(3)(x))])
# %% accept small models inside
front = Sequential([Input((20,)), Dense(32, activation="relu"), Dropout(0.2)])
h = Input((32,))
back = Model(h, Dense(3, activation="softmax")(Dense(16, activation="relu")(h)))
inputs = Input((20,))
model = Model(inputs, back(front(inputs)))
# %% accept the same objects, with a note
model = Model(given.inputs, given.outputs)
# %% accept the layers of the given model called again
x = inputs = Input((20,))
for layer in given.layers:
    x = layer(x)
model = Model(inputs, x)
# %% accept a dict of outputs
inputs = Input((20,))
x = Dropout(0.2)(Dense(32, activation="relu")(inputs))
x = Dense(16, activation="relu")(x)
model = Model(inputs, {"species": Dense(3, activation="softmax")(x)})
# %% wrong train_infer_differ M32 no Dropout
# Same at inference, but in training yours never drops a value.
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(x)
outputs = Dense(3, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong drops M32 Dropout behind the softmax
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(x)
x = Dense(3, activation="softmax")(x)
model = Model(inputs, Dropout(0.2)(x))
# %% wrong drops M32 Dropout behind the second layer
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(x)
x = Dropout(0.2)(x)
model = Model(inputs, Dense(3, activation="softmax")(x))
# %% wrong drops M32 another rate
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dropout(0.5)(x)
x = Dense(16, activation="relu")(x)
model = Model(inputs, Dense(3, activation="softmax")(x))
# %% wrong simplex M20 no softmax
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dropout(0.2)(x)
x = Dense(16, activation="relu")(x)
model = Model(inputs, Dense(3)(x))
# %% wrong simplex M20 sigmoid for classes that exclude each other
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dropout(0.2)(x)
x = Dense(16, activation="relu")(x)
model = Model(inputs, Dense(3, activation="sigmoid")(x))
# %% wrong equivalent one activation is missing
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dropout(0.2)(x)
x = Dense(16)(x)
model = Model(inputs, Dense(3, activation="softmax")(x))
# %% wrong live M03 the second layer reads the inputs
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dropout(0.2)(x)
x = Dense(16, activation="relu")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(x))
# %% wrong functional still a list of layers
model = Sequential(
    [
        Input((20,)),
        Dense(32, activation="relu"),
        Dropout(0.2),
        Dense(16, activation="relu"),
        Dense(3, activation="softmax"),
    ]
)
# %% wrong functional a copy of the list
model = keras.models.clone_model(given)
# %% wrong inputs M06 the batch in the shape
inputs = Input((16, 20))
x = Dense(32, activation="relu")(inputs)
x = Dropout(0.2)(x)
x = Dense(16, activation="relu")(x)
model = Model(inputs, Dense(3, activation="softmax")(x))
# %% wrong outputs M04 the last layer is missing
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dropout(0.2)(x)
x = Dense(16, activation="relu")(x)
model = Model(inputs, x)
