# /// exercise
# id = "box-and-label"
# number = "X32"
# title = "Where and what"
# level = 3
# type = "wiring"
# hints = [
#   "Which head needs the position?",
#   "Flatten keeps where things are; global average pooling loses it.",
#   "Coordinates: `Dense(4, 'sigmoid', name='box')(Flatten()(x))`",
# ]
# [criteria]
# inputs = {canvas = [20, 20, 1]}
# outputs = {named = true, box = [4], label = [10]}
# independent = "box"
# scores = {output = "label", weight = 0}
# uses = {each = true, weight = 0}
# trunk = {heads = ["box", "label"], op = "Conv2D"}
# position_matters = "box"
# compiled = {losses = {box = "mse", label = "sparse_cce"}, weights = {box = 5.0, label = 1.0}}
# [criteria.box_range]
# predicate = "range"
# bounds = [0, 1]
# output = "box"
# advice = true
# see = "Your 'box' reaches {least} and {most}."
# so = "It can learn, but it may put a box outside of the picture, where coordinates go from 0 to 1."
# look = "An activation at the end would keep it inside."
# ///
# %% [markdown] prompt
# A digit lies somewhere on a canvas of 20×20 pixels, input shape (20, 20, 1). Where is
# it, and which one is it?
#
# A convolutional trunk serves both heads:
#
# - `box`: 4 numbers between 0 and 1, the corners of the box;
# - `label`: one of 10 classes.
#
# The outputs have these names. Compile the model: for `box` the mean squared error with
# loss weight 5, for `label` the sparse categorical cross-entropy with loss weight 1.
# %% start
canvas = Input((20, 20, 1))
model = ____
# %% solution
canvas = Input((20, 20, 1))
x = Conv2D(16, 3, padding="same", activation="relu")(canvas)
x = MaxPooling2D()(x)
x = Conv2D(32, 3, padding="same", activation="relu")(x)
x = MaxPooling2D()(x)
x = Flatten()(x)
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"box": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5.0, "label": 1.0},
)
# %% accept lists in the order of the outputs, logits, a pool for one head
canvas = Input((20, 20, 1))
x = Conv2D(16, 3, activation="relu")(canvas)
x = Conv2D(16, 3, strides=2, activation="relu")(x)
label = Dense(10, name="label")(GlobalAveragePooling2D()(x))
box = Dense(4, "sigmoid", name="box")(Dense(32, "relu")(Flatten()(x)))
model = Model(canvas, [label, box])
model.compile(
    "sgd",
    loss=[keras.losses.SparseCategoricalCrossentropy(from_logits=True), "mse"],
    loss_weights=[1, 5],
)
# %% accept a dict of outputs, functions as losses
canvas = Input((20, 20, 1), name="canvas")
x = MaxPooling2D()(Conv2D(8, 5, activation="relu")(canvas))
x = Flatten()(x)
outputs = {"box": Dense(4, "sigmoid")(x), "label": Dense(10, "softmax")(x)}
model = Model(canvas, outputs)
model.compile(
    keras.optimizers.Adam(0.01),
    loss={
        "label": keras.losses.sparse_categorical_crossentropy,
        "box": keras.losses.MeanSquaredError(),
    },
    loss_weights={"label": 1.0, "box": 5.0},
    metrics={"label": "accuracy", "box": "mae"},
)
# %% accept a box without activation
canvas = Input((20, 20, 1))
trunk = Sequential([Conv2D(8, 3, activation="relu"), MaxPooling2D(), Conv2D(16, 3)])
x = Flatten()(trunk(canvas))
model = Model(
    canvas,
    {"box": Dense(4)(x), "label": ops.softmax(Dense(10)(x))},
)
model.compile(
    loss={"box": "mean_squared_error", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5, "label": 1},
)
# %% accept weights inside a loss of one's own
canvas = Input((20, 20, 1))
x = Flatten()(Conv2D(8, 3, strides=2, activation="relu")(canvas))
model = Model(
    canvas,
    [Dense(4, "sigmoid", name="box")(x), Dense(10, "softmax", name="label")(x)],
)


def five_times(y, p):
    return 5 * ops.mean(ops.square(y - p), axis=-1)


