# %% [markdown]
"""
# Lesson 3 · Shapes are the wires

**Goal.** You can say which shape comes out of a layer and how many numbers it holds
before you run it, and you can read a shape error.

**You need** [lesson 1](01_layers_are_functions.ipynb) and
[lesson 2](02_the_same_chain_twice.ipynb). **Time:** about 45 minutes; the end of section 4
is a good place for a break.

**How it works.** Run a cell with Shift+Enter. Where a question appears, answer it
*before* you run the next cell; its result stays closed until then. Nobody marks answers.

<details><summary>For teachers</summary>

Items 8, 42, 64, 84, 86, 87, 117 and 118 of the curriculum, predictions P1-P3; it argues
with the misconceptions M06, M07, M08 and M10. Rules are those of
[the card](rules.html).

</details>
"""

# %% tags=["nbval-ignore-output"] reason="the version of Keras, and what TensorFlow says when it starts"
import os
import textwrap

# Asks TensorFlow to say less. It listens only when it starts, so this comes first.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import Input, Model
from keras.layers import (
    LSTM,
    Add,
    Concatenate,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
)
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import teachkit as tk

print("Keras", keras.__version__)

# %% [markdown]
"""
## Recall: two things from lessons 1 and 2
"""

# %%
tk.ask("recall-dense-size")

# %%
tk.ask("recall-lost-label")

# %% [markdown]
"""
Both come back today. The first is the most useful formula of this lesson; the second is
a mistake that Keras does not report, and we shall meet more of that kind.

## 1 · Train first: which digit is it?

Scikit-learn comes with 1,797 digits that people wrote by hand, each a small grey picture
of 8 × 8 dots. 450 of them are the held-out part.
"""

# %%
digits = load_digits()
pictures = digits.images.reshape(-1, 8, 8, 1) / 16  # from 0 to 1
train_pictures, test_pictures, train_digits, test_digits = train_test_split(
    pictures, digits.target, test_size=0.25, random_state=0, stratify=digits.target
)
print("to learn from:", train_pictures.shape)
print("held out:     ", test_pictures.shape)

# %%
figure, places = plt.subplots(1, 6, figsize=(9, 1.9))
for number, place in enumerate(places):
    place.imshow(test_pictures[number], cmap="gray_r")
    place.set_title(f"a {test_digits[number]}")
    place.axis("off")
plt.show()

# %% [markdown]
"""
Six of them, with their right answers. 64 dots are not many; you can still read most.

Our first network takes the 64 numbers of a picture as one row. *Flatten* does that:
"""

# %%
keras.utils.set_random_seed(1)

# 1 INPUTS
picture = Input(shape=(8, 8, 1), name="picture")

# 2 LAYERS
x = Flatten(name="one_row")(picture)
x = Dense(32, activation="relu", name="units")(x)

# 3 OUTPUTS
digit = Dense(10, activation="softmax", name="digit")(x)

# 4 MODEL
flat_net = Model(picture, digit, name="flat_net")

