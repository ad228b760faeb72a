# /// exercise
# id = "picture-and-question"
# number = "X27"
# title = "Picture plus question"
# level = 2
# type = "build"
# hints = [
#   "One vector for each kind of input, then join.",
#   "An LSTM turns (5, 16) into (32,).",
#   "`Concatenate()([v_img, v_txt])`",
# ]
# [criteria]
# inputs = {image = {shape = [8, 8, 1]}, question = {shape = [5], below = 14}}
# outputs = {yes = [1], weight = 0}
# live = {orphans = "told", weight = 0}
# has = {op = ["Conv2D", "Embedding", "LSTM|GRU|Bidirectional|RNN"], stage = "behaviour", weight = 0}
# embeds = {input = "question", below = 14, weight = 0}
# range = [0, 1]
# uses = true
# pad_invariant = {input = "question", pad = 0}
# parts = ["Conv2D 16", "Conv2D 32", "Embedding 16", "LSTM|GRU|Bidirectional|RNN 32", "Dense 32", "Dense 64", "Dense 1"]
# in_order = ["Conv2D 16", "Conv2D 32"]
# reads_all = "Dense 64"
# shape_at = {shape = [64], op = "concatenate", misconception = "M07"}
# [criteria.gru]
# predicate = "no"
# op = "GRU"
# advice = true
# so = "That works as well as an LSTM: a GRU has two gates, an LSTM three and a memory of its own."
# look = "Compare their numbers of parameters in the summary."
# ///
# %% [markdown] prompt
# A picture, and a question about it: is the answer yes? Two inputs, one output.
#
# - `image`, (8, 8, 1): Conv2D of 16, then Conv2D of 32 filters (kernels 3×3), Flatten,
#   Dense of 32.
# - `question`, 5 whole numbers from 0 to 13, where 0 is padding: Embedding of 14 words
#   with 16 numbers each, which masks the padding; then an LSTM of 32.
#
# Join both vectors; then a Dense of 64, and one Dense with sigmoid.
# %% start
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
model = ____
# %% solution
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(16, 3, padding="same", activation="relu")(image)
x = Conv2D(32, 3, padding="same", activation="relu")(x)
v_img = Dense(32, activation="relu")(Flatten()(x))
v_txt = LSTM(32)(Embedding(14, 16, mask_zero=True)(question))
x = Concatenate()([v_img, v_txt])
x = Dense(64, activation="relu")(x)
model = Model([image, question], Dense(1, activation="sigmoid")(x))
# %% accept a GRU, and pooling in the place of Flatten
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, activation="relu")(Conv2D(16, 3, activation="relu")(image))
v_img = Dense(32, "relu")(GlobalAveragePooling2D()(x))
v_txt = GRU(32)(Embedding(14, 16, mask_zero=True)(question))
x = Dense(64, "relu")(Concatenate()([v_txt, v_img]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% accept other names, nested encoders, question first
q = Input((5,))
p = Input((8, 8, 1))
see = Sequential([Conv2D(16, 3), ReLU(), MaxPooling2D(), Conv2D(32, 3, padding="same")])
read = Sequential([Embedding(14, 16, mask_zero=True), LSTM(32)])
v = layers.concatenate([Dense(32)(Flatten()(see(p))), read(q)])
model = Model([q, p], ops.sigmoid(Dense(1)(Dense(64, "relu")(v))))
# %% accept a mask of one's own
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(16, 3, padding="same", activation="relu")(image)
x = Conv2D(32, 3, padding="same", activation="relu", strides=2)(x)
v_img = Dense(32)(Flatten()(x))
words = Embedding(20, 16)(question)
v_txt = LSTM(32)(words, mask=ops.not_equal(question, 0))
x = Dense(64, "relu")(ops.concatenate([v_img, v_txt], axis=-1))
model = Model({"image": image, "question": question}, Dense(1, "sigmoid")(x))
# %% wrong runs M10 joined before they are encoded
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Concatenate()([image, question])
model = Model([image, question], Dense(1, "sigmoid")(Dense(64, "relu")(x)))
# %% wrong runs M10 all steps of the LSTM
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(16, 3, padding="same")(image))
v_img = Dense(32, "relu")(Flatten()(x))
words = Embedding(14, 16, mask_zero=True)(question)
v_txt = LSTM(32, return_sequences=True)(words)
x = Dense(64, "relu")(Concatenate()([v_img, v_txt]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% wrong has Flatten in the place of the LSTM
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(16, 3, padding="same")(image))
v_img = Dense(32, "relu")(Flatten()(x))
v_txt = Flatten()(Embedding(14, 16, mask_zero=True)(question))
x = Dense(64, "relu")(Concatenate()([v_img, v_txt]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% wrong has M07 no convolution
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
v_img = Dense(32, "relu")(Flatten()(image))
v_txt = LSTM(32)(Embedding(14, 16, mask_zero=True)(question))
x = Dense(64, "relu")(Concatenate()([v_img, v_txt]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% wrong live M04 the picture is not joined
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(16, 3, padding="same")(image))
v_img = Dense(32, "relu")(Flatten()(x))
v_txt = LSTM(32)(Embedding(14, 16, mask_zero=True)(question))
model = Model([image, question], Dense(1, "sigmoid")(Dense(64, "relu")(v_txt)))
# %% wrong shape_at M07 Dense before Flatten
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(16, 3, padding="same")(image))
v_img = Flatten()(Dense(32, "relu")(x))
v_txt = LSTM(32)(Embedding(14, 16, mask_zero=True)(question))
x = Dense(64, "relu")(Concatenate()([v_img, v_txt]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% wrong pad_invariant no mask
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(16, 3, padding="same")(image))
v_img = Dense(32, "relu")(Flatten()(x))
v_txt = LSTM(32)(Embedding(14, 16)(question))
x = Dense(64, "relu")(Concatenate()([v_img, v_txt]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% wrong embeds too few words
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(16, 3, padding="same")(image))
v_img = Dense(32, "relu")(Flatten()(x))
v_txt = LSTM(32)(Embedding(13, 16, mask_zero=True)(question))
x = Dense(64, "relu")(Concatenate()([v_img, v_txt]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% wrong range no sigmoid
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(16, 3, padding="same")(image))
v_img = Dense(32, "relu")(Flatten()(x))
v_txt = LSTM(32)(Embedding(14, 16, mask_zero=True)(question))
x = Dense(64, "relu")(Concatenate()([v_img, v_txt]))
model = Model([image, question], Dense(1)(x))
# %% wrong uses M04 the picture is taken from itself
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(16, 3, padding="same")(image))
v_img = Dense(32, "relu")(Flatten()(x))
v_txt = LSTM(32)(Embedding(14, 16, mask_zero=True)(question))
x = Dense(64, "relu")(Concatenate()([v_img - v_img, v_txt]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% wrong inputs M06 the batch is in the shape
image = Input((16, 8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
v_img = Dense(32)(Flatten()(image))
v_txt = LSTM(32)(Embedding(14, 16, mask_zero=True)(question))
model = Model([image, question], Dense(1, "sigmoid")(Concatenate()([v_img, v_txt])))
# %% wrong parts other numbers of filters
image = Input((8, 8, 1), name="image")
question = Input((5,), dtype="int32", name="question")
x = Conv2D(32, 3, padding="same")(Conv2D(8, 3, padding="same")(image))
v_img = Dense(32, "relu")(Flatten()(x))
v_txt = LSTM(32)(Embedding(14, 16, mask_zero=True)(question))
x = Dense(64, "relu")(Concatenate()([v_img, v_txt]))
model = Model([image, question], Dense(1, "sigmoid")(x))
# %% accept a cell of an RNN
i, q = Input((8, 8, 1)), Input((5,), dtype="int32")
v = Flatten()(Conv2D(32, 3)(Conv2D(16, 3)(i)))
t = RNN(LSTMCell(32))(Embedding(14, 16, mask_zero=True)(q))
x = Concatenate()([Dense(32, "relu")(v), t])
model = Model([i, q], Dense(1, "sigmoid")(Dense(64, "relu")(x)))
# %% wrong shape_at M09 added
i, q = Input((8, 8, 1)), Input((5,), dtype="int32")
v = Flatten()(Conv2D(32, 3)(Conv2D(16, 3)(i)))
t = LSTM(32)(Embedding(14, 16, mask_zero=True)(q))
x = Add()([Dense(32, "relu")(v), t])
model = Model([i, q], Dense(1, "sigmoid")(Dense(64, "relu")(x)))
# %% wrong parts a smaller LSTM
i, q = Input((8, 8, 1)), Input((5,), dtype="int32")
v = Flatten()(Conv2D(32, 3)(Conv2D(16, 3)(i)))
t = LSTM(16)(Embedding(14, 16, mask_zero=True)(q))
x = Concatenate()([Dense(32, "relu")(v), t])
model = Model([i, q], Dense(1, "sigmoid")(Dense(64, "relu")(x)))
# %% wrong in_order the convolutions have changed places
i, q = Input((8, 8, 1)), Input((5,), dtype="int32")
v = Flatten()(Conv2D(16, 3)(Conv2D(32, 3)(i)))
t = LSTM(32)(Embedding(14, 16, mask_zero=True)(q))
x = Concatenate()([Dense(32, "relu")(v), t])
model = Model([i, q], Dense(1, "sigmoid")(Dense(64, "relu")(x)))
# %% wrong reads_all the large layer before the join
i, q = Input((8, 8, 1)), Input((5,), dtype="int32")
v = Flatten()(Conv2D(32, 3)(Conv2D(16, 3)(i)))
t = LSTM(32)(Embedding(14, 16, mask_zero=True)(q))
x = Concatenate()([Dense(32, "relu")(Dense(64, "relu")(v)), t])
model = Model([i, q], Dense(1, "sigmoid")(x))
# %% wrong inputs input two axes
i = Input((8, 8), name="image"); q = Input((5,), dtype="int32", name="question")
a = Dense(32, "relu")(Flatten()(Conv2D(32, 3, activation="relu")(Conv2D(16, 3, activation="relu")(Reshape((8, 8, 1))(i)))))
b = LSTM(32)(Embedding(14, 16, mask_zero=True)(q))
model = Model([i, q], Dense(1, "sigmoid")(Dense(64, "relu")(Concatenate()([a, b]))))
# %% wrong outputs softmax2
i = Input((8, 8, 1), name="image"); q = Input((5,), dtype="int32", name="question")
a = Dense(32, "relu")(Flatten()(Conv2D(32, 3, activation="relu")(Conv2D(16, 3, activation="relu")(i))))
b = LSTM(32)(Embedding(14, 16, mask_zero=True)(q))
model = Model([i, q], Dense(2, "softmax")(Dense(64, "relu")(Concatenate()([a, b]))))
# %% wrong parts embed swapped
i = Input((8, 8, 1), name="image"); q = Input((5,), dtype="int32", name="question")
a = Dense(32, "relu")(Flatten()(Conv2D(32, 3, activation="relu")(Conv2D(16, 3, activation="relu")(i))))
b = LSTM(32)(Embedding(16, 14, mask_zero=True)(q))
model = Model([i, q], Dense(1, "sigmoid")(Dense(64, "relu")(Concatenate()([a, b]))))
