# %% [markdown]
"""
# Lesson 5 · Skip connections

**Goal.** You can write a residual block, say what flows through its two routes,
forwards and backwards, and tell a skip from what only looks like one.

**You need** lessons 1 to 4: the four steps, shapes, forks and merges. **Time:** about 30
minutes.

**How it works.** Where a question stands, commit to an answer *before* you run the next
cell; the result then appears beside it. Nobody marks answers.

<details><summary>For teachers</summary>

Items 22, 27, 28, 43, 49, 50, 57, 58, 59, 65 and 66 of the curriculum, predictions P1-P4
and eight more; it argues with the misconceptions M13, M14, M15, M16, M32 and M36, in
passing with M09 and M10. Rules 4, 7 and 8 of the card are at work.

</details>
"""

# %% [markdown]
"""
## Recall: two things from earlier lessons

The next cell loads the tools; it takes some seconds.
"""

# %% tags=["nbval-ignore-output"] reason="tells the version of Keras"
import os

# Asks TensorFlow to say less. It listens only when it starts, so this comes first.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import Input, Model, Sequential
from keras.layers import Add, BatchNormalization, Concatenate, Dense, Dropout
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

import teachkit as tk

print("Keras", keras.__version__)

# %%
tk.ask("recall-merge-of-32-and-1")

# %%
tk.ask("recall-numbers-of-dense-32")

# %% [markdown]
"""
Both come back today: a skip ends in an `Add`, and we shall count parameters.
"""

# %% [markdown]
"""
## 1 · Twelve layers

If three layers are good, are twelve better? Here are 1,797 real handwritten digits,
8 × 8 grey values each, laid out as a row of 64. A quarter of them is held out.
"""

# %%
pictures, digits = load_digits(return_X_y=True)
train_pictures, test_pictures, train_digits, test_digits = train_test_split(
    pictures / 16, digits, test_size=0.25, random_state=0, stratify=digits
)
print("to learn from:", train_pictures.shape)
print("held out:     ", test_pictures.shape)

# %% [markdown]
"""
Two baselines. The first always says the most frequent digit. The second is *logistic
regression*, a method without any hidden layer.
"""

# %%
most_frequent = np.bincount(train_digits).argmax()
baseline = np.mean(test_digits == most_frequent)
print("always the same digit:", round(baseline, 2))
simple = LogisticRegression(max_iter=1000).fit(train_pictures, train_digits)
without_layers = simple.score(test_pictures, test_digits)
print("no hidden layer, more than 0.9:", without_layers > 0.9)

# %% [markdown]
"""
So nobody *needs* twelve layers for these digits. They are our test bench: what depth
does to a network shows here in seconds.

One layer brings the 64 grey values to 32 numbers. Then twelve *blocks* follow, each one
`Dense` layer of 32 sigmoid units. We train with the plainest optimizer there is, `SGD`
(stochastic gradient descent). Its number, 0.05, says how large its steps are.
"""

# %%
keras.utils.set_random_seed(1)

# 1 INPUTS
inputs = Input(shape=(64,), name="picture")

# 2 LAYERS
x = Dense(32, name="to_32")(inputs)
for number in range(1, 13):
    x = Dense(32, activation="sigmoid", name=f"block_{number}")(x)

# 3 OUTPUTS
outputs = Dense(10, activation="softmax", name="digit")(x)

# 4 MODEL
plain = Model(inputs, outputs, name="plain")

# %%
tk.ask("twelve-sigmoid-layers-trained")


