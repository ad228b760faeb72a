# /// exercise
# id = "diet"
# number = "X11"
# title = "34 million parameters on a diet"
# level = 3
# type = "refactor"
# hints = [
#   "Where do the parameters sit? Open the widest tensor.",
#   "Make the *tensor* before the Dense smaller, not the Dense.",
#   "A convolution with strides of 4, or GlobalAveragePooling2D, on the way of the image.",
# ]
# [criteria]
# inputs = {image = [64, 64, 3], text = {shape = [50], below = 10000}}
# outputs = {y = [1]}
# live = {weight = 0}
# accepts_ids = {input = "text", below = 10000, stage = "live"}
# uses = {inputs = ["image", "text"]}
# uses_all_positions = {input = "image"}
# range = {lo = 0, hi = 1}
# has = {predicate = "passes", input = "text", kinds = ["Embedding", "LSTM"]}
# image_layers = {predicate = "weighted_route", input = "image"}
# params = {max = 1_000_000}
# ///
# %% [markdown] prompt
# This model reads an image of 64×64×3 and a text of 50 word indices (0 to 9,999), and
# gives one number between 0 and 1. It has 34,302,081 parameters. Build `model` with the
# same inputs and the same output, and at most 1,000,000 parameters. Both inputs must
# still matter, the image must still pass a layer with weights of its own, and the text
# an `Embedding` and an `LSTM`. (The text branch alone has 738,816.)
# %% start
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Flatten()(Dense(128, activation="relu")(image))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% solution
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Dense(128, activation="relu")(image)
a = GlobalAveragePooling2D()(a)
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% accept convolutions with strides
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Conv2D(16, 4, strides=4, activation="relu")(image)
a = Conv2D(16, 4, strides=4, activation="relu")(a)
a = Flatten()(a)
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(32, activation="relu")(Concatenate()([b, a]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% accept pooling, then a 1×1 convolution
image = Input((64, 64, 3))
text = Input((50,))
a = MaxPooling2D(16)(Conv2D(8, 1, activation="relu")(image))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([Flatten()(a), b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% accept pooling before the Dense, and inputs in a dict
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Dense(32, activation="relu")(Flatten()(AveragePooling2D(8)(image)))
b = LSTM(64)(Embedding(10000, 32)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model({"image": image, "text": text}, ops.sigmoid(Dense(1)(x)))
# %% accept pixels divided by 255, and a smaller image
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Resizing(16, 16)(Rescaling(1 / 255)(image))
a = GlobalAveragePooling2D()(SeparableConv2D(8, 3)(a))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% accept GlobalMaxPooling2D
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalMaxPooling2D()(Conv2D(32, 3, activation="relu")(image))
b = Bidirectional(LSTM(32))(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong params 4,096 places remain
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Dense(1)(Dense(128, activation="relu")(image))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([Flatten()(a), b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong params the Dense is smaller, the tensor is not
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Flatten()(Dense(16, activation="relu")(image))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(16, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong live M04 the image is not read
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Flatten()(image)
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(b)
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong inputs M04 the image is gone
text = Input((50,), dtype="int32", name="text")
x = Dense(64, activation="relu")(LSTM(128)(Embedding(10000, 64)(text)))
model = Model(text, Dense(1, activation="sigmoid")(x))
# %% wrong uses the image is multiplied away
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image)) * 0.0
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong accepts_ids the vocabulary is cut
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image))
b = LSTM(128)(Embedding(1000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong uses_all_positions one pixel is left
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Flatten()(Dense(128, activation="relu")(image[:, ::64, ::64]))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong uses_all_positions a corner of the image
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = Flatten()(Dense(8, activation="relu")(image[:, :16, :16]))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong range no sigmoid
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1)(x))
# %% wrong has the LSTM is gone
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image))
b = GlobalAveragePooling1D()(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong has the LSTM reads the image, not the text
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = LSTM(64)(Reshape((64, 192))(image))
b = GlobalAveragePooling1D()(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong has a Bidirectional without an LSTM
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image))
b = Bidirectional(GRU(64))(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong image_layers the image is averaged without a layer
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(image)
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong inputs size
image = Input((32, 32, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong outputs two outputs
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image))
b = LSTM(128)(Embedding(10000, 64)(text))
model = Model([image, text], [Dense(1, activation="sigmoid")(a), Dense(1, activation="sigmoid")(b)])
# %% wrong accepts_ids vocab9999
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image))
b = LSTM(128)(Embedding(9999, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
# %% wrong uses M04 text zero
image = Input((64, 64, 3), name="image")
text = Input((50,), dtype="int32", name="text")
a = GlobalAveragePooling2D()(Dense(128, activation="relu")(image))
b = LSTM(128)(Embedding(10000, 64)(text))
x = Dense(64, activation="relu")(Concatenate()([a, b - b]))
model = Model([image, text], Dense(1, activation="sigmoid")(x))