model.compile("adam", loss=[five_times, "sparse_categorical_crossentropy"])
# %% wrong independent M20 softmax on the box
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="softmax", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"box": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5.0, "label": 1.0},
)
# %% wrong position_matters the average over all places before the box
canvas = Input((20, 20, 1))
x = Conv2D(16, 3, padding="same", activation="relu")(canvas)
x = MaxPooling2D()(x)
x = Conv2D(32, 3, padding="same", activation="relu")(x)
x = GlobalAveragePooling2D()(x)
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"box": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5.0, "label": 1.0},
)
# %% wrong position_matters the mean, as an operation, before the box
canvas = Input((20, 20, 1))
x = Conv2D(16, 3, padding="same", activation="relu")(canvas)
x = Conv2D(32, 3, activation="relu")(x)
box = Dense(4, activation="sigmoid", name="box")(ops.mean(x, axis=(1, 2)))
label = Dense(10, activation="softmax", name="label")(Flatten()(x))
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss=["mse", "sparse_categorical_crossentropy"],
    loss_weights=[5.0, 1.0],
)
# %% wrong position_matters the maximum over all places
canvas = Input((20, 20, 1))
x = Conv2D(16, 3, padding="same", activation="relu")(canvas)
x = GlobalMaxPooling2D()(Conv2D(32, 3, activation="relu")(x))
box = Dense(4, activation="sigmoid", name="box")(Dense(32, "relu")(x))
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss=["mse", "sparse_categorical_crossentropy"],
    loss_weights=[5.0, 1.0],
)
# %% wrong compiled never compiled
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
# %% wrong compiled M18 no weights
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile("adam", loss={"box": "mse", "label": "sparse_categorical_crossentropy"})
# %% wrong compiled M21 weights in the other order
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss=["mse", "sparse_categorical_crossentropy"],
    loss_weights=[1.0, 5.0],
)
# %% wrong compiled M21 losses in the other order
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss=["sparse_categorical_crossentropy", "mse"],
    loss_weights=[5.0, 1.0],
)
# %% wrong compiled M19 a key that no head has
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"boxes": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"boxes": 5.0, "label": 1.0},
)
# %% wrong compiled M33 metrics in the third place
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile("adam", ["mse", "sparse_categorical_crossentropy"], ["mae", "accuracy"])
# %% wrong compiled M17 one loss for both
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile("adam", loss="mse", loss_weights=[5.0, 1.0])
# %% wrong compiled M20 logits taken for probabilities
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"box": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5.0, "label": 1.0},
)
# %% wrong scores M20 ten sigmoids for one of ten classes
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="sigmoid", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"box": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5.0, "label": 1.0},
)
# %% wrong trunk M17 a trunk for each head
canvas = Input((20, 20, 1))
box = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, activation="sigmoid", name="box")(box)
label = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
label = Dense(10, activation="softmax", name="label")(label)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"box": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5.0, "label": 1.0},
)
# %% wrong trunk M07 no convolution
canvas = Input((20, 20, 1))
x = Dense(64, activation="relu")(Flatten()(canvas))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"box": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5.0, "label": 1.0},
)
# %% wrong outputs M19 no names
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
model = Model(canvas, [Dense(4, "sigmoid")(x), Dense(10, "softmax")(x)])
model.compile(
    "adam", ["mse", "sparse_categorical_crossentropy"], loss_weights=[5.0, 1.0]
)
# %% wrong inputs the axis of colours is left out
canvas = Input((20, 20))
x = Flatten()(Conv1D(8, 3, activation="relu")(canvas))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
# %% wrong compiled M20 probabilities taken for logits
canvas = Input((20, 20, 1))
x = Flatten()(MaxPooling2D()(Conv2D(8, 3, activation="relu")(canvas)))
box = Dense(4, "sigmoid", name="box")(x)
model = Model(canvas, [box, Dense(10, "softmax", name="label")(x)])
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile("adam", loss=["mse", cross_entropy], loss_weights=[5, 1])
# %% wrong inputs input3
canvas = Input((20, 20, 3))
x = Conv2D(16, 3, padding="same", activation="relu")(canvas)
x = MaxPooling2D()(x)
x = Conv2D(32, 3, padding="same", activation="relu")(x)
x = MaxPooling2D()(x)
f = Flatten()(x)
box = Dense(4, activation="sigmoid", name="box")(f)
label = Dense(10, activation="softmax", name="label")(f)
model = Model(canvas, [box, label])
model.compile(optimizer="adam", loss={"box": "mse", "label": "sparse_categorical_crossentropy"}, loss_weights={"box": 5.0, "label": 1.0})
# %% wrong uses nothing of the canvas is left
canvas = Input((20, 20, 1))
x = Conv2D(16, 3, activation="relu")(0 * canvas)
x = Flatten()(MaxPooling2D()(x))
box = Dense(4, activation="sigmoid", name="box")(x)
label = Dense(10, activation="softmax", name="label")(x)
model = Model(canvas, [box, label])
model.compile(
    "adam",
    loss={"box": "mse", "label": "sparse_categorical_crossentropy"},
    loss_weights={"box": 5.0, "label": 1.0},
)