# %%
def train(model):
    model.compile(
        optimizer=keras.optimizers.SGD(0.05),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(train_pictures, train_digits, epochs=15, verbose=0)
    return model.evaluate(test_pictures, test_digits, verbose=0)[1]


at_start = plain.get_weights()
plain_accuracy = train(plain)

if plain_accuracy > 0.8:
    seen = "good"
else:
    seen = "baseline" if plain_accuracy < 0.2 else "half"
tk.ask("twelve-sigmoid-layers-trained", result=seen)

# %%
print("plain, right on more than 0.2:", plain_accuracy > 0.2)
print("parameters:", f"{plain.count_params():,}")

# %% [markdown]
"""
It is right on about 0.10 of the digits, no better than a guess. Nothing is broken:
every line is correct Keras, and no warning came. Five more epochs would not change it.
"""

# %% [markdown]
"""
## 2 · What arrives at the first block

In training each weight is told in which direction to move, and how strongly: that is its
*gradient*. `SGD(0.05)` moves it by 0.05 times this number. Gradients start at the loss, at
the end, and walk **backwards** along the wires (rule 7).

`tk.trace` runs a model on data. If it gets targets and a loss too, it also follows the
gradients. We take the untrained net and ask each block how long the gradient of its
weights is (its *norm*: one number for all 32 × 32 of them).
"""

# %%
tk.ask("gradient-at-the-first-block")


# %%
def gradient_norms(model, blocks=12):
    run = tk.trace(
        model,
        train_pictures[:256],
        targets=train_digits[:256],
        loss="sparse_categorical_crossentropy",
        training=True,
    )
    norms = {name: gradient.norm for name, gradient in run.gradients.by_depth}
    return [norms[f"block_{number}"] for number in range(1, blocks + 1)]


after_training = plain.get_weights()
plain.set_weights(at_start)  # untrained again
plain_norms = gradient_norms(plain)
share = plain_norms[0] / plain_norms[-1]

seen = "ten-millionth"
for name, limit in [("thousandth", 1e-5), ("tenth", 0.01), ("same", 0.5)]:
    if share > limit:
        seen = name
tk.ask("gradient-at-the-first-block", result=seen)

# %% [markdown]
"""
One bar for each block. Mind the scale: each line is **ten times** the one below.
"""


# %%
def draw_bars(norms_by_model):
    _, axes = plt.subplots(figsize=(7.5, 3.2))
    width = 0.8 / len(norms_by_model)
    colours = ["#b5542b", "#2f6db3", "#4c8c4a"]
    for place, (name, norms) in enumerate(norms_by_model.items()):
        positions = np.arange(1, len(norms) + 1) + (place + 0.5) * width - 0.4
        axes.bar(positions, norms, width, label=name, color=colours[place])
    axes.set_yscale("log")
    axes.set_yticks(10.0 ** np.arange(-8, 2))
    axes.set_ylim(1e-9, 10)
    axes.set_xticks(range(1, len(norms) + 1))
    axes.set_xlabel("block, from the input to the output")
    axes.set_ylabel("norm of the gradient")
    axes.grid(axis="y", color="#cccccc", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.17), ncols=3, frameon=False)
    plt.show()


draw_bars({"plain": plain_norms})

# %% [markdown]
"""
Go from block 12 to the left: each bar is smaller than the one before, and the steps are
nearly even. An even step on this scale means that each block *multiplies* the gradient by
about the same number, and this number is far below 1.

The sigmoid has a part in it. On its way back through a unit the gradient is multiplied by
the slope of the activation, and a sigmoid *s* is nowhere steeper than 1/4: its slope is
*s* × (1 − *s*), which is largest at *s* = 0.5.

Eleven such factors in a row, $(1/4)^{11}$, are already less than 1 in 4 million. So the
first blocks hardly move. How far did they get in the fifteen epochs of section 1?
"""

# %% items="66"
moved = {}
for weight, old, new in zip(plain.weights, at_start, after_training, strict=True):
    moved[weight.path] = np.abs(new - old).max()
print("block 12, some weight by more than 0.001:  ", moved["block_12/kernel"] > 1e-3)
print("block 1, some weight by more than 0.000001:", moved["block_1/kernel"] > 1e-6)

# %% [markdown]
"""
The first blocks have stayed what chance made them. And forwards the differences between
two pictures shrink as the gradients do backwards, so what the last blocks get to read
says nothing about the digit. This is the *vanishing gradient*.
"""

# %% [markdown]
"""
## 3 · One line more

Now the same net with one change: what comes into a block is **added** to what the block
made of it.
"""

# %% items="49 65"
keras.utils.set_random_seed(1)

# 1 INPUTS
inputs = Input(shape=(64,), name="picture")

# 2 LAYERS
x = Dense(32, name="to_32")(inputs)
for number in range(1, 13):
    branch = Dense(32, activation="sigmoid", name=f"block_{number}")(x)
    x = Add(name=f"sum_{number}")([x, branch])

# 3 OUTPUTS
outputs = Dense(10, activation="softmax", name="digit")(x)

# 4 MODEL
residual = Model(inputs, outputs, name="residual")

# %%
tk.ask("what-twelve-skips-cost")

# %% fights="M16"
more = residual.count_params() - plain.count_params()
tk.ask(
    "what-twelve-skips-cost",
    result=more,
    details=f"plain {plain.count_params():,}, residual {residual.count_params():,}",
)

# %% [markdown]
"""
The wire that leads *around* a layer is a **skip connection** or *shortcut*; the route
through the layer is the **branch**; both together are a **residual block**. The name says
what the branch has to learn: only the rest (the *residual*) that is missing in $x$.

$$y = x + f(x)$$

Nets built of such blocks are called ResNets. `fold=True` draws twelve equal blocks once;
the arrow that passes by `block_1` is the skip:
"""

