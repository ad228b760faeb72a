# /// exercise
# id = "four-steps"
# number = "X01"
# title = "Complete the four steps"
# level = 1
# type = "fill"
# hints = [
#   "Which tensor does each layer read?",
#   "The output of a line is the input of the next: keep it in `x`.",
#   "`x = Dense(32, activation=\"relu\")(x)`",
# ]
# [criteria]
# inputs = {x = [32], weight = 0}
# outputs = {y = [1], weight = 0}
# live = {weight = 0}
# equivalent = {source = "exercise"}
# ///
# %% [markdown] prompt
# Four steps make a model, one for each label. Fill in the blanks, so that `model` goes
# from 32 numbers → 64 units with relu → 32 units with relu → 1 unit with sigmoid: 4,225
# parameters.
# %% start
# 1 INPUTS
inputs = Input((32,))
# 2 LAYERS
x = Dense(64, activation="relu")(inputs)
x = ____
# 3 OUTPUTS
outputs = ____
# 4 MODEL
model = ____
# %% solution
# 1 INPUTS
inputs = Input((32,))
# 2 LAYERS
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid")(x)
# 4 MODEL
model = Model(inputs, outputs)
# %% accept an activation layer of its own, Dropout, an operation
inputs = Input((32,))
x = layers.Activation("relu")(Dense(64)(inputs))
x = Dropout(0.1)(ReLU()(Dense(32)(x)))
model = Model(inputs, ops.sigmoid(Dense(1)(x)))
# %% accept a name for each tensor
features = Input(shape=[32], name="features")
hidden_1 = Dense(64, activation="relu", name="hidden_1")(features)
hidden_2 = Dense(32, activation="relu", name="hidden_2")(hidden_1)
score = Dense(1, activation="sigmoid", name="score")(hidden_2)
model = Model(inputs=features, outputs=score)
# %% accept one expression
inputs = Input(batch_shape=(None, 32))
h = Dense(64, "relu")(inputs)
model = Model([inputs], {"y": Dense(1, "sigmoid")(Dense(32, "relu")(h))})
# %% accept a list of layers
model = Sequential(
    [Input((32,)), Dense(64, "relu"), Dense(32, "relu"), Dense(1, "sigmoid")]
)
# %% wrong runs M01 a layer where a tensor belongs
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")
model = Model(inputs, outputs)
# %% wrong runs M01 a layer that was not called
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% wrong runs M06 a number for a shape
inputs = Input(32)
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% wrong live M03 the second layer reads the inputs
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(inputs)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
# %% wrong live M03 the output reads the first layer
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
y = Dense(32, activation="relu")(x)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
# %% wrong equivalent M04 the second layer is left out
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
# %% wrong equivalent another width
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(23, activation="relu")(x)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
# %% wrong equivalent M20 softmax over one unit
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
model = Model(inputs, Dense(1, activation="softmax")(x))
# %% wrong equivalent the first activation is missing
inputs = Input((32,))
x = Dense(64)(inputs)
x = Dense(32, activation="relu")(x)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
# %% wrong equivalent the second activation is missing
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32)(x)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
# %% wrong equivalent no probability
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
model = Model(inputs, Dense(1)(x))
# %% wrong inputs M06 the batch in the shape
inputs = Input((16, 32))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
# %% wrong outputs M04 the output is the hidden tensor
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, x)
