# /// exercise
# id = "bottleneck"
# number = "X44"
# title = "Squeeze through eight numbers"
# level = 2
# type = "build"
# asks = "model"
# hints = [
#   "The narrowest tensor decides how much gets through.",
#   "Every route from the input to the output must pass it.",
#   "`Flatten()`, some layers, `Dense(8)`, some layers, `Dense(64, activation='sigmoid')`, `Reshape((8, 8, 1))`.",
# ]
# [criteria]
# inputs = {image = [8, 8, 1]}
# outputs = {picture = [8, 8, 1]}
# nonlinear_sides = true
# rank = {k = 8, weight = 0}
# range = [0, 1]
# bottleneck = 8
# ///
# %% [markdown] prompt
# Build an autoencoder `model`: a picture of shape `(8, 8, 1)` goes in, a picture of the
# same shape comes out, with values between 0 and 1. On the way there is a **code of
# exactly 8 numbers**, through which everything has to go. Before the code and behind it
# there is at least one activation that is not linear.
# %% solution
image = Input((8, 8, 1), name="image")
x = Flatten()(image)
x = Dense(32, activation="relu")(x)
code = Dense(8)(x)
x = Dense(32, activation="relu")(code)
x = Dense(64, activation="sigmoid")(x)
model = Model(image, Reshape((8, 8, 1))(x))
# %% accept Sequential
model = Sequential([
    Input((8, 8, 1)),
    Flatten(),
    Dense(24, activation="tanh"),
    Dense(8, activation="relu"),
    Dense(64, activation="sigmoid"),
    Reshape((8, 8, 1)),
])
# %% accept convolutional
image = Input((8, 8, 1))
x = Conv2D(8, 3, strides=2, padding="same", activation="relu")(image)
x = Conv2D(4, 3, strides=2, padding="same", activation="relu")(x)
code = Dense(8)(Flatten()(x))
x = Reshape((2, 2, 4))(Dense(16, activation="relu")(code))
x = Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu")(x)
x = Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid")(x)
model = Model(image, x)
# %% accept a code with a shape
image = Input((8, 8, 1))
x = MaxPooling2D()(Conv2D(8, 3, padding="same", activation="relu")(image))
code = MaxPooling2D()(Conv2D(2, 3, padding="same", activation="relu")(x))
x = Conv2D(8, 3, padding="same", activation="relu")(UpSampling2D()(code))
x = UpSampling2D()(x)
model = Model(image, ops.sigmoid(Conv2D(1, 3, padding="same")(x)))
# %% accept an encoder and a decoder
picture, code = Input((8, 8, 1)), Input((8,))
encoder = Model(picture, Dense(8, activation="relu")(Dense(32, activation="relu")(Flatten()(picture))))
x = Dense(64, activation="sigmoid")(Dense(32, activation="relu")(code))
decoder = Model(code, Reshape((8, 8, 1))(x))
image = Input((8, 8, 1))
model = Model(image, decoder(encoder(image)))
# %% accept a residual inside the encoder
image = Input((8, 8, 1))
x = Dense(32, activation="relu")(Flatten()(image))
x = x + Dense(32, activation="relu")(x)
code = BatchNormalization()(Dense(8)(Dropout(0.1)(x)))
x = Dense(48, activation="gelu")(code)
x = Dense(64, activation="sigmoid")(x)
model = Model(image, Reshape((8, 8, 1))(x))
# %% accept two halves of the code
image = Input((8, 8, 1))
x = Dense(32, activation="relu")(Flatten()(image))
code = Concatenate()([Dense(4)(x), Dense(4)(x)])
x = Dense(64, activation="sigmoid")(Dense(32, activation="relu")(code))
model = Model(image, Reshape((8, 8, 1))(x))
# %% accept mixed precision
keras.mixed_precision.set_global_policy("mixed_float16")
image = Input((8, 8, 1))
code = Dense(8)(Dense(32, activation="relu")(Flatten()(image)))
x = Dense(64, dtype="float32")(Dense(32, activation="relu")(code))
model = Model(image, Reshape((8, 8, 1), dtype="float32")(ops.sigmoid(x)))
# %% accept a layer of one's own
class Squeeze(layers.Layer):
    def __init__(self):
        super().__init__()
        self.parts = [Flatten(), Dense(32, activation="relu"), Dense(8)]
        self.parts += [Dense(64, activation="sigmoid"), Reshape((8, 8, 1))]

    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x


image = Input((8, 8, 1))
model = Model(image, Squeeze()(image))
# %% wrong rank M26 a skip around the code
image = Input((8, 8, 1))
x = Dense(32, activation="relu")(Flatten()(image))
code = Dense(8)(x)
y = Dense(32, activation="relu")(code)
y = Concatenate()([y, x])
y = Dense(64, activation="sigmoid")(y)
model = Model(image, Reshape((8, 8, 1))(y))
# %% wrong rank M26 added around the code
image = Input((8, 8, 1))
x = Dense(32, activation="relu")(Flatten()(image))
code = Dense(8)(x)
y = Dense(32, activation="relu")(code) + x
y = Dense(64, activation="sigmoid")(y)
model = Model(image, Reshape((8, 8, 1))(y))
# %% wrong rank a code of 64
image = Input((8, 8, 1))
x = Dense(64, activation="relu")(Flatten()(image))
code = Dense(64)(x)
x = Dense(64, activation="tanh")(code)
x = Dense(64, activation="sigmoid")(x)
model = Model(image, Reshape((8, 8, 1))(x))
# %% wrong bottleneck a code of 4
image = Input((8, 8, 1))
x = Dense(32, activation="relu")(Flatten()(image))
x = Dense(32, activation="relu")(Dense(4)(x))
x = Dense(64, activation="sigmoid")(x)
model = Model(image, Reshape((8, 8, 1))(x))
# %% wrong outputs M07 a flat output
image = Input((8, 8, 1))
x = Dense(32, activation="relu")(Flatten()(image))
x = Dense(32, activation="relu")(Dense(8)(x))
model = Model(image, Dense(64, activation="sigmoid")(x))
# %% wrong nonlinear_sides linear throughout
image = Input((8, 8, 1))
x = Dense(8)(Dense(32)(Flatten()(image)))
x = Dense(64)(Dense(32)(x))
model = Model(image, Reshape((8, 8, 1))(x))
# %% wrong nonlinear_sides a linear encoder
image = Input((8, 8, 1))
x = Dense(8)(Dense(32)(Flatten()(image)))
x = Dense(64, activation="sigmoid")(Dense(32)(x))
model = Model(image, Reshape((8, 8, 1))(x))
# %% wrong range no sigmoid
image = Input((8, 8, 1))
x = Dense(32, activation="relu")(Flatten()(image))
x = Dense(32, activation="relu")(Dense(8)(x))
model = Model(image, Reshape((8, 8, 1))(Dense(64)(x)))
# %% wrong rank M07 Dense on every pixel
image = Input((8, 8, 1))
x = Dense(32, activation="relu")(image)
code = Dense(8)(x)
x = Dense(32, activation="relu")(code)
model = Model(image, Dense(1, activation="sigmoid")(x))
# %% wrong inputs in flat
model = Sequential([Input((64,)), Dense(32, "relu"), Dense(8), Dense(32, "relu"), Dense(64, "sigmoid"), Reshape((8, 8, 1))])