# %%
tk.show(residual, fold=True)

# %% [markdown]
"""
Both nets were made with the same seed and have the same layers in the same order. So
they start with **the same numbers**, and only the wires differ. Does it matter?
"""

# %%
same_start = all(
    np.array_equal(one, other)
    for one, other in zip(at_start, residual.get_weights(), strict=True)
)
print("same weights at the start:", same_start)

residual_norms = gradient_norms(residual)
draw_bars({"plain": plain_norms, "residual": residual_norms})

# %% [markdown]
"""
The blue bars stay on one level, from the last block to the first. Both first blocks have
the same weights and read the same numbers, and one is told tens of millions of times more
clearly what to do.
"""

# %% items="66"
residual_accuracy = train(residual)
print("block 1, more than a million times:", residual_norms[0] > 1e6 * plain_norms[0])
print("baseline, always the same digit:   ", round(baseline, 2))
print("plain, right on more than 0.2:     ", plain_accuracy > 0.2)
print("residual, right on more than 0.7:  ", residual_accuracy > 0.7)

# %% [markdown]
"""
About 0.9 on held-out digits in place of 0.10: same data, same parameters, same seed, same
fifteen epochs. (It does not beat logistic regression. Depth was not needed here, but now it
does no harm.)
"""

# %%
tk.ask("why-the-first-block-is-reached")

# %% [markdown]
"""
## 4 · A block with pencil and paper

Two numbers come in, **2** and **1**. The branch has two layers of 2 units: the first with
relu, the second without activation. We choose the weights.

| | weight for the 1st | weight for the 2nd | bias | sum | out |
|---|---|---|---|---|---|
| `first`, unit 1 | 1 | 2 | 0 | 2 × 1 + 1 × 2 = 4 | 4 |
| `first`, unit 2 | −1 | 1 | 0 | 2 × (−1) + 1 × 1 = −1 | 0 (relu) |
| `second`, unit 1 | 0.5 | 1 | 1 | 4 × 0.5 + 0 × 1 + 1 = 3 | 3 |
| `second`, unit 2 | 0.25 | 3 | 0 | 4 × 0.25 + 0 × 3 = 1 | 1 |
| `sum`, 1st | | | | 2 + 3 | **5** |
| `sum`, 2nd | | | | 1 + 1 | **2** |

Now backwards. Let the loss be the sum of the two outputs, so that a gradient of **1**
arrives at each of them.

| on the way back | 1st | 2nd | |
|---|---|---|---|
| at `sum` | 1 | 1 | passes **unchanged** to both sides |
| through `second` | 0.5 × 1 + 0.25 × 1 = 0.75 | 1 × 1 + 3 × 1 = 4 | the same weights, read the other way |
| through the relu | 0.75 | 0 | unit 2 was cut off, it lets nothing back |
| through `first` | 1 × 0.75 + (−1) × 0 = **0.75** | 2 × 0.75 + 1 × 0 = **1.5** | |
| along the skip | **1** | **1** | no weight on the way |
| at the fork | **?** | **?** | |

> **Rule 7.** Training: gradients walk the same wires backwards. At a fork they add up,
> through an Add they pass unchanged to both sides, at a shared box they add up over its
> nodes.
"""

# %%
tk.ask("gradient-at-the-fork-of-a-block")

# %% items="22"
# 1 INPUTS
row = Input(shape=(2,), name="row")

# 2 LAYERS
first = Dense(2, activation="relu", name="first")
second = Dense(2, name="second")
branch = second(first(row))

# 3 OUTPUTS
total = Add(name="sum")([row, branch])

# 4 MODEL
block = Model(row, total, name="block")

first.set_weights([np.array([[1, -1], [2, 1]]), np.array([0, 0])])
second.set_weights([np.array([[0.5, 0.25], [1, 3]]), np.array([1, 0])])


def sum_of_outputs(targets, outputs):
    return keras.ops.sum(outputs)


block_run = tk.trace(
    block, np.array([[2.0, 1.0]]), targets=np.zeros((1, 2)), loss=sum_of_outputs
)
at_fork = block_run.gradients.of_tensors[("row", 0)].array[0]
tk.ask("gradient-at-the-fork-of-a-block", result=float(at_fork[0]))

# %%
print("out of the block:", block_run["sum"][0])
for wire, gradient in block_run.gradients.of_edges.items():
    print(f"comes back from {wire.target:<5}:", gradient.array[0])
print("together at the fork:", at_fork)