# %%
flat_net.compile(
    optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
history = flat_net.fit(train_pictures, train_digits, epochs=10, verbose=0)

loss, accuracy = flat_net.evaluate(test_pictures, test_digits, verbose=0)
baseline = max(np.bincount(test_digits)) / len(test_digits)
print("baseline, always the same digit:", round(baseline, 2))
print("network, right on more than 0.85:", accuracy > 0.85)

# %% [markdown]
"""
(`sparse_categorical_crossentropy` is the loss for classes that are given as numbers, here
0 to 9.) The network is right on about 0.92 of the digits that it has never seen.

Can it be better? First we must be able to read what travels between its layers.

## 2 · Read a shape

> **[Rule 2](rules.html#rule-2).** Calling a box on a wire makes a node and returns new
> wires. A wire has a shape and a type, but no numbers yet.

The numbers come and go with the data. The shape stays, and it stands in the picture:
"""

# %%
tk.show(flat_net, details=("shape", "params"), direction="LR")

# %% [markdown] items="117"
"""
Read `(None, 8, 8, 1)` from the left. Each place is called an *axis*.

| axis | here | what it counts |
|---|---|---|
| 0 | `None` | pictures; left open. Its usual name is the *batch* axis |
| 1 | 8 | rows of dots, from top to bottom |
| 2 | 8 | columns of dots, from left to right |
| 3 | 1 | numbers for each dot, the *channels*: 1 is grey, 3 would be red, green and blue |

Behind `Flatten` the same 64 numbers stand in one row, `(None, 64)`.

An article counts it among the drawbacks of the Functional API that you must understand
tensors and shapes. You must, and not only here: a Sequential model has the same shapes,
it only does not make you look at them. What you need is not much, and most of it is in
this lesson.

Where does the `None` come from? You never wrote it.
"""

# %%
tk.ask("rows-left-open")

# %%
answered = []
for count in (1, 7, 450):
    chances = flat_net.predict(test_pictures[:count], verbose=0)
    if len(chances) == count:
        answered.append(count)

tk.ask(
    "rows-left-open",
    result="any" if answered == [1, 7, 450] else "not any",
    details="Pictures that it answered for: " + ", then ".join(map(str, answered)),
)

# %% [markdown] items="8" fights="M06"
"""
So `Input` is the entry of the model: it holds no numbers, and it is told the shape of
**one** example (people also say: one *sample*). Keras puts the open axis in front. When
you talk about shapes with others, say whether you count it: "8 by 8 by 1" or
"(None, 8, 8, 1)".

## 3 · What a layer does to a shape

### Dense on a picture

We called `Flatten` before `Dense`. Was that needed? Let us call a `Dense` on the picture
itself, all 8 × 8 × 1 of it.
"""

# %%
tk.ask("dense-on-picture")

# %%
on_dots = Dense(32, activation="relu", name="on_dots")
wire = on_dots(picture)

tk.ask(
    "dense-on-picture",
    result=on_dots.count_params(),
    details=f"Shape in: {picture.shape}\nShape out: {wire.shape}",
)

# %% [markdown]
"""
`Dense` does not flatten. It works on the **last** axis and leaves the others alone: the
same little layer is used at each of the 64 dots. Check it at one dot, row 2, column 5:
"""

# %% fights="M07"
all_dots = on_dots(test_pictures)
one_dot = on_dots(test_pictures[:, 2, 5])
print("all dots:", all_dots.shape, " one dot:", one_dot.shape)
print("the same numbers:", np.allclose(all_dots[:, 2, 5], one_dot, atol=1e-6))

# %% [markdown]
"""
### Conv2D slides a window

A dot alone says little about a digit. `Conv2D(16, 3)` looks through a window of 3 × 3
dots. It has 16 *filters*; each has a weight for every number in the window, and a bias.
The window is moved over the picture, and what a filter finds at each place becomes a new
picture, a *map*.

How often does a window of 3 fit into 8 dots? Put its left edge on dot 1, 2, ... and the
last place is 6: **8 − 3 + 1 = 6**. So 8 × 8 becomes 6 × 6.

By hand it is lesson 1 again: multiply, add, add the bias. At row 2, column 4:
"""

# %%
window = Conv2D(16, 3, name="window")
maps = window(test_pictures)
dots = test_pictures[0, 2:5, 4:7, 0]  # 3 × 3 dots of the first picture
weights_of_filter_7 = window.kernel.numpy()[:, :, 0, 7]
bias_of_filter_7 = window.bias.numpy()[7]

by_hand = np.sum(dots * weights_of_filter_7) + bias_of_filter_7
print("maps:", maps.shape, " weights:", window.kernel.shape)
print("Keras agrees:", np.allclose(maps[0, 2, 4, 7], by_hand, atol=1e-6))

# %% [markdown]
"""
So one filter has 3 × 3 × 1 + 1 numbers, and 16 filters have 160.

### Pooling makes maps smaller

`MaxPooling2D()` takes squares of 2 × 2 and keeps the largest number of each. It has no
weights. What does not fill a square is **dropped**. Do it again and again:
"""

# %% fights="M08"
for start in (8, 7):
    sizes = [start]
    wire = Input(shape=(start, start, 1))
    while wire.shape[1] > 1:
        wire = MaxPooling2D()(wire)
        sizes.append(wire.shape[1])
    print(" → ".join(map(str, sizes)))

# %% [markdown]
"""
7 becomes 3, and twice 3 is 6: sizes do not always fit together again. At 1 there is
nothing left to pool. (One more step, and today's Keras refuses. Some older releases build
it without a word: maps of 0 × 0.)

### Now five layers in a row

The picture has 28 × 28 dots this time.
"""

# %%
tk.ask("five-shapes")

# %%
with tk.dry():  # shapes only: Keras makes no weights in here
    big_picture = Input(shape=(28, 28, 1), name="big_picture")
    wire_1 = Conv2D(8, 3, name="first_window")(big_picture)
    wire_2 = MaxPooling2D(name="first_half")(wire_1)
    wire_3 = Conv2D(16, 3, name="second_window")(wire_2)
    wire_4 = MaxPooling2D(name="second_half")(wire_3)
    wire_5 = Flatten(name="one_row")(wire_4)
    five_layers = Model(big_picture, wire_5, name="five_layers")

tk.ask(
    "five-shapes",
    result=", ".join(str(wire.shape[1]) for wire in (wire_1, wire_2, wire_3, wire_4))
    + f" and {wire_5.shape[1]}",
    details="\n".join(
        str(wire.shape) for wire in (wire_1, wire_2, wire_3, wire_4, wire_5)
    ),
)

# %% [markdown]
"""
`tk.explain` writes the arithmetic beside each layer. Look at the lines *shape* and
*parameters* of the second window:
"""

# %%
tk.explain(five_layers, "second_window")

# %% [markdown]
"""
### All layers of today

| layer | shape of one example | numbers inside |
|---|---|---|
| `Dense(units)` | last axis becomes units | (in + 1) × units |
| `Conv2D(filters, k)` | height and width: size − k + 1; channels become filters | (k × k × channels + 1) × filters |
| `MaxPooling2D()` | height and width halved, rounded down; channels stay | 0 |
| `Flatten()` | one axis: all lengths multiplied | 0 |
| `GlobalAveragePooling2D()` | one axis: the channels | 0 |
| `Embedding(rows, width)` | an axis of length width is added | rows × width |
| `LSTM(units)` | the axis of steps goes, units stay | 4 × (in + units + 1) × units |

`GlobalAveragePooling2D` replaces each map by its mean. `Embedding` is a table: whole
number 7 in, row 7 out; that is how words become numbers. `LSTM` reads such rows one after
the other, step by step, and keeps what it has after the last one. (`padding="same"` puts
a frame of zeros around the picture, so that `Conv2D` keeps the size. Unless you ask for
it, it does not.)

Do not learn the table by heart. Test it:
"""

# %% fights="M07 M08"
tests = [
    (Dense(10), (5,), (10,), (5 + 1) * 10),
    (Conv2D(16, 3), (8, 8, 3), (6, 6, 16), (3 * 3 * 3 + 1) * 16),
    (MaxPooling2D(), (7, 7, 4), (3, 3, 4), 0),
    (Flatten(), (3, 3, 4), (36,), 0),
    (GlobalAveragePooling2D(), (3, 3, 4), (4,), 0),
    (Embedding(1000, 16), (20,), (20, 16), 1000 * 16),
    (LSTM(8), (20, 16), (8,), 4 * (16 + 8 + 1) * 8),
]
for layer, shape_in, shape_out, numbers in tests:
    wire = layer(Input(shape=shape_in))
    as_the_table_says = wire.shape[1:] == shape_out and layer.count_params() == numbers
    print(type(layer).__name__, shape_in, "→", shape_out, numbers, as_the_table_says)

# %% [markdown]
"""
### A sketch from an article

An article explains the Functional API with a sketch like this, "a convolution, then a
dense layer". As Keras, for pictures of 28 × 28 and ten classes:

```python
x = Input(shape=(28, 28, 1))
y = Conv2D(32, 3)(x)
z = Dense(10)(y)
model = Model(inputs=x, outputs=z)
```
"""

# %%
tk.ask("conv-then-dense")

# %% items="64"
x = Input(shape=(28, 28, 1), name="x")
y = Conv2D(32, 3, name="y")(x)
z = Dense(10, name="z")(y)
sketch = Model(inputs=x, outputs=z, name="sketch")

tk.ask("conv-then-dense", result=str(sketch.output_shape))

# %% [markdown] fights="M07"
"""
No error, and 6,760 numbers for each picture where ten were wanted. Between maps and the
answer something has to turn maps into one row. There are two usual ways: **Flatten** and
**GlobalAveragePooling2D**. We try both.

## 4 · Four networks for the same digits

The first one we have. The second has a `Dense` on the dots, then `Flatten`:
"""

# %%
# 1 INPUTS
picture = Input(shape=(8, 8, 1), name="picture")

# 2 LAYERS
x = Dense(32, activation="relu", name="on_dots")(picture)
x = Flatten(name="together")(x)

# 3 OUTPUTS
digit = Dense(10, activation="softmax", name="digit")(x)

# 4 MODEL
dots_net = Model(picture, digit, name="dots_net")

# %% [markdown]
"""
The third has two convolutions, then `Flatten`. The last wire that still is a picture gets
a label of its own, `flatten_maps`; we shall need it.
"""

# %%
# 1 INPUTS
picture = Input(shape=(8, 8, 1), name="picture")

# 2 LAYERS
x = Conv2D(16, 3, activation="relu", name="window_1")(picture)
flatten_maps = Conv2D(32, 3, activation="relu", name="window_2")(x)
x = Flatten(name="together")(flatten_maps)

# 3 OUTPUTS
digit = Dense(10, activation="softmax", name="digit")(x)

# 4 MODEL
flatten_net = Model(picture, digit, name="flatten_net")

# %% [markdown]
"""
In the fourth, only the layer named `together` is another one:
"""

# %%
# 1 INPUTS
picture = Input(shape=(8, 8, 1), name="picture")

# 2 LAYERS
x = Conv2D(16, 3, activation="relu", name="window_1")(picture)
average_maps = Conv2D(32, 3, activation="relu", name="window_2")(x)
x = GlobalAveragePooling2D(name="together")(average_maps)

# 3 OUTPUTS
digit = Dense(10, activation="softmax", name="digit")(x)

# 4 MODEL
average_net = Model(picture, digit, name="average_net")

# %%
nets = [flat_net, dots_net, flatten_net, average_net]
for net in nets:
    shapes = [call.outputs[0].shape[1:] for call in tk.read(net).calls]
    print(net.name, f"{net.count_params():,} numbers:", *shapes)

# %% [markdown]
"""
Go along one line and name the layer behind each shape. Where do the 9,930 numbers of the
third network sit? 160 and 4,640 in the convolutions, which the fourth has too, and
(4 × 4 × 32 + 1) × 10 = 5,130 in the last layer. Behind the average that layer reads only
32 numbers and has 330.
"""

# %%
tk.ask("flatten-or-average")

# %%
keras.utils.set_random_seed(1)
scores = {"flat_net": accuracy}
for net in nets[1:]:
    net.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    history = net.fit(train_pictures, train_digits, epochs=10, verbose=0)
    scores[net.name] = net.evaluate(test_pictures, test_digits, verbose=0)[1]

lead = scores["flatten_net"] - scores["average_net"]
tk.ask(
    "flatten-or-average",
    result="Flatten" if lead > 0.04 else "average" if lead < -0.04 else "equal",
    details=f"baseline: {baseline:.2f}\n"
    + "\n".join(f"{name}: more than 0.88? {s > 0.88}" for name, s in scores.items()),
)

# %% [markdown]
"""
On our computer: 0.92, 0.95, 0.96 and 0.75. (Yours are in `scores`.)

Why is the average so far behind? The maps say *what* was found *where*. An average keeps
what, and forgets where. You can see it: we shuffle the 16 places of the maps, all maps in
the same way, and let the rest of each network go on from there. (Layers are functions: we
may call the last two on numbers of our own.)
"""

# %%
order = np.random.default_rng(0).permutation(16)  # 0 to 15, shuffled


def accuracy_with_shuffled_places(net, maps):
    # The same layers, in a model that already ends at the maps.
    values = Model(net.input, maps).predict(test_pictures, verbose=0)
    shuffled = values.reshape(-1, 16, 32)[:, order].reshape(values.shape)
    together, last = net.get_layer("together"), net.get_layer("digit")
    chances = last(together(shuffled)).numpy()
    return np.mean(chances.argmax(axis=1) == test_digits)


flatten_shuffled = accuracy_with_shuffled_places(flatten_net, flatten_maps)
average_shuffled = accuracy_with_shuffled_places(average_net, average_maps)
print("Flatten loses more than 0.3:", scores["flatten_net"] - flatten_shuffled > 0.3)
print("average: unchanged:", abs(scores["average_net"] - average_shuffled) < 0.005)

# %%
tk.ask("why-places-matter")

# %% [markdown]
"""
To be fair to the average: ten epochs are short. After sixty it reached 0.93 to 0.95
here, nearly what `Flatten` reached in ten. It learns more slowly, because its filters must describe a whole
digit by what they find in it, wherever that is. And with half the numbers, that is no
bad result. "Flatten wins" is true for *these* pictures and *this* training.

## 5 · The widest wire

Another article shows a network for a photo and a text. The photo has 224 × 224 dots in
colour, the text 50 words. In our words:

```python
image = Input(shape=(224, 224, 3))
x = Dense(128, activation="relu")(image)
image_row = Flatten()(x)

text = Input(shape=(50,), dtype="int32")  # whole numbers
x = Embedding(10000, 64)(text)
text_row = LSTM(128)(x)

both = Concatenate()([image_row, text_row])  # one row behind the other
x = Dense(64, activation="relu")(both)
answer = Dense(1, activation="sigmoid")(x)
```

Two inputs are lesson 6; for now `Concatenate` is only a longer row. Find the shape of
`image_row` first, on paper.
"""

# %%
tk.ask("giant")


# %%
def build_giant(side=224, units=128, first="dense", together=Flatten):
    """Build the network with something changed, without its weights."""
    with tk.dry():
        # 1 INPUTS
        image = Input(shape=(side, side, 3), name="image")
        text = Input(shape=(50,), dtype="int32", name="text")

        # 2 LAYERS
        if first == "dense":
            x = Dense(units, activation="relu", name="on_image")(image)
        else:
            x = Conv2D(units, 4, strides=4, name="on_image")(image)
        image_row = together(name="image_row")(x)
        x = Embedding(10000, 64, name="word_rows")(text)
        text_row = LSTM(128, name="text_row")(x)
        both = Concatenate(name="both")([image_row, text_row])
        x = Dense(64, activation="relu", name="mixed")(both)

        # 3 OUTPUTS
        answer = Dense(1, activation="sigmoid", name="answer")(x)

        # 4 MODEL
        return Model([image, text], answer, name="giant")


giant = build_giant()
inside = giant.get_layer("mixed").count_params()
powers = {
    4: "tens of thousands",
    6: "millions",
    8: "hundreds of millions",
    9: "thousands of millions",
}
tk.ask(
    "giant",
    result=powers[len(str(inside)) - 1],
    details=f"{inside:,} in this layer, {giant.count_params():,} in the model.",
)

# %% [markdown] items="84 86 87"
"""
Read it from the shapes: 224 × 224 × 128 = **6,422,528** numbers in `image_row`, 128 more
from the text, so 6,422,656 in `both`. Each of the 64 units has a weight for every one of
them: (6,422,656 + 1) × 64 = **411,050,048**.

It is natural to think of the *photo*, which has 150,528 numbers. But `Dense(128)` on a
photo does not flatten. It gives each dot 128 numbers in place of 3.

We built it under `with tk.dry():`. There Keras does all its bookkeeping of shapes, but no
weights are made. For real they take 4 bytes each:
"""

# %%
print("weights:", round(giant.count_params() * 4 / 1e9, 2), "GB")
tk.show(giant, details=("shape", "params"))

# %%
wires = {call.id: call.outputs[0].shape[1:] for call in tk.read(giant).calls}
counts = [int(np.prod(shape)) for shape in wires.values()]

figure, place = plt.subplots(figsize=(9, 3.6))
bars = place.barh([f"{name} {shape}" for name, shape in wires.items()], counts)
place.bar_label(bars, labels=[f"{count:,}" for count in counts], padding=4)
place.set_xscale("log")
place.set_xlim(0.7, 3e8)
place.invert_yaxis()
place.set_xlabel("numbers on the wire for one example; each mark is ten times more")
place.set_ylabel("wire")
figure.tight_layout()
plt.show()

# %% [markdown]
"""
Each bar is a wire. Three are very long; look which layers read them. `Flatten` and
`Concatenate` have no weights. But `both` is one long *row*, and a `Dense` reads it: 64
units, each with a weight for every one of its 6,422,656 numbers. (`on_image` is a `Dense`
on a wire of 150,528 numbers. Its units read the last axis only, 3 numbers.)
"""

# %%
tk.ask("which-diet")

# %%
diets = {
    "units": build_giant(units=16),
    "average": build_giant(together=GlobalAveragePooling2D),
    "convolution": build_giant(first="convolution"),
}
sizes = {name: model.count_params() for name, model in diets.items()}
tk.ask(
    "which-diet",
    result=min(sizes, key=sizes.get),
    details="\n".join(f"{name}: {size:,} numbers" for name, size in sizes.items()),
)

# %% [markdown]
"""
Smallest is not the same as best. A `Dense` on single dots and then the average over all
dots can tell how *blue* a photo is, but nothing about shapes in it. Section 4 had
convolutions before the average, and even there it cost something.

### What if the photo were larger?

One knob, the side of the photo: now it is twice as wide and twice as high.
"""

# %%
tk.ask("twice-the-side")

# %%
sizes = {
    side: build_giant(side).get_layer("mixed").count_params()
    for side in (8, 64, 224, 448)
}
tk.ask(
    "twice-the-side",
    result=round(sizes[448] / sizes[224]),
    details="\n".join(f"side {side}: {size:,} numbers" for side, size in sizes.items()),
)

# %% [markdown]
"""
Turn the knob yourself: `tk.show(build_giant(32))`. No weights are made, so no side is too
large.

## 6 · Break it on purpose

Ten lines. `row` is a wire of shape `(None, 288)`, `maps` one of `(None, 6, 6, 8)`.

```python
a = Input(64)
b = Conv2D(8, 3)(Input(shape=(8, 8)))
c = Conv2D(8, 3)(row)
d = LSTM(8)(Input(shape=(50,)))
e = Add()([Dense(64)(row), Dense(32)(row)])
f = Concatenate()([maps, row])
g = Dense(10)(Flatten()(Input(shape=(None, None, 3))))
h = Dense(10)(maps)
i = Add()([Dense(64)(row), Dense(1)(row)])
j = Dense(10)(Input(shape=(1347, 64)))
```

None of the ten is what its author wanted.
"""

# %%
tk.ask("how-many-refused")

# %%
small_picture = Input(shape=(8, 8, 1), name="small_picture")
maps = Conv2D(8, 3, name="maps")(small_picture)
row = Flatten(name="row")(maps)

# `lambda:` keeps a line for later, so that an error in it can be caught.
breakages = {
    "a": lambda: Input(64),
    "b": lambda: Conv2D(8, 3)(Input(shape=(8, 8))),
    "c": lambda: Conv2D(8, 3)(row),
    "d": lambda: LSTM(8)(Input(shape=(50,))),
    "e": lambda: Add()([Dense(64)(row), Dense(32)(row)]),
    "f": lambda: Concatenate()([maps, row]),
    "g": lambda: Dense(10, name="digit")(Flatten()(Input(shape=(None, None, 3)))),
    "h": lambda: Dense(10)(maps),
    "i": lambda: Add()([Dense(64)(row), Dense(1)(row)]),
    "j": lambda: Dense(10)(Input(shape=(1347, 64))),
}
outcome = {}
for letter, line in breakages.items():
    try:
        outcome[letter] = "runs, shape " + str(line().shape)
    except ValueError as error:
        outcome[letter] = str(error).split("incompatible with the layer: ")[-1]

refused = [letter for letter, text in outcome.items() if not text.startswith("runs")]
tk.ask(
    "how-many-refused",
    result=len(refused),
    details="\n".join(
        textwrap.fill(f"{letter}: {text}", 76, subsequent_indent="   ")
        for letter, text in outcome.items()
    ),
)

# %% [markdown] items="8 118" fights="M06"
"""
Beside each letter stands what Keras says, without the part that only names the layer. In
plain words, first those with a message:

| | what is wrong | what to do |
|---|---|---|
| a | 64 is a number, a shape is a tuple; in Python `(64)` is a number, too | `Input(shape=(64,))`, with the comma |
| b | a picture without channels: Keras wants 4 axes with the open one (`min_ndim=4`) and got 3 | `Input(shape=(8, 8, 1))` |
| c | `Flatten` came too early: in a row there is no up and down to slide a window over | convolutions first, `Flatten` after them |
| d | `LSTM` reads steps that each have numbers, so it wants 3 axes; 50 word numbers are 2 | an `Embedding` in between |
| e | 64 and 32 numbers cannot be added pair by pair | the same width on both sides |
| f | maps and a row cannot lie side by side: all axes but one must be equal | flatten or average the maps first |
| g | `None` is welcome as a size, until someone must make a weight for each number: how many? | fixed sizes, or `GlobalAveragePooling2D`, which gives 3 numbers for any size |

And those without. They are the dangerous ones:

| | what happens | how you would notice |
|---|---|---|
| h | `Dense` works on the last axis: 36 answers for each picture | the shape; or an error in `fit`, far from this line |
| i | the single number is added to all 64 | only by the shapes of what goes in |
| j | the rows were counted: one example would be a table of 1,347 rows | the shape; or an error when the data come |

### Reading a message

It has three parts. Find them in this order:

1. **Which layer?** Most messages name it, so it pays to give layers a `name`.
2. **Which shape arrived?** *found*, *received*. The open axis is counted, so `ndim=3` is
   two axes for you.
3. **What was expected?** That tells which layer you need in between.

Shapes without a message you find by looking. Here is `i`, as it is in the model:
"""

# %% fights="M10"
left = Dense(64, name="left")(row)
right = Dense(1, name="right")(row)
total = Add(name="total")([left, right])
quiet = Model(small_picture, total, name="quiet")

values = Model(small_picture, [left, right, total]).predict(test_pictures, verbose=0)
print("shapes:", [value.shape[1:] for value in values])
print(
    "the one number was added to all 64:", np.allclose(values[0] + values[1], values[2])
)
tk.show(quiet)

# %% [markdown] items="42 118"
"""
Two arms, `(None, 64)` and `(None, 1)`, meet in a sum that is `(None, 64)`. NumPy does the
same; it is called *broadcasting*, and sometimes it is just what you want. If not, no
message will ever come.

### Is a Functional model easy to debug?

Two articles disagree. One praises the "debugging insight", because the input and output
of each layer can be seen. The other warns that complex graphs make complex errors.

Both are right, about different mistakes. What does not *fit* is found at once: `a` to `g`
stopped at the line that was wrong, before a model or data existed. (The call makes a node
and must say the shape of what comes out: [rule 2](rules.html#rule-2).) What fits and is
not *meant* is found later, in words that speak about something else, or not at all. Here
is `h` in training:
"""

# %%
answers_everywhere = Dense(10, activation="softmax", name="digit")(maps)
wrong_net = Model(small_picture, answers_everywhere, name="wrong_net")
wrong_net.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
try:
    wrong_net.fit(train_pictures, train_digits, verbose=0)
except ValueError as error:
    for sentence in str(error).split(". "):
        print(sentence)

# %% [markdown]
"""
"Rank" is the number of axes. Only the last piece helps: `output.shape=(None, 6, 6, 10)`.
Who knows shapes knows the rest: a layer that turns maps into a row is missing.

And the praise? It holds too. Wires have labels in your program, and from any of them you
can make a model that returns what travels there:
"""

# %% items="42"
looking = Model(flatten_net.input, flatten_maps, name="looking")
found = looking.predict(test_pictures[:1], verbose=0)
print("one picture in:", test_pictures[:1].shape, " maps out:", found.shape)

figure, places = plt.subplots(1, 7, figsize=(9, 1.9))
places[0].imshow(test_pictures[0], cmap="gray_r")
places[0].set_title(f"a {test_digits[0]}")
for number in range(6):
    places[number + 1].imshow(found[0, :, :, number], cmap="gray_r")
    places[number + 1].set_title(f"map {number}")
for place in places:
    place.axis("off")
plt.show()

# %% [markdown]
"""
On the left the picture that goes in, beside it six of the 32 maps of 4 × 4 that the
trained network makes of it. Look where a map is dark: there its filter has found most.
Different filters find something at different places. (`tk.trace` does this for all wires
at once; try `tk.trace(flatten_net, test_pictures[:3])`.)

## 7 · Your turn

### The last step is missing

Photos of 32 × 32 dots in colour, five kinds of fruit. Before you write the line, say the
shape of each wire and how many numbers the model will hold.
"""

# %%
# 1 INPUTS
photo = Input(shape=(32, 32, 3), name="photo")

# 2 LAYERS
x = Conv2D(8, 3, activation="relu", name="window")(photo)
x = MaxPooling2D(name="half")(x)
x = GlobalAveragePooling2D(name="average")(x)

# 3 OUTPUTS
kind = Dense(5, activation="softmax", name="kind")(x)

# 4 MODEL
fruit = ...

if fruit is ...:
    print("Not written yet: step 4.")
else:
    print("Your model:", fruit.count_params(), "numbers. The solution has 269.")

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
fruit = Model(photo, kind)
print("Shapes:", *[call.outputs[0].shape[1:] for call in tk.read(fruit).calls])
print("Solution:", fruit.count_params(), "numbers, (3 × 3 × 3 + 1) × 8 + (8 + 1) × 5")

# %%
tk.ask("why-size-is-free")

# %% [markdown]
"""
### The last two steps are missing

A message has 20 words, each a number from 0 to 999. Which of four departments is it for?
"""

# %%
# 1 INPUTS
message = Input(shape=(20,), dtype="int32", name="message")

# 2 LAYERS
x = Embedding(1000, 16, name="word_rows")(message)
x = LSTM(8, name="reader")(x)

# 3 OUTPUTS
department = ...

# 4 MODEL
router = ...

if department is ... or router is ...:
    print("Not written yet: steps 3 and 4.")
else:
    print(f"Your model: {router.count_params():,} numbers. The solution has 16,836.")

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
department = Dense(4, activation="softmax", name="department")(x)
router = Model(message, department)
print("Shapes:", *[call.outputs[0].shape[1:] for call in tk.read(router).calls])
print(f"Solution: {router.count_params():,} numbers, 16,000 + 800 + 36")

# %%
tk.ask("why-lstm-needs-rows")

# %% [markdown]
"""
### Build alone

- [Trace shapes through a CNN](exercises/03/trace-the-cnn.ipynb): paper and pencil first.
- [From feature map to classes](exercises/03/one-answer-per-picture.ipynb): mend line `h`.
- [A sum that should not have worked](exercises/03/repair-the-sum.ipynb): mend line `i`.
- [34 million parameters on a diet](exercises/03/diet.ipynb): the giant at 64 × 64.

## 8 · Decide
"""

# %%
tk.ask("decide-digits")

# %% [markdown]
"""
## 9 · Five questions
"""

# %%
tk.ask("q-conv-shape-and-size")

# %%
tk.ask("q-pooling-odd")

# %%
tk.ask("q-dense-on-steps")

# %%
tk.ask("q-read-the-error")

# %%
tk.ask("q-quiet-sum")

# %% [markdown]
"""
## What you take with you

| you see | you think |
|---|---|
| `None` in front | examples, left open; `Input` is told the shape of one |
| `Dense` | last axis only; (in + 1) × units |
| `Conv2D` | size − k + 1; (k × k × channels + 1) × filters |
| pooling | halved, rounded down; no weights |
| a long *row* before a `Dense` | here sit the numbers of the model |
| an error | which layer, what arrived, what was expected |
| no error | look at the shapes all the same |

The rules at work today: [rule 2](rules.html#rule-2), a wire has a shape before it has
numbers, and [rule 1](rules.html#rule-1), weights come with the first call, because only
then the shape is known.

Next: [Lesson 4 · Fork and merge](04_fork_and_merge.ipynb), where wires split and meet.
"""
