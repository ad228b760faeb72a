# /// exercise
# id = "one-answer-per-picture"
# number = "X10"
# title = "From feature map to classes"
# level = 2
# type = "fix"
# hints = [
#   "Dense changes only the last axis.",
#   "Something must turn 6×6×8 numbers into one vector.",
#   "Flatten or GlobalAveragePooling2D, before the last Dense.",
# ]
# [criteria]
# inputs = {picture = [8, 8, 1]}
# outputs = {classes = [10]}
# uses = {inputs = ["picture"], weight = 0}
# uses_all_positions = {input = "picture"}
# simplex = true
# has = "Conv2D"
# begins_with = "Conv2D"
# params = {max = 5999}
# usual_order = {predicate = "one_softmax", advice = true}
# ///
# %% [markdown] prompt
# A picture of 8×8×1 should get **one** prediction: ten shares that sum to 1. The model
# below gives 36 predictions, its output is `(None, 6, 6, 10)`. Mend it: `model` reads
# `(8, 8, 1)` and gives `(10,)`, still begins with a `Conv2D`, and has fewer than 6,000
# parameters.
# %% start
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
classes = Dense(10, activation="softmax")(x)
model = Model(picture, classes)
# %% solution
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Flatten()(x)
classes = Dense(10, activation="softmax")(x)
model = Model(picture, classes)
# %% accept GlobalAveragePooling2D
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = GlobalAveragePooling2D()(x)
model = Model(picture, Dense(10, activation="softmax")(x))
# %% accept GlobalMaxPooling2D
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = GlobalMaxPooling2D()(x)
model = Model(picture, Softmax()(Dense(10)(x)))
# %% accept a convolution as large as the map
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Flatten()(Conv2D(10, 6)(x))
model = Model(picture, ops.softmax(x))
# %% accept ops.mean over the axes
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = ops.mean(x, axis=(1, 2))
model = Model(picture, Dense(10, activation="softmax")(x))
# %% accept pooling and Reshape
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Reshape((72,))(MaxPooling2D()(x))
model = Model(picture, Dense(10, activation="softmax")(x))
# %% accept strides and a deeper model
picture = Input((8, 8, 1))
x = Conv2D(8, 3, strides=2, padding="same", activation="relu")(picture)
x = BatchNormalization()(x)
x = Conv2D(16, 3, activation="relu")(x)
x = Dense(16, activation="relu")(GlobalAveragePooling2D()(x))
model = Model(picture, Dense(10, activation="softmax")(x))
# %% accept a softmax for each place, averaged
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Dense(10, activation="softmax")(x)
model = Model(picture, GlobalAveragePooling2D()(x))
# %% wrong runs M06 the batch stands in the shape
picture = Input((None, 8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
model = Model(picture, Dense(10, activation="softmax")(Flatten()(x)))
# %% wrong runs 360 numbers cannot become 10
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Dense(10, activation="softmax")(x)
model = Model(picture, Reshape((10,))(x))
# %% wrong outputs M07 still one answer for each place
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Dense(32, activation="relu")(x)
model = Model(picture, Dense(10, activation="softmax")(x))
# %% wrong outputs M07 the 36 answers side by side
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Dense(10, activation="softmax")(x)
model = Model(picture, Flatten()(x))
# %% wrong uses the picture is multiplied away
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Flatten()(0.0 * x)
model = Model(picture, Dense(10, activation="softmax")(x))
# %% wrong uses_all_positions one corner of the map
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Dense(10, activation="softmax")(x)
model = Model(picture, x[:, 0, 0])
# %% wrong uses_all_positions one row of the map
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Flatten()(x[:, 0])
model = Model(picture, Dense(10, activation="softmax")(x))
# %% wrong one_answer_per_sample the places become samples
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = ops.reshape(x, (-1, 8))
model = Model(picture, Dense(10, activation="softmax")(x))
# %% wrong simplex M20 sigmoid for classes
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Flatten()(x)
model = Model(picture, Dense(10, activation="sigmoid")(x))
# %% wrong simplex no softmax
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = GlobalAveragePooling2D()(x)
model = Model(picture, Dense(10)(x))
# %% wrong simplex the 36 softmaxes are summed
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Dense(10, activation="softmax")(x)
model = Model(picture, ops.sum(x, axis=(1, 2)))
# %% wrong has the convolution is gone
picture = Input((8, 8, 1))
x = Flatten()(picture)
model = Model(picture, Dense(10, activation="softmax")(x))
# %% wrong begins_with a Dense before the convolution
picture = Input((8, 8, 1))
x = Reshape((6, 6, 1))(Dense(36)(Flatten()(picture)))
x = GlobalAveragePooling2D()(Conv2D(8, 3, activation="relu")(x))
model = Model(picture, Dense(10, activation="softmax")(x))
# %% wrong params a wide layer on the flat map
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Dense(64, activation="relu")(Flatten()(x))
model = Model(picture, Dense(10, activation="softmax")(x))
# %% wrong inputs input
picture = Input((10, 10, 1))
x = Conv2D(8, 3, activation="relu")(picture)
model = Model(picture, Dense(10, activation="softmax")(GlobalAveragePooling2D()(x)))