# %% [markdown]
"""
Remember the water in pipes of lesson 1. Water would *split* at the fork, half to the
left, half to the right. A tensor is **copied**: both routes read the whole (2, 1). And on
the way back, what the two routes send is **added**.

So the skip hands its 1 back, whatever the branch does. If the branch sent back almost
nothing, the fork would still get a little more or less than 1. Put twelve such blocks in a
row, and you have the blue bars.

Step through it, forwards and backwards:
"""

# %%
block_run

# %% [markdown]
"""
### Take the branch away
"""

# %%
tk.ask("all-weights-of-the-branch-zero")

# %% fights="M15"
for layer in (first, second):
    layer.set_weights([np.zeros_like(numbers) for numbers in layer.get_weights()])

some_rows = np.random.default_rng(0).normal(size=(100, 2)).astype("float32")
came_out = block.predict(some_rows, verbose=0)
if np.allclose(came_out, some_rows):
    seen = "input"
else:
    seen = "zeros" if np.allclose(came_out, 0) else "other"
tk.ask("all-weights-of-the-branch-zero", result=seen)

# %% [markdown]
"""
This is the **test for a skip**, and we shall use it again: *put the branch at zero; does
the input come out?*

It also says what a residual block can always do: nothing. A deep net of such blocks
can be as good as a shallow one, if the blocks that are not needed stay near zero. A plain
layer would have to learn to copy its input.

A detail: our twelve blocks end in a sigmoid, and the sigmoid of 0 is 0.5, not 0. With its
weights at zero such a block gives $x + 0.5$. That is one reason why the last layer of a branch mostly
has no activation.
"""

# %% [markdown]
"""
## 5 · Routes

In each block there are two ways: through the branch or around it. Three blocks in a row:
"""

# %%
start = Input(shape=(32,), name="start")
x = start
for number in (1, 2, 3):
    branch = Dense(32, activation="relu", name=f"block_{number}")(x)
    x = Add(name=f"sum_{number}")([x, branch])
three = Model(start, x, name="three_blocks")

tk.show(three, direction="LR")

# %%
tk.ask("routes-through-three-blocks")


# %% items="59"
def count_routes(model):
    graph = tk.read(model)
    routes = {}
    for call in graph.calls:
        read_from = [wire.source for wire in graph.tensors if wire.target == call.id]
        routes[call.id] = sum(routes[source] for source in read_from) or 1
    return routes[graph.calls[-1].id]


tk.ask("routes-through-three-blocks", result=count_routes(three))

# %%
print("plain, 12 blocks:   ", count_routes(plain))
print("residual, 12 blocks:", f"{count_routes(residual):,}")

# %% [markdown]
"""
The function walks through the calls in order. To an `Add` lead as many routes as to its
two sources together: 1, 2, 4, 8. Papers call such a thing a *multi-path* network, with
*fan-out* where a tensor is read by several calls and *fan-in* where a call reads several
tensors. It has no circle; it is still a directed acyclic graph.

**Each route carries its own part of the gradient.** Take the smallest case, three blocks
of a single unit without bias and activation, each with the weight 0.1:

| weights on the route | how many routes | each passes | together |
|---|---|---|---|
| 3 | 1 | 0.1 × 0.1 × 0.1 | 0.001 |
| 2 | 3 | 0.1 × 0.1 | 0.03 |
| 1 | 3 | 0.1 | 0.3 |
| 0 | 1 | 1 | 1 |
| | **8** | | **1.331** |

A plain chain has the first line only. Keras?
"""

# %%
passes = {}
for kind in ("plain", "residual"):
    x = one = Input(shape=(1,), name="one")
    for _ in range(3):
        tenth = keras.initializers.Constant(0.1)
        branch = Dense(1, use_bias=False, kernel_initializer=tenth)(x)
        x = Add()([x, branch]) if kind == "residual" else branch
    tiny = tk.trace(
        Model(one, x), np.ones((1, 1)), targets=np.zeros((1, 1)), loss=sum_of_outputs
    )
    passes[kind] = tiny.gradients.of_tensors[("one", 0)].array[0, 0]

print("gradient back at the input, plain:   ", f"{passes['plain']:.3f}")
print("gradient back at the input, residual:", f"{passes['residual']:.3f}")

# %% [markdown]
"""
The same as $0.1^3$ and $(1 + 0.1)^3$. The long routes hardly count. Nearly all that comes
back to the input, 1.3 of 1.331, came on routes through one branch or none.
"""

# %% [markdown]
"""
## 6 · Is this a skip?

An article shows the following as a skip connection. Read it slowly.

```python
inputs = Input(shape=(64,))
skip = Dense(64)(inputs)
x = Dense(64)(inputs)
outputs = Add()([x, skip])
```

Take the test: the weights of the layer that made `x` are put at zero, and a digit goes in.
"""

