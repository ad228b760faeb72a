# /// exercise
# id = "unet"
# number = "X49"
# title = "Build the U-Net"
# level = 4
# type = "build"
# hints = [
#   "Down: keep the tensor of each level under a name, then make it smaller.",
#   "Up: enlarge, join the tensor of the same size that you kept, convolve.",
#   "The last layer: `Conv2D(1, 1, activation='sigmoid')`",
# ]
# [criteria]
# inputs = {image = [32, 32, 1]}
# stays_spatial = {stage = "interface"}
# outputs = {mask = [32, 32, 1], weight = 0}
# range = [0, 1]
# no = {op = "softmax", so = "A softmax shares one 1 among many places. Here each pixel has a probability of its own, whatever the others have.", look = "Which activation turns one number into a probability?"}
# uses = {weight = 0}
# sizes = {down = [32, 16, 8]}
# skip_levels = {32 = 1, 16 = 1, so = "All that the way up knows there has been through a smaller picture, and details are lost. In the lesson such a net without skips reached an IoU of 0.50, with them 0.64.", weight = 0}
# no_broadcast = {op = "add"}
# filters = {predicate = "level_layers", 32 = 8, 16 = 16, 8 = 32}
# added = {predicate = "joins", op = "concatenate", advice = true, so = "The picture lays them side by side. Adding works here, too: the channels match.", look = "Both are in use: ResNets add, DenseNets and U-Nets lay side by side."}
# ///
# %% [markdown] prompt
# A U-Net with three levels for pictures (32, 32, 1): it says for each pixel how likely
# the pixel belongs to the object, so `model` has the output (32, 32, 1) with
# probabilities.
#
# ```
# 32×32:  8 filters ────────── side by side ───────── 8 filters ── 1×1: probability
#             │ down                                   ↑ up
# 16×16: 16 filters ────────── side by side ──────── 16 filters
#             │ down                                   ↑ up
#   8×8:                        32 filters
# ```
#
# Convolutions are 3×3 with relu. Each arrow halves or doubles height and width. Build it
# from the picture.
# %% start
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = ____
bottom = ____
u2 = ____
u1 = ____
outputs = ____
model = Model(inputs, outputs)
# %% solution
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
bottom = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(bottom), c2])
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
outputs = Conv2D(1, 1, activation="sigmoid")(u1)
model = Model(inputs, outputs)
# %% accept transposed convolutions, two convolutions at each level
def double(x, filters):
    for _ in range(2):
        x = ReLU()(BatchNormalization()(Conv2D(filters, 3, padding="same")(x)))
    return x

inputs = Input((32, 32, 1))
kept, x = [], inputs
for filters in (8, 16):
    x = double(x, filters)
    kept.append(x)
    x = MaxPooling2D(2)(x)
x = Dropout(0.3)(double(x, 32))
for filters in (16, 8):
    x = Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
    x = double(Concatenate()([kept.pop(), x]), filters)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(x))
# %% accept strided convolutions instead of pooling
inputs = Input((32, 32, 1))
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
d1 = Conv2D(8, 3, strides=2, padding="same", activation="relu")(c1)
c2 = Conv2D(16, 3, padding="same", activation="relu")(d1)
d2 = Conv2D(16, 3, strides=2, padding="same", activation="relu")(c2)
b = Conv2D(32, 3, padding="same", activation="relu")(d2)
u2 = UpSampling2D(interpolation="bilinear")(b)
u2 = Conv2D(16, 3, padding="same", activation="relu")(layers.concatenate([u2, c2]))
u1 = Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu")(u2)
u1 = Conv2D(8, 3, padding="same", activation="relu")(ops.concatenate([c1, u1], -1))
model = Model(inputs, ops.sigmoid(Conv2D(1, 1)(u1)))
# %% accept skips that add, where the channels match
inputs = Input((32, 32, 1))
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = c2 + Conv2DTranspose(16, 2, strides=2, activation="relu")(b)
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = c1 + Conv2DTranspose(8, 2, strides=2, activation="relu")(u2)
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% accept the way down as a model of its own
i = Input((32, 32, 1))
e1 = Conv2D(8, 3, padding="same", activation="relu")(i)
e2 = Conv2D(16, 3, padding="same", activation="relu")(AveragePooling2D(2)(e1))
e3 = Conv2D(32, 3, padding="same", activation="relu")(AveragePooling2D(2)(e2))
encoder = Model(i, [e1, e2, e3], name="encoder")
inputs = Input((32, 32, 1))
c1, c2, x = encoder(inputs)
x = Conv2D(16, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(x), c2]))
x = Conv2D(8, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(x), c1]))
model = Model(inputs, Conv2D(1, 3, padding="same", activation="sigmoid")(x))
# %% accept a layer of your own for each step down
class Down(keras.layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.conv = Conv2D(filters, 3, padding="same", activation="relu")
        self.pool = MaxPooling2D()

    def call(self, x):
        kept = self.conv(x)
        return self.pool(kept), kept

inputs = Input((32, 32, 1))
x, c1 = Down(8)(inputs)
x, c2 = Down(16)(x)
x = Conv2D(32, 3, padding="same", activation="relu")(x)
x = Conv2D(16, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(x), c2]))
x = Conv2D(8, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(x), c1]))
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(x))
# %% accept residual blocks at each level
def block(x, filters):
    h = Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = Conv2D(filters, 3, padding="same")(h)
    return ReLU()(h + Conv2D(filters, 1)(x))

