# /// exercise
# id = "trace-the-cnn"
# number = "X09"
# title = "Trace shapes through a CNN"
# level = 2
# type = "predict"
# asks = "answer"
# hints = [
#   "A window of k fits into a line of n dots n − k + 1 times, unless padding is asked for. Pooling halves and rounds down.",
#   "A convolution has filters × (k · k · channels + 1) parameters; its channels are those that come in.",
#   "The heights are 6, 3 and 2; then 128 numbers in a row, then 10.",
# ]
#
# [[questions]]
# id = "shape_1"
# text = "Line 1, Conv2D(16, 3): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 6, 6, 16)"
# why = "8 − 3 + 1 = 6, and each of the 16 filters makes a map."
# wrong = [
#   {value = "(None, 8, 8, 16)", message = "That is `padding=\"same\"`. Without it, a 3×3 window fits into 8 dots only 6 times.", misconception = "M08"},
#   {value = "(None, 5, 5, 16)", message = "That is 8 − 3. The first place counts, too: a window of 3 fits into 8 dots 6 times.", misconception = "M08"},
#   {value = "(None, 6, 6, 1)", message = "The height and the width are right. Each of the 16 filters makes a map of its own."},
#   {value = "(None, 6, 6)", message = "Each of the 16 filters makes a map of its own, and they stand on the last axis."},
#   {value = "(3, 3, 1, 16)", message = "That is the shape of the weights. Asked is what comes out for each picture.", misconception = "M01"},
#   {value = "(6, 6, 16, None)", message = "The batch axis comes first.", misconception = "M06"},
# ]
#
# [[questions]]
# id = "params_1"
# text = "Line 1, Conv2D(16, 3): how many parameters?"
# answer = 160
# why = "(3·3·1 + 1) · 16."
# wrong = [
#   {value = 144, message = "Those are the 3 × 3 × 16 weights. Each of the 16 filters also has one bias."},
#   {value = 10, message = "That is one filter, 3 × 3 weights and a bias. There are 16 of them."},
#   {value = 145, message = "Each of the 16 filters has a bias of its own: 16 more than 144."},
#   {value = 5760, message = "10 × 576 would be weights of its own for each of the 36 places. A filter is the same at every place."},
# ]
#
# [[questions]]
# id = "shape_2"
# text = "Line 2, MaxPooling2D(): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 3, 3, 16)"
# why = "Half of 6, and the channels stay."
# wrong = [
#   {value = "(None, 4, 4, 16)", message = "That is half of 8. Pooling reads what line 1 made, and that is 6 high.", misconception = "M08"},
#   {value = "(None, 6, 6, 16)", message = "Pooling does not keep the size: each square of 2×2 becomes one number.", misconception = "M08"},
#   {value = "(None, 5, 5, 16)", message = "That would be a window of 2 that moves by one. Pooling moves by its own size: 6 becomes 3.", misconception = "M08"},
#   {value = "(None, 3, 3, 8)", message = "The 16 channels stay: each map is pooled on its own. Only height and width are halved."},
#   {value = "(3, 3, 16, None)", message = "The batch axis comes first.", misconception = "M06"},
# ]
#
# [[questions]]
# id = "params_2"
# text = "Line 2, MaxPooling2D(): how many parameters?"
# answer = 0
# why = "Taking the largest needs no weights."
# wrong = [
#   {value = 4, message = "A 2×2 window, yes, but it only takes the largest number. There is nothing to learn."},
#   {value = 64, message = "Pooling takes the largest of four numbers. There is nothing to learn."},
#   {value = 80, message = "Pooling takes the largest of four numbers. There is nothing to learn."},
# ]
#
# [[questions]]
# id = "shape_3"
# text = "Line 3, Conv2D(32, 2): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 2, 2, 32)"
# why = "3 − 2 + 1 = 2, and 32 filters."
# wrong = [
#   {value = "(None, 3, 3, 32)", message = "That is `padding=\"same\"`. Without it, a 2×2 window fits into 3 only twice.", misconception = "M08"},
#   {value = "(None, 1, 1, 32)", message = "That is 3 − 2. The first place counts, too: 3 − 2 + 1.", misconception = "M08"},
#   {value = "(None, 2, 2, 512)", message = "The 32 filters do not work on each map alone: every filter reads all 16 channels at once and makes one map."},
#   {value = "(None, 2, 2, 16)", message = "The channels that come out are the filters of this layer."},
#   {value = "(2, 2, 16, 32)", message = "That is the shape of the weights. Asked is what comes out for each picture.", misconception = "M01"},
#   {value = "(2, 2, 32, None)", message = "The batch axis comes first.", misconception = "M06"},
# ]
#
# [[questions]]
# id = "params_3"
# text = "Line 3, Conv2D(32, 2): how many parameters?"
# answer = 2080
# why = "(2·2·16 + 1) · 32."
# wrong = [
#   {value = 160, message = "That is (2·2 + 1) · 32. Each of the 32 filters sees 16 channels: 2·2·16 + 1 numbers."},
#   {value = 2048, message = "Those are the 2 × 2 × 16 × 32 weights. Each of the 32 filters also has one bias."},
#   {value = 2064, message = "That is one bias for each channel that comes in. There is one for each filter, and this layer has 32."},
#   {value = 4640, message = "That is a window of 3×3. This layer has `Conv2D(32, 2)`: 2·2·16 + 1 numbers for each filter."},
#   {value = 128, message = "That is 2·2·32. Each of the 32 filters sees 16 channels and has a bias: 2·2·16 + 1 numbers."},
# ]
#
# [[questions]]
# id = "shape_4"
# text = "Line 4, Flatten(): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 128)"
# why = "2·2·32 = 128."
# wrong = [
#   {value = "(None, 2, 2, 32)", message = "Flatten makes one axis of them: 2·2·32."},
#   {value = "(None, 4, 32)", message = "Flatten makes one axis of all, the channels too: 2·2·32."},
#   {value = "(None, 32)", message = "That would be one number for each map, as GlobalAveragePooling2D gives. Flatten keeps all: 2·2·32."},
#   {value = "(None, 288)", message = "That is 3·3·32. The maps that arrive are 2 × 2.", misconception = "M08"},
#   {value = "(128, None)", message = "The batch axis comes first.", misconception = "M06"},
# ]
#
# [[questions]]
# id = "params_4"
# text = "Line 4, Flatten(): how many parameters?"
# answer = 0
# why = "Flatten only puts numbers in a row."
# wrong = [
#   {value = 128, message = "128 numbers come out of it, but they are the ones that came in, in one row. There is nothing to learn."},
# ]
#
# [[questions]]
# id = "shape_5"
# text = "Line 5, Dense(10): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 10)"
# why = "One number for each unit."
# wrong = [
#   {value = "(None, 2, 2, 10)", message = "So it would be without Flatten. Here 128 numbers in a row arrive.", misconception = "M07"},
#   {value = "(128, 10)", message = "That is the shape of the weights. Asked is what comes out for each picture.", misconception = "M01"},
#   {value = "(10, None)", message = "The batch axis comes first.", misconception = "M06"},
# ]
#
# [[questions]]
# id = "params_5"
# text = "Line 5, Dense(10): how many parameters?"
# answer = 1290
# why = "(128 + 1) · 10."
# wrong = [
#   {value = 330, message = "It reads 128 numbers, not 32: Flatten stands before it.", misconception = "M07"},
#   {value = 1280, message = "Those are the 128 × 10 weights. Each of the 10 units also has one bias."},
#   {value = 1408, message = "That is one bias for each number that comes in. There is one for each unit."},
#   {value = 138, message = "Each of the 10 units has a weight for each of the 128 numbers: multiply, and add the biases."},
# ]
#
# [[questions]]
# id = "total"
# text = "How many parameters has the whole model?"
# answer = 3530
# why = "160 + 2,080 + 1,290."
# wrong = [
#   {value = 3472, message = "Those are the weights without biases: 16 + 32 + 10 more."},
#   {value = 1610, message = "160 + 160 + 1,290: the second convolution reads 16 channels, so each of its filters has 2·2·16 + 1 numbers."},
#   {value = 2570, message = "160 + 2,080 + 330: the last layer reads 128 numbers, not 32.", misconception = "M07"},
#   {value = 3370, message = "The first convolution is missing: 16 filters of 3 × 3 + 1."},
#   {value = 6090, message = "That counts a window of 3×3 in the second convolution. It is 2×2."},
# ]
# ///
# %% [markdown] prompt
# A small picture goes through five layers:
#
# ```python
# picture = Input((8, 8, 1))
# x = Conv2D(16, 3, activation="relu")(picture)  # line 1
# x = MaxPooling2D()(x)                          # line 2
# x = Conv2D(32, 2, activation="relu")(x)        # line 3
# x = Flatten()(x)                               # line 4
# outputs = Dense(10, activation="softmax")(x)   # line 5
# ```
#
# Before anything runs: which shape has the tensor that each line makes, and how many
# parameters has the layer of that line? How many parameters has the whole model?
# Answer with a dict named `answer`: `shape_1` to `shape_5` such as `(None, 4, 4, 3)`,
# `params_1` to `params_5` and `total` as numbers.
# %% start
answer = {
    "shape_1": ____,
    "params_1": ____,
    "shape_2": ____,
    "params_2": ____,
    "shape_3": ____,
    "params_3": ____,
    "shape_4": ____,
    "params_4": ____,
    "shape_5": ____,
    "params_5": ____,
    "total": ____,
}
# %% solution
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 1290,
    "total": 3530,
}
# %% accept shapes without the batch, and numbers as people write them
answer = {
    "shape_1": (6, 6, 16),
    "params_1": "160",
    "shape_2": [3, 3, 16],
    "params_2": 0,
    "shape_3": "(?, 2, 2, 32)",
    "params_3": "2,080",
    "shape_4": 128,
    "params_4": 0.0,
    "shape_5": (10,),
    "params_5": "1290 parameters",
    "total": "3,530",
}
# %% accept -1 for the batch
answer = {
    "shape_1": (-1, 6, 6, 16),
    "params_1": 160,
    "shape_2": (-1, 3, 3, 16),
    "params_2": 0,
    "shape_3": (-1, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (-1, 128),
    "params_4": 0,
    "shape_5": (-1, 10),
    "params_5": 1290,
    "total": 3530,
}
# %% accept a pair for each line
answer = [
    ((6, 6, 16), 160),
    ((3, 3, 16), 0),
    ((2, 2, 32), 2080),
    ((128,), 0),
    ((10,), 1290),
    3530,
]
# %% accept texts, a line for each layer
answer = [
    "(None,6,6,16)/160",
    "(None,3,3,16)/0",
    "(None,2,2,32)/2080",
    "(None,128)/0",
    "(None,10)/1290",
    "3,530",
]
# %% accept all shapes, then all numbers
answer = {
    "shapes": [(6, 6, 16), (3, 3, 16), (2, 2, 32), (128,), (10,)],
    "params": [160, 0, 2080, 0, 1290],
    "total": 3530,
}
# %% accept computed by Keras
picture = Input((8, 8, 1))
steps = [Conv2D(16, 3), MaxPooling2D(), Conv2D(32, 2), Flatten(), Dense(10)]
x = picture
answer = {}
for number, step in enumerate(steps, start=1):
    x = step(x)
    answer[f"shape_{number}"] = x.shape
    answer[f"params_{number}"] = step.count_params()
answer["total"] = Model(picture, x).count_params()
# %% wrong shape_1 M08 sizes are kept
answer = {
    "shape_1": (None, 8, 8, 16),
    "params_1": 160,
    "shape_2": (None, 4, 4, 16),
    "params_2": 0,
    "shape_3": (None, 4, 4, 32),
    "params_3": 2080,
    "shape_4": (None, 512),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 5130,
    "total": 7370,
}
# %% wrong params_1 weights without biases
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 144,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2048,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 1280,
    "total": 3472,
}
# %% wrong shape_2 M08 half of the picture
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 4, 4, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 1290,
    "total": 3530,
}
# %% wrong params_2 pooling that learns
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 4,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 1290,
    "total": 3534,
}
# %% wrong shape_3 M08 the second window keeps the size
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 3, 3, 32),
    "params_3": 2080,
    "shape_4": (None, 288),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 2890,
    "total": 5130,
}
# %% wrong shape_3 filters for each channel
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 512),
    "params_3": 2080,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 1290,
    "total": 3530,
}
# %% wrong params_3 the channels that come in are forgotten
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 160,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 1290,
    "total": 1610,
}
# %% wrong shape_4 Flatten changes nothing
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (None, 2, 2, 32),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 1290,
    "total": 3530,
}
# %% wrong params_4 Flatten that learns
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (None, 128),
    "params_4": 128,
    "shape_5": (None, 10),
    "params_5": 1290,
    "total": 3658,
}
# %% wrong shape_5 M07 Dense on maps
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 2, 2, 10),
    "params_5": 1290,
    "total": 3530,
}
# %% wrong params_5 M07 Dense reads the channels alone
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 330,
    "total": 2570,
}
# %% wrong total one layer is not counted
answer = {
    "shape_1": (None, 6, 6, 16),
    "params_1": 160,
    "shape_2": (None, 3, 3, 16),
    "params_2": 0,
    "shape_3": (None, 2, 2, 32),
    "params_3": 2080,
    "shape_4": (None, 128),
    "params_4": 0,
    "shape_5": (None, 10),
    "params_5": 1290,
    "total": 3370,
}
# %% wrong shape_1 M06 the batch at the end
answer = {
    "shape_1": (6, 6, 16, None),
    "params_1": 160,
    "shape_2": (3, 3, 16, None),
    "params_2": 0,
    "shape_3": (2, 2, 32, None),
    "params_3": 2080,
    "shape_4": (128, None),
    "params_4": 0,
    "shape_5": (10, None),
    "params_5": 1290,
    "total": 3530,
}