# %%
tk.ask("article-calls-this-a-skip")

# %% items="50" fights="M14"
keras.utils.set_random_seed(1)

# 1 INPUTS
inputs = Input(shape=(64,), name="picture")

# 2 LAYERS
arm_1 = Dense(64, name="arm_1")
arm_2 = Dense(64, name="arm_2")
skip = arm_1(inputs)
x = arm_2(inputs)

# 3 OUTPUTS
outputs = Add(name="sum")([x, skip])

# 4 MODEL
looks_like = Model(inputs, outputs, name="looks_like_a_skip")

weights_of_arm_2 = arm_2.get_weights()
arm_2.set_weights([np.zeros((64, 64)), np.zeros(64)])
came_out = looks_like.predict(test_pictures, verbose=0)

if np.allclose(came_out, test_pictures, atol=1e-4):
    seen = "input"
else:
    seen = "zeros" if np.allclose(came_out, 0) else "other"
tk.ask("article-calls-this-a-skip", result=seen)

# %%
tk.show(looks_like)

# %% [markdown]
"""
Two boxes side by side, and no wire around them. With *both* at zero nothing comes out
at all. And as there is no activation, you know from lesson 4 what the two are together:
"""

# %% fights="M13"
arm_2.set_weights(weights_of_arm_2)
one_layer = Dense(64)
one_layer.build((None, 64))
one_layer.set_weights(
    [a + b for a, b in zip(arm_1.get_weights(), arm_2.get_weights(), strict=True)]
)
by_two = looks_like.predict(test_pictures, verbose=0)
by_one = one_layer(test_pictures)
print("parameters:", looks_like.count_params(), "and", one_layer.count_params())
print("one Dense(64) gives the same:", np.allclose(by_two, by_one, atol=1e-4))

# %% [markdown]
"""
A single changed line makes a skip of it. Which one? You will find it in the exercise
[Is it a skip?](exercises/05/fake-skip.ipynb).
"""

# %% [markdown]
"""
## 7 · When the widths differ

`Add` wants two tensors of the same shape. What if a block makes 32 numbers of 64? With
`Add()([inputs, branch])` Keras refuses:
"""

# %%
wide = Input(shape=(64,), name="wide")
branch = Dense(32, activation="relu", name="hidden")(wide)
branch = Dense(32, name="branch")(branch)
try:
    Add()([wide, branch])
except ValueError as error:
    print("Add refuses:", "incompatible shapes" in str(error))

# %% [markdown]
"""
A single linear layer on the short route brings 64 numbers to 32. This is a **projection
shortcut**. The other kind, a bare wire, is called the **identity shortcut**. In the
picture: two boxes on the long route, one on the short.
"""

# %%
shortcut = Dense(32, use_bias=False, name="shortcut")(wide)
narrower = Model(wide, Add(name="sum")([shortcut, branch]), name="projection")
tk.show(narrower)

# %% [markdown]
"""
Now the skip does cost something: 64 × 32 = 2,048 weights. Keep such places few, and put
**no activation** there: a relu on the short route would let no negative number pass.
(In section 6 there was no width to change, and the other arm was a bare linear layer as
well: nothing to lead around.)
"""

# %% [markdown]
"""
## 8 · Can Sequential do it?

`tk.compare` looks for a Sequential twin of the block of section 4.
"""

# %% items="28"
tk.compare(block)

# %% [markdown]
"""
A Sequential model is a chain, and a skip is none. From this an article concludes that
skip connections and adding layers are **impossible** with Sequential. Let us ask Keras.
`residual_block` makes a whole block with its skip and returns it as a `Model`. Then:

```python
stack = Sequential([
    Input(shape=(64,)),
    Dense(32),
    residual_block(32),
    residual_block(32),
    Dense(10, activation="softmax"),
])
```
"""

# %%
tk.ask("residual-blocks-in-sequential")


# %% items="27 28"
def residual_block(units):
    inner = Input(shape=(units,))
    branch = Dense(units, activation="relu")(inner)
    branch = Dense(units)(branch)
    return Model(inner, Add()([inner, branch]))


try:
    stack = Sequential(
        [
            Input(shape=(64,)),
            Dense(32),
            residual_block(32),
            residual_block(32),
            Dense(10, activation="softmax"),
        ]
    )
    # The test for a skip: the branches at zero. Do the blocks let everything pass?
    to_32, block_1, block_2, head = stack.layers
    for each in (block_1, block_2):
        each.set_weights([np.zeros_like(numbers) for numbers in each.get_weights()])
    came_out = stack.predict(test_pictures, verbose=0)
    without_blocks = head(to_32(test_pictures))
    seen = "runs" if np.allclose(came_out, without_blocks, atol=1e-4) else "dropped"