inputs = Input((32, 32, 1))
c1 = block(inputs, 8)
c2 = block(MaxPooling2D()(c1), 16)
x = block(MaxPooling2D()(c2), 32)
x = block(Concatenate()([UpSampling2D()(x), c2]), 16)
x = block(Concatenate()([UpSampling2D()(x), c1]), 8)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(x))
# %% wrong skip_levels M26 no skips
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Conv2D(16, 3, padding="same", activation="relu")(UpSampling2D()(b))
u1 = Conv2D(8, 3, padding="same", activation="relu")(UpSampling2D()(u2))
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong skip_levels M26 one skip only
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Conv2D(8, 3, padding="same", activation="relu")(UpSampling2D()(u2))
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong skip_levels M03 joined with itself
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = UpSampling2D()(b)
u2 = Conv2D(16, 3, padding="same", activation="relu")(Concatenate()([u2, u2]))
u1 = UpSampling2D()(u2)
u1 = Conv2D(8, 3, padding="same", activation="relu")(Concatenate()([u1, u1]))
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong skip_levels M14 what is joined has been pooled
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
p1 = MaxPooling2D()(c1)
c2 = Conv2D(16, 3, padding="same", activation="relu")(p1)
p2 = MaxPooling2D()(c2)
b = Conv2D(32, 3, padding="same", activation="relu")(p2)
u2 = UpSampling2D()(Concatenate()([b, p2]))
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = UpSampling2D()(Concatenate()([u2, p1]))
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong stays_spatial M07
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
b = Dense(2048, activation="relu")(Flatten()(b))
b = Reshape((8, 8, 32))(b)
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong stays_spatial M07 a classifier
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
model = Model(inputs, Dense(1, activation="sigmoid")(Flatten()(b)))
# %% wrong range M20
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="softmax")(u1))
# %% wrong range no sigmoid
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1)(u1))
# %% wrong runs M08
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, activation="relu")(inputs)
c2 = Conv2D(16, 3, activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(16, 3, activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(8, 3, activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong runs M08 crossed skips
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Conv2D(16, 3, padding="same")(Concatenate()([UpSampling2D()(b), c1]))
u1 = Conv2D(8, 3, padding="same")(Concatenate()([UpSampling2D()(u2), c2]))
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong sizes three times down
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
c3 = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
b = Conv2D(64, 3, padding="same", activation="relu")(MaxPooling2D()(c3))
u3 = Conv2D(32, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(b), c3]))
u2 = Conv2D(16, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(u3), c2]))
u1 = Conv2D(8, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(u2), c1]))
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong outputs the way up stops at 16
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Conv2D(16, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(b), c2]))
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u2))
# %% wrong filters other numbers of filters
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(16, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(64, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(32, 3, padding="same", activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(16, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong filters M13 no relu
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same")(inputs)
c2 = Conv2D(16, 3, padding="same")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(16, 3, padding="same")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(8, 3, padding="same")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong filters kernels of one pixel
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 1, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 1, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 1, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(16, 1, padding="same", activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(8, 1, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong filters the picture itself is joined
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(b), c2])
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), inputs])
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong no_broadcast M10
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Conv2DTranspose(1, 2, strides=2)(b) + c2
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Conv2DTranspose(1, 2, strides=2)(u2) + c1
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong skip_levels M26 the skips are multiplied
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Multiply()([Conv2DTranspose(16, 2, strides=2)(b), c2])
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Multiply()([Conv2DTranspose(8, 2, strides=2)(u2), c1])
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
model = Model(inputs, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong inputs rgb
i = Input((32, 32, 3))
c1 = Conv2D(8, 3, padding="same", activation="relu")(i)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
b = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Conv2D(16, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(b), c2]))
u1 = Conv2D(8, 3, padding="same", activation="relu")(Concatenate()([UpSampling2D()(u2), c1]))
model = Model(i, Conv2D(1, 1, activation="sigmoid")(u1))
# %% wrong no sum pixels
i = Input((32, 32, 1))
def C(f, x): return Conv2D(f, 3, padding="same", activation="relu")(x)
c1 = C(8, i)
c2 = C(16, MaxPooling2D()(c1))
b = C(32, MaxPooling2D()(c2))
u2 = C(16, Concatenate()([UpSampling2D()(b), c2]))
u1 = C(8, Concatenate()([UpSampling2D()(u2), c1]))
model = Model(i, Softmax(axis=1)(Conv2D(1, 1)(u1)))
# %% wrong uses nothing of the picture is left
inputs = Input((32, 32, 1), name="image")
c1 = Conv2D(8, 3, padding="same", activation="relu")(0 * inputs)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
bottom = Conv2D(32, 3, padding="same", activation="relu")(MaxPooling2D()(c2))
u2 = Concatenate()([UpSampling2D()(bottom), c2])
u2 = Conv2D(16, 3, padding="same", activation="relu")(u2)
u1 = Concatenate()([UpSampling2D()(u2), c1])
u1 = Conv2D(8, 3, padding="same", activation="relu")(u1)
outputs = Conv2D(1, 1, activation="sigmoid")(u1)
model = Model(inputs, outputs)
