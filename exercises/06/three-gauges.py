# /// exercise
# id = "three-gauges"
# number = "X26"
# title = "Three instruments, three towers"
# level = 2
# type = "build"
# hints = [
#   "Three doors.",
#   "A new box for each door.",
#   "A list of three tensors: `Concatenate()([t1, t2, t3])`",
# ]
# [criteria]
# inputs = {mean = [10], error = [10], worst = [10]}
# outputs = {malignant = [1], weight = 0}
# live = {orphans = "told", weight = 0}
# separate = {inputs = "all", weight = 0}
# range = [0, 1]
# uses = true
# params = 289
# [criteria.parts]
# layers = ["Dense 8 relu", "Dense 8 relu", "Dense 8 relu", "Dense 1"]
# stage = "behaviour"
# [criteria.shape_at]
# weight = 0
# shape = [24]
# op = "concatenate|stack|reshape"
# stage = "behaviour"
# so = "Three towers of 8 laid side by side are 24 numbers. Added up, 8 numbers are left: the instruments are summed."
# look = "Look at the step where the three towers meet: what is its shape?"
# misconception = "M09"
# ///
# %% [markdown] prompt
# Breast cancer: three instruments measure each sample, 10 numbers each. The inputs are
# `mean`, `error` and `worst`.
#
# Each goes through a Dense of its own, 8 units with relu. Join the three side by side;
# one Dense with sigmoid gives the probability that the sample is malignant. Build `model`
# from the picture.
# %% start
mean = Input((10,), name="mean")
error = Input((10,), name="error")
worst = Input((10,), name="worst")
model = ____
# %% solution
mean = Input((10,), name="mean")
error = Input((10,), name="error")
worst = Input((10,), name="worst")
t1 = Dense(8, activation="relu")(mean)
t2 = Dense(8, activation="relu")(error)
t3 = Dense(8, activation="relu")(worst)
x = Concatenate()([t1, t2, t3])
model = Model([mean, error, worst], Dense(1, activation="sigmoid")(x))
# %% accept a comprehension, inputs without names
doors = [Input((10,)) for _ in range(3)]
towers = [Dense(8, "relu")(door) for door in doors]
model = Model(doors, Dense(1, "sigmoid")(layers.concatenate(towers)))
# %% accept a loop, operations, a dict of inputs
doors, towers = {}, []
for name in ("worst", "mean", "error"):
    doors[name] = Input(shape=[10], name=name)
    towers.append(ops.relu(Dense(8)(doors[name])))
model = Model(doors, ops.sigmoid(Dense(1)(ops.concatenate(towers, axis=-1))))
# %% accept towers that are models
def tower():
    return Sequential([Input((10,)), Dense(8), ReLU(), Dropout(0.1)])


doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
x = Concatenate(axis=1)([tower()(door) for door in doors])
model = Model(doors, layers.Activation("sigmoid")(Dense(1)(x)))
# %% accept joined in two steps
a, b, c = Input((10,)), Input((10,)), Input((10,))
ab = Concatenate()([Dense(8, "relu")(a), Dense(8, "relu")(b)])
abc = Concatenate()([ab, Dense(8, "relu")(c)])
model = Model([a, b, c], Dense(1, "sigmoid")(abc))
# %% wrong separate M02 one box for all
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
dense = Dense(8, "relu")
x = Concatenate()([dense(door) for door in doors])
model = Model(doors, Dense(1, "sigmoid")(x))
# %% wrong separate M02 two of three share
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
dense = Dense(8, "relu")
x = Concatenate()([dense(doors[0]), dense(doors[1]), Dense(8, "relu")(doors[2])])
model = Model(doors, Dense(1, "sigmoid")(x))
# %% wrong separate joined before the towers
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
x = Concatenate()(doors)
model = Model(doors, Dense(1, "sigmoid")(Dense(24, "relu")(x)))
# %% wrong inputs one door
door = Input((30,))
model = Model(door, Dense(1, "sigmoid")(Dense(24, "relu")(door)))
# %% wrong shape_at M09 added
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
x = Add()([Dense(8, "relu")(door) for door in doors])
model = Model(doors, Dense(1, "sigmoid")(x))
# %% wrong live M04 the third is not joined
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
towers = [Dense(8, "relu")(door) for door in doors]
model = Model(doors, Dense(1, "sigmoid")(Concatenate()(towers[:2])))
# %% wrong uses M03 the third tensor is a zero
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
a, b, c = [Dense(8, "relu")(door) for door in doors]
model = Model(doors, Dense(1, "sigmoid")(Concatenate()([a, b, c - c])))
# %% wrong range no sigmoid
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
x = Concatenate()([Dense(8, "relu")(door) for door in doors])
model = Model(doors, Dense(1)(x))
# %% wrong range M20 softmax on one unit
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
x = Concatenate()([Dense(8, "relu")(door) for door in doors])
model = Model(doors, Dense(1, "softmax")(x))
# %% wrong params one layer more
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
x = Concatenate()([Dense(8, "relu")(door) for door in doors])
model = Model(doors, Dense(1, "sigmoid")(Dense(8, "relu")(x)))
# %% wrong parts M13 no relu
doors = [Input((10,), name=name) for name in ("mean", "error", "worst")]
x = Concatenate()([Dense(8)(door) for door in doors])
model = Model(doors, Dense(1, "sigmoid")(x))
# %% wrong parts sixteen units
ins = [Input((10,), name=n) for n in ("mean", "error", "worst")]
x = Concatenate()([Dense(16, "relu")(i) for i in ins])
model = Model(ins, Dense(1, "sigmoid")(x))
# %% wrong inputs one input sliced
i = Input((30,))
h = Concatenate()([Dense(8, "relu")(i[:, :10]), Dense(8, "relu")(i[:, 10:20]), Dense(8, "relu")(i[:, 20:])])
model = Model(i, Dense(1, "sigmoid")(h))
# %% wrong outputs two units
ins = [Input((10,), name=n) for n in ("mean", "error", "worst")]
model = Model(ins, Dense(2, "softmax")(Concatenate()([Dense(8, "relu")(i) for i in ins])))