except (TypeError, ValueError):
    seen = "refused"
tk.ask("residual-blocks-in-sequential", result=seen)

# %% [markdown]
"""
Both are true: a **chain of plain layers** has no skip, and a chain whose *elements* are
blocks has as many as you like. To make such a block you still need the Functional API (or
a layer class of your own).

> **Rule 8.** A model is itself a box. Rules 1-7 hold for it.

So mind rule 4: `block = residual_block(32)`, written **twice** into the list, would be one
set of weights used twice. Two calls of the function make two blocks.
"""

# %% [markdown]
"""
## 9 · What if: another activation, and no skip

One knob: `tanh` in place of `sigmoid`, in the **plain** net. Its slope at 0 is 1, not 1/4.
"""

# %%
tk.ask("plain-net-with-tanh")


# %%
def deep(activation, skips, blocks=12, start="glorot_uniform", normalise=False):
    keras.utils.set_random_seed(1)
    inputs = Input(shape=(64,), name="picture")
    x = Dense(32)(inputs)
    for number in range(1, blocks + 1):
        layer = Dense(
            32,
            activation=activation,
            kernel_initializer=start,
            name=f"block_{number}",
        )
        branch = layer(x)
        if normalise:
            branch = BatchNormalization()(branch)
        x = Add()([x, branch]) if skips else branch
    return Model(inputs, Dense(10, activation="softmax")(x))


tanh = deep("tanh", skips=False)
tanh_norms = gradient_norms(tanh)
tanh_accuracy = train(tanh)
if tanh_accuracy > 0.6:
    seen = "learns"
else:
    seen = "baseline" if tanh_accuracy < 0.2 else "half"
tk.ask("plain-net-with-tanh", result=seen)

# %%
draw_bars({"plain": plain_norms, "residual": residual_norms, "plain, tanh": tanh_norms})

# %% [markdown]
"""
So a skip is **one** cure for vanishing gradients. Another activation is one too, and well
chosen starting weights are a third, as you will see in a moment.

### "Skips solve the gradient problem"

So an article says; and that they raise accuracy, allow deeper nets and keep early
features. Go deeper: **30 blocks with relu and with skips**, not yet trained.
"""

# %%
tk.ask("thirty-relu-blocks-with-skips")

# %% items="66" fights="M36"
thirty_relu = gradient_norms(deep("relu", skips=True, blocks=30), blocks=30)
if thirty_relu[0] < 0.01:
    seen = "vanishes"
else:
    seen = "explodes" if thirty_relu[0] > 1000 else "healthy"
tk.ask("thirty-relu-blocks-with-skips", result=seen)

# %%
normalised = gradient_norms(
    deep("relu", skips=True, blocks=30, normalise=True), blocks=30
)
steady = all(0.01 < norm < 1000 for norm in normalised)
print("with BatchNormalization, from 0.01 to 1,000 at all blocks:", steady)

he_start = gradient_norms(
    deep("relu", skips=False, blocks=30, start="he_normal"), blocks=30
)
level = 0.1 < he_start[0] / he_start[-1] < 10
print("no skips, but starting weights made for relu:")
print("first and last block within a factor of 10:", level)

# %% [markdown]
"""
Read the two results with care.

- **Skips alone are not enough.** Thirty times something is added, and nothing ever makes
  it smaller again: the numbers grow, and the gradients with them. Real ResNets have
  `BatchNormalization` in each branch. It brings numbers back to a mean of 0 and a spread
  of 1 (section 10).
- **A plain net need not vanish.** The last net has 30 blocks, no skip, and gradients of
  about the same size everywhere. It is still hard to train: after the same
  fifteen epochs it had 0.10 to 0.39 of the held-out digits right, with three different seeds, when
  this lesson was written.

An honest note: *our* plain sigmoid net does die of vanishing gradients, as the bars show.
The authors of ResNet (He, Zhang, Ren and Sun, 2015) saw something else. Their plain nets
had BatchNormalization and gradients of a healthy size, and the deeper one was still worse,
even on the pictures it was trained on. They wrote that vanishing gradients were
**unlikely** to be the reason. Their own idea was that a block which should change little
is easily learned: push the branch towards zero. So do not say "skips solve the gradient
problem". Say: in a deep net they often help, and measure.
"""

# %% [markdown]
"""
## 10 · In training and afterwards

Residual blocks often contain `Dropout` or `BatchNormalization`. `fit` calls each layer with
`training=True`; `predict` and `evaluate` with `training=False`. Most layers take no notice.
These two do.

### Dropout

`Dropout(0.5)` has no weights. While a net is trained, it puts each number at zero with
probability 0.5, so that no unit can rely on a single other one. And when the net predicts?
"""

# %%
tk.ask("dropout-when-it-predicts")

# %% items="57" fights="M32"
# 1 INPUTS
inputs = Input(shape=(1000,), name="thousand")

# 2 LAYERS
x = Dropout(0.5, seed=7, name="drop")(inputs)

# 3 OUTPUTS
outputs = x

# 4 MODEL
dropping = Model(inputs, outputs, name="dropping")

ones = np.ones((1, 1000), dtype="float32")
once = tk.trace(dropping, ones, training=False)["drop"]
if np.array_equal(once, ones):
    seen = "unchanged"
else:
    seen = "halved" if np.allclose(once, 0.5) else "dropped"
tk.ask("dropout-when-it-predicts", result=seen)

# %%
in_training = dropping(ones, training=True).numpy()
again = dropping(ones, training=True).numpy()
print("in training, numbers that occur:", np.unique(in_training))
print("mean within 0.1 of 1:", abs(in_training.mean() - 1) < 0.1)
print("two calls in training are equal:", np.array_equal(in_training, again))
print(
    "two predictions are equal:",
    np.array_equal(dropping.predict(ones, verbose=0), dropping(ones)),
)

# %% [markdown]
"""
What survives is **doubled**, so the mean stays what it was, and nothing needs to be changed
for prediction. Step through a small one in training; run the cell again, and other
places are zero:
"""

# %% tags=["nbval-ignore-output"] reason="which numbers are dropped is left to chance"
six = Input(shape=(6,), name="six")
small = Model(six, Dropout(0.5, name="drop")(six), name="small")
tk.trace(small, np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]), training=True)

# %% [markdown]
"""
### BatchNormalization

In training it takes the rows of the batch **together**: it subtracts their mean and divides
by their spread. One column, two rows, 0 and 10: their mean is 5, their spread 5, so
training makes −1 and 1 of them. (In prediction it needs another way, because there a row
may come alone.)

An article says that layers are **pure functions**, as in mathematics: the same input always
gives the same output, and nothing else happens. Test it: call one `BatchNormalization` on
the two rows as `predict` would; then 50 times as `fit` would, but without any `fit`,
loss or optimizer; then again as `predict` would.
"""

# %%
tk.ask("is-a-layer-a-pure-function")

# %% items="43 58" fights="M32"
two_rows = np.array([[0.0], [10.0]], dtype="float32")
normalise = BatchNormalization()

before = normalise(two_rows, training=False).numpy()
for _ in range(50):
    during = normalise(two_rows, training=True).numpy()
after = normalise(two_rows, training=False).numpy()

if np.allclose(before, after, atol=0.01):
    seen = "same"
else:
    seen = "as in training" if np.allclose(after, during, atol=0.01) else "between"
tk.ask(
    "is-a-layer-a-pure-function",
    result=seen,
    details=(
        f"Before: {before.ravel().round(1)}. "
        f"In training: {during.ravel().round(1)}. "
        f"After: {after.ravel().round(1)}."
    ),
)

# %%
print("the rows themselves:", two_rows.ravel())
print("noted mean:", normalise.moving_mean.numpy().round(2), "on its way to 5")
for _ in range(1000):
    normalise(two_rows, training=True)
print(
    "after 1,000 calls more:",
    normalise(two_rows, training=False).numpy().ravel().round(1),
)

# %% [markdown]
"""
On the side, each call with `training=True` moves a *noted* mean and a noted spread a
little (by 1/100) towards those of its batch. With `training=False` the layer uses these
notes. A new layer has noted mean 0 and spread 1, so at first it changed next to nothing.

One half of the article's sentence is right: **tensors are not changed**. The two rows are
still 0 and 10, and each call returned a new tensor. The other half is not. `Dropout` gives
something new with each call in training, and `BatchNormalization` changes *itself*. Even
a `Dense` is a function with a memory (lesson 1), only that nobody but the optimizer
writes into it.

In practice: a score that looks better in `evaluate` than during `fit` may be Dropout at
work, and a net with `BatchNormalization` predicts oddly after only a few steps of training,
because its notes are not yet right.
"""

# %% [markdown]
"""
## 11 · Your turn

### The last step is missing

A digits net with two residual blocks of the usual kind: two layers in the branch, the
second without activation. Replace the three dots.
"""

# %%
# 1 INPUTS
inputs = Input(shape=(64,), name="picture")

# 2 LAYERS
x = Dense(32, activation="relu")(inputs)
for _ in range(2):
    branch = Dense(32, activation="relu")(x)
    branch = Dense(32)(branch)
    x = Add()([x, branch])

# 3 OUTPUTS
outputs = Dense(10, activation="softmax")(x)

# 4 MODEL
two_blocks = ...

if two_blocks is ...:
    print("Not written yet: step 4.")
else:
    print("Your model:", count_routes(two_blocks), "routes. The solution has 4.")

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
two_blocks = Model(inputs, outputs)
print("Solution:", count_routes(two_blocks), "routes, 2 × 2")

# %%
tk.ask("why-the-skip-reads-x-and-not-inputs")

# %% [markdown]
"""
### The last two steps are missing

A block that brings 16 numbers to 24. The branch and the shortcut are written; join them,
and make a model of it.
"""

# %%
# 1 INPUTS
inputs = Input(shape=(16,), name="sixteen")

# 2 LAYERS
branch = Dense(24, activation="relu")(inputs)
branch = Dense(24)(branch)
shortcut = Dense(24, use_bias=False)(inputs)

# 3 OUTPUTS
outputs = ...

# 4 MODEL
wider = ...

if outputs is ... or wider is ...:
    print("Not written yet: steps 3 and 4.")
else:
    print("Your model:", wider.output_shape, "and", wider.count_params(), "parameters.")
    print("The solution: (None, 24) and 1392.")

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
outputs = Add()([shortcut, branch])
wider = Model(inputs, outputs)
print("Solution:", wider.output_shape, "and", wider.count_params(), "parameters,")
print("17 × 24 + 25 × 24 + 16 × 24")

# %%
tk.ask("why-no-activation-on-the-shortcut")

# %% [markdown]
"""
### Alone

- [Write a residual block](exercises/05/residual-block.ipynb), as a function
- [Insert a skip into a given model](exercises/05/insert-skip.ipynb)
- [A shortcut that changes width](exercises/05/projection.ipynb)
- [Connect the first layer to the tenth](exercises/05/first-to-tenth.ipynb)
- [Is it a skip?](exercises/05/fake-skip.ipynb)
- [Count routes, compare gradients](exercises/05/routes-and-gradients.ipynb)
"""

# %% [markdown]
"""
## 12 · Decide

A skip could also end in `Concatenate` in place of `Add`: what came in is then put
*beside* what the branch made, so that the next layer can read both apart.
"""

# %%
tk.ask("add-or-concatenate-twelve-times")

# %%
with tk.dry():
    inputs = Input(shape=(64,), name="picture")
    x = Dense(32)(inputs)
    for _ in range(12):
        x = Concatenate()([x, Dense(32, activation="sigmoid")(x)])
    joined = Model(inputs, Dense(10, activation="softmax")(x))

grows = joined.layers[-2].output.shape[-1] > 32
tk.ask(
    "add-or-concatenate-twelve-times",
    result="add" if grows else "concatenate",
    details=(
        f"Width at the end, with Concatenate: {joined.layers[-2].output.shape[-1]}. "
        f"Parameters: {joined.count_params():,} in place of {residual.count_params():,}."
    ),
)

# %% [markdown]
"""
Concatenate has its place: where early features shall be kept **as they are** and only a
few skips are needed, as in the U-Nets that find tumours in scans. Whether it pays, you
measure.
"""

# %% [markdown]
"""
## 13 · Five questions
"""

# %%
tk.ask("which-line-makes-a-skip")

# %%
tk.ask("back-through-an-add")

# %%
tk.ask("does-a-skip-switch-layers-off")

# %%
tk.ask("routes-through-five-blocks")

# %%
tk.ask("fit-says-less-than-evaluate")

# %% [markdown]
"""
## What you take with you

| | you write | it does |
|---|---|---|
| residual block | `x = Add()([x, branch])` | $y = x + f(x)$, no parameters |
| identity shortcut | a bare wire | lets values and gradients pass unchanged |
| projection shortcut | `Dense(32, use_bias=False)(x)` | where the width changes; linear |
| test for a skip | the branch at zero | does the input come out? |
| `Dropout(0.5)` | zeros and doubles in training | passes everything in prediction |
| `BatchNormalization()` | mean and spread of the batch | the averages it has noted |

Forwards a fork copies, backwards it adds ([rule 7](rules.html#rule-7)). Twelve blocks have
4,096 routes, and the short ones keep the first block in touch with the loss.

Next: [lesson 6](06_several_inputs.ipynb), several inputs.
"""
