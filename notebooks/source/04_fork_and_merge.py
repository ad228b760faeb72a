# %% [markdown]
"""
# Lesson 4 · Fork and merge

**Goal.** You can send one wire to several layers, join their results again, and say
what comes out: its shape, its numbers, and the gradient that comes back.

**You need** [lesson 1](01_layers_are_functions.ipynb) (the four steps, labels and wires)
and [lesson 3](03_shapes_are_the_wires.ipynb) (shapes). **Time:** about 45 minutes; the end
of section 4 is a good place for a break.

**How it works.** Run a cell with Shift+Enter. Where a question appears, commit to an
answer before you run on; the result then stands beside what you said. Nobody marks it.

<details><summary>For teachers</summary>

Items 22, 45-48, 59, 61, 91 and 121 of the curriculum, predictions P1-P3; it argues with
the misconceptions M09, M10, M11, M12 and M13. Rules are those of
[the card](rules.html).

</details>
"""

# %% [markdown]
"""
## Recall: a label and a shape

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
from keras import Input, Model
from keras.layers import (
    Add,
    Average,
    Concatenate,
    Dense,
    Dot,
    Maximum,
    Multiply,
    Subtract,
)
from sklearn.datasets import load_digits, load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

import teachkit as tk

print("Keras", keras.__version__)

# %%
tk.ask("label-kept-for-a-fork")

# %%
tk.ask("axes-of-feature-maps")

# %% [markdown]
"""
Both come back. To fork a wire you need a label that stays on it, and to merge two wires
you need to know which of their axes must agree.

## 1 · Two arms

178 wines, from three growers of one region in Italy. In each, 13 things were measured:
alcohol, acids, colour and so on. Who grew it? We put 54 wines aside, and bring each
column to mean 0 and spread 1, with means and spreads of the training rows only.
"""

# %%
rows, growers = load_wine(return_X_y=True)
train_rows, test_rows, train_growers, test_growers = train_test_split(
    rows, growers, test_size=0.3, random_state=0, stratify=growers
)
scaler = StandardScaler().fit(train_rows)
train_rows = scaler.transform(train_rows).astype("float32")
test_rows = scaler.transform(test_rows).astype("float32")
print("to learn from:", train_rows.shape, " held out:", test_rows.shape)

# %% [markdown] items="45"
"""
Most wires that you have met had one reader. Look at step 2: **two** layers are called
on the same wire, `wine`. That is a fork, and all there is to write for it. What the two
return goes into one `Concatenate`, and that is a merge.
"""

# %% items="45"
keras.utils.set_random_seed(1)

# 1 INPUTS
wine = Input(shape=(13,), name="wine")

# 2 LAYERS
a = Dense(16, activation="relu", name="arm_relu")(wine)
b = Dense(16, activation="tanh", name="arm_tanh")(wine)
joined = Concatenate(name="joined")([a, b])

# 3 OUTPUTS
outputs = Dense(3, activation="softmax", name="grower")(joined)

# 4 MODEL
model = Model(wine, outputs, name="two_arms")

# %% [markdown]
"""
(**tanh** squeezes a sum into the range from −1 to 1. Mind the brackets of a merge: it
takes *one list* of wires, `Concatenate()([a, b])`.)
"""

# %%
tk.show(model)

# %% [markdown] items="59"
"""
See how two arrows leave `wine` and two arrive at `joined`. The numbers at their ends,
`[0]` and `[1]`, tell in which order they arrive. People who draw networks say that
`wine` has a *fan-out* of 2 and `joined` a *fan-in* of 2. As plain data:
"""

# %% items="59"
wires = tk.read(model).tensors
print("read wine:   ", [wire.target for wire in wires if wire.source == "wine"])
print("feed joined: ", [wire.source for wire in wires if wire.target == "joined"])

# %% [markdown]
"""
> **[Rule 6](rules.html#rule-6).** Running: numbers enter at the inputs; each node fires
> once, when all its wires have arrived. Any order that respects the wires gives the same
> result.

So `joined` waits for both arms, and it does not matter which is computed first. Train
it as always. (`Adam(0.01)` takes steps ten times as long as usual, since with 124 rows
there are only four steps in an epoch.)
"""


# %%
def train(model):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(train_rows, train_growers, epochs=20, verbose=0)
    return model.evaluate(test_rows, test_growers, verbose=0)[1]


accuracy = train(model)
most_frequent = np.bincount(train_growers).argmax()
baseline = np.mean(test_growers == most_frequent)
print("baseline, right on held-out wines:", round(baseline, 2))
print("two arms, right on more than 0.90:", accuracy > 0.90)

# %% [markdown]
"""
Nearly all of the 54 wines (the exact score is in `accuracy`). To be fair: this table is
easy, and a plain chain does as well. We use it to look at the fork, not to win.

### Predict: what happens where a wire forks?

"Data flows through a network like water through pipes", people say, and lesson 1 kept a
doubt for later. Now is later.
"""

# %%
tk.ask("fork-splits-or-copies")

# %% items="22"
one_wine = test_rows[:1]
run = tk.trace(model, one_wine)

relu_kernel, relu_bias = model.get_layer("arm_relu").get_weights()
tanh_kernel, tanh_bias = model.get_layer("arm_tanh").get_weights()
relu_by_hand = np.maximum(one_wine @ relu_kernel + relu_bias, 0)
tanh_by_hand = np.tanh(one_wine @ tanh_kernel + tanh_bias)

relu_reads_all = np.allclose(run["arm_relu"], relu_by_hand, atol=1e-5)
tanh_reads_all = np.allclose(run["arm_tanh"], tanh_by_hand, atol=1e-5)
tk.ask(
    "fork-splits-or-copies",
    result="copied" if relu_reads_all and tanh_reads_all else "split",
    details="Computed by hand from all 13 numbers, the same as Keras:\n"
    f"arm_relu {relu_reads_all}, arm_tanh {tanh_reads_all}",
)

# %% [markdown] items="22"
"""
Water splits where a pipe forks. A tensor is **copied**: every reader gets all of it,
and ten readers would take nothing away from each other. (In truth nothing is even
copied in memory; all readers look at the same numbers, and none of them changes these.)

Here are the numbers of this one wine on their way through both arms. Step through it:
the same 13 numbers arrive at `arm_relu` and at `arm_tanh`.
"""

# %% tags=["nbval-ignore-output"] reason="shows numbers that training has found"
run

# %% [markdown]
"""
Could this have been a `Sequential` model? `tk.compare` tries to write it as a chain,
and tells where it stops:
"""

# %%
tk.compare(model)

# %% [markdown]
"""
## 2 · Seven ways to join, with pencil and paper

One row, **2** and **1**, and two arms of two units each. Arm A has relu, arm B has no
activation.

| | weight for the 2 | weight for the 1 | bias | sum | comes out |
|---|---|---|---|---|---|
| A, unit 1 | 1 | 1 | 0 | 2 + 1 = 3 | 3 |
| A, unit 2 | −1 | 1 | 0 | −2 + 1 = −1 | relu makes it 0 |
| B, unit 1 | 1 | −1 | 0 | 2 − 1 = 1 | 1 |
| B, unit 2 | 0 | 2 | 2 | 0 + 2 + 2 = 4 | 4 |

So A sends `[3, 0]` and B sends `[1, 4]`. A merge holds no weights: it does the same
small piece of arithmetic today and after training. Compute on paper what `Concatenate`,
`Add`, `Multiply`, `Average`, `Maximum` and `Subtract` make of these four numbers. Their
names say what they do; all but the first go place by place.
"""

# %%
tk.ask("merge-of-a-silent-unit")

# %% items="47"
arm_a = np.array([[3.0, 0.0]])
arm_b = np.array([[1.0, 4.0]])
merges = {
    "Concatenate": Concatenate(),
    "Add": Add(),
    "Multiply": Multiply(),
    "Average": Average(),
    "Maximum": Maximum(),
    "Subtract": Subtract(),
    "Dot": Dot(axes=1),
}
results = {name: np.array(merge([arm_a, arm_b])) for name, merge in merges.items()}
like_a = [name for name in results if np.array_equal(results[name], arm_a)]
tk.ask("merge-of-a-silent-unit", result=" and ".join(like_a))

# %% items="47"
for name, result in results.items():
    print(f"{name:12}", result.astype(int).tolist())

# %% [markdown] items="47"
"""
How do they differ?

- **Concatenate** keeps all four numbers, so it alone makes the wire wider.
- **Add** lets strong and weak evidence make up for each other; **Average** is the same,
  divided by the number of arms. **Maximum** listens to the louder arm, place by place.
- **Multiply** lets either arm veto: one 0 is enough. **Subtract** asks how far A is
  above B, so their order matters.
- **Dot** multiplies place by place and sums up: 3 × 1 + 0 × 4 = 3. One number is left,
  which tells how well the two agree. It must be told the axis, as in `Dot(axes=1)`. Dot
  and Subtract take exactly two wires, the others any number from two on.

For the most frequent ones Keras has a short form: `a + b` is `Add()([a, b])`, and
`a * b` is `Multiply()([a, b])`. The drawing and all else is the same. Now the two arms
as a model:
"""

# %%
# 1 INPUTS
row = Input(shape=(2,), name="row")

# 2 LAYERS
layer_a = Dense(2, activation="relu", name="A")
layer_b = Dense(2, name="B")

# 3 OUTPUTS
total = Add(name="sum")([layer_a(row), layer_b(row)])

# 4 MODEL
by_hand = Model(row, total, name="by_hand")

layer_a.set_weights([np.array([[1, -1], [1, 1]]), np.array([0, 0])])
layer_b.set_weights([np.array([[1, 0], [-1, 2]]), np.array([0, 2])])

with_plus = Model(row, layer_a(row) + layer_b(row), name="with_plus")
print("Keras, like the paper:", by_hand(np.array([[2, 1]])).numpy().tolist())
print("+ makes the same model:", tk.compare(by_hand, with_plus).same)

# %% [markdown]
"""
## 3 · Three merges on the wine

The wine model has two arms of 16 units. Each has 14 × 16 = 224 numbers inside, and the
last layer, which reads the 32 numbers of `Concatenate`, has 33 × 3 = 99. Together 547.

### Predict

What changes when `Add` stands in the place of `Concatenate`?
"""

# %%
tk.ask("add-in-place-of-concatenate")


# %%
def two_arms(merge, name):
    keras.utils.set_random_seed(1)

    # 1 INPUTS
    wine = Input(shape=(13,), name="wine")

    # 2 LAYERS
    a = Dense(16, activation="relu", name="arm_relu")(wine)
    b = Dense(16, activation="tanh", name="arm_tanh")(wine)
    joined = merge([a, b])

    # 3 OUTPUTS
    outputs = Dense(3, activation="softmax", name="grower")(joined)

    # 4 MODEL
    return Model(wine, outputs, name=name)


added = two_arms(Add(name="joined"), "added")
multiplied = two_arms(Multiply(name="joined"), "multiplied")
width = added.get_layer("joined").output.shape[-1]
tk.ask(
    "add-in-place-of-concatenate",
    result=added.count_params(),
    details=f"The wire behind Add is {width} wide.",
)

# %%
for other in (added, multiplied):
    print(f"{other.name:11}", other.count_params(), "numbers,", end=" ")
    print("right on more than 0.90:", train(other) > 0.90)

# %% [markdown]
"""
All three learn, and on 54 wines nobody can tell which is best: with the three seeds that
we tried, each was right on 53 or 54 of them. A merge is not chosen by its score on one
table. It is chosen by what it *means*, which section 8 asks.

### Predict: "where the magic happens"

So an article calls the moment of `concatenate`: there the two arms would be mixed. What
will Keras do? We add 1 to the **first** number that `arm_relu` sends.
"""

# %%
tk.ask("concatenate-mixes")

# %% items="91"
from_relu, from_tanh = run["arm_relu"], run["arm_tanh"]
moved_relu = from_relu.copy()
moved_relu[0, 0] += 1

joined_before = np.array(Concatenate()([from_relu, from_tanh]))
joined_after = np.array(Concatenate()([moved_relu, from_tanh]))
kernel, bias = model.get_layer("grower").get_weights()
sums_before = joined_before @ kernel + bias
sums_after = joined_after @ kernel + bias

moved = np.count_nonzero(joined_before != joined_after)
moved_behind = np.count_nonzero(sums_before != sums_after)
tk.ask(
    "concatenate-mixes",
    result=int(moved),
    details=f"In the next Dense, {moved_behind} of its 3 sums are other ones.",
)

# %% [markdown] items="91"
"""
`Concatenate` only puts numbers **side by side**. No number of one arm meets a number of
the other in it. They meet in the `Dense` behind it, where each unit has a weight for
every place, whichever arm it came from. If there is magic, it is in the layer *after*.

### Predict: does the order matter?

`model` (with `Concatenate`) and `added` are trained. Now we swap the arms in both:
`merge([b, a])` in place of `merge([a, b])`. All layers stay, with all their weights.
"""

# %%
tk.ask("swap-the-arms")


# %%
def with_swapped_arms(model, merge):
    a = model.get_layer("arm_relu").output
    b = model.get_layer("arm_tanh").output
    return Model(model.input, model.get_layer("grower")(merge([b, a])))


swapped = {
    "Concatenate": (model, with_swapped_arms(model, Concatenate())),
    "Add": (added, with_swapped_arms(added, Add())),
}
far_apart = {}
for name, (before, after) in swapped.items():
    far_apart[name] = np.abs(before(test_rows) - after(test_rows)).max()

same = [name for name, distance in far_apart.items() if distance == 0]
tk.ask("swap-the-arms", result=" and ".join(same) or "neither")

# %%
print("Add, largest difference:", far_apart["Add"])
print("Concatenate, a wine moves by over 0.5:", far_apart["Concatenate"] > 0.5)

# %% [markdown]
"""
3 + 1 is 1 + 3. But behind `Concatenate` each weight belongs to a **place**: the weight
that has learned to read number 1 of `arm_relu` would now read number 1 of `arm_tanh`.
Shapes agree, so there is no error, only other answers.

Before training it is different: then either order is as good, because the next layer
can still learn which place means what. Choose one order, and keep it.
"""

# %% [markdown]
"""
## 4 · A shape, or an error?

Eight merges, in four pairs. `(8,)` is a wire with 8 numbers in each row, `(8, 8, 4)` a
picture of 8 × 8 with four channels. The first axis, the `None` for the rows, is left
out.
"""


# %%
def comes_out(merge, *shapes):
    try:
        return str(merge([Input(shape=shape) for shape in shapes]).shape[1:])
    except ValueError:
        return "error"


# %%
tk.ask("merge-equal-vectors")

# %%
first = comes_out(Add(), (8,), (8,))
second = comes_out(Concatenate(), (8,), (8,))
tk.ask("merge-equal-vectors", result=f"{first} and {second}")

# %%
tk.ask("merge-with-channels")

# %%
first = comes_out(Add(), (8, 8, 4), (8, 8, 3))
second = comes_out(Concatenate(), (8, 8, 4), (8, 8, 3))
tk.ask("merge-with-channels", result=f"{first} and {second}")

# %%
tk.ask("add-unequal-lengths")

# %% items="47 121"
first = comes_out(Add(), (8,), (1,))
second = comes_out(Add(), (5, 8), (8,))
tk.ask("add-unequal-lengths", result=f"{first} and {second}")

# %% [markdown] items="121" fights="M10"
"""
Both ran, without a word. What was added to what?
"""

# %% items="47 121" fights="M10"
eight = np.arange(1, 9).reshape(1, 8)
print("(8,) and (1,):", np.array(Add()([eight, np.array([[10]])])).tolist())

table = np.zeros((1, 2, 8), dtype=int)
print("(2, 8) and (8,):", np.array(Add()([table, eight])).tolist())

# %% [markdown] items="121" fights="M10"
"""
The single 10 was added to **all eight**, and the row of eight was added to **each row**
of the table. The smaller tensor is repeated until it fits; this is called
*broadcasting*. Axes are compared from the last one backwards, and an axis of length 1,
or one that is missing in front, is repeated. `Multiply`, `Average`, `Maximum` and
`Subtract` do the same.

Sometimes this is wanted, as with one valve for a whole wire. But where you wrote
`Dense(1)` and meant `Dense(8)`, nothing tells you. Look at the shapes on *both* arms.
"""

# %%
tk.ask("concatenate-along-an-axis")

# %%
first = comes_out(Concatenate(axis=1), (8, 8, 4), (8, 8, 4))
second = comes_out(Concatenate(), (8, 8, 4), (4, 4, 4))
tk.ask("concatenate-along-an-axis", result=f"{first} and {second}")

# %% [markdown] fights="M11"
"""
What does `axis=1` do to two pictures? Let us look, with two written digits of 8 × 8 and
one channel. Axis 0 counts the pictures, axis 1 the lines from top to bottom, axis 2 the
columns, axis 3 the channels.
"""

# %% fights="M11"
digits = load_digits().images[..., np.newaxis]
three, five = digits[3:4], digits[5:6]

figure, places = plt.subplots(1, 3, figsize=(7, 3.2), layout="constrained")
for axis, place in zip((1, 2, 3), places, strict=True):
    both = np.array(Concatenate(axis=axis)([three, five]))[0]
    place.imshow(both[..., 0], cmap="gray_r")
    place.set_title(f"axis={axis}: {both.shape}", fontsize=10)
    place.set_xlabel("columns")
    place.set_ylabel("lines")
plt.show()

# %% [markdown] fights="M11"
"""
With `axis=1` the 5 stands below the 3; with `axis=2` beside it. With `axis=3` (the last
one, and what `Concatenate` does if you say nothing) they lie behind each other: only
the 3 is to be seen, the 5 is in the second channel. All three are allowed, and no
message asks which you meant. For feature maps you nearly always mean the channels.

Only one of the axes grows, and **all other axes must agree**. The two that refused, in
the words of Keras:
"""

# %%
import textwrap

for merge, shapes in (
    (Add(), [(8, 8, 4), (8, 8, 3)]),
    (Concatenate(), [(8, 8, 4), (4, 4, 4)]),
):
    try:
        merge([Input(shape=shape) for shape in shapes])
    except ValueError as error:
        print(type(merge).__name__, "of", *shapes)
        print(textwrap.indent(textwrap.fill(str(error), 76), "  "))

# %% [markdown]
"""
## 5 · Two arms, or one?

This stands in an article as its example of branching. Here 32 numbers come in:

```python
joined = Add()([Dense(64)(inputs), Dense(64)(inputs)])
```

Two layers, 2 × 33 × 64 = 4,224 numbers inside.
"""

# %%
tk.ask("two-linear-arms-added")

# %% items="48" fights="M13"
# 1 INPUTS
inputs = Input(shape=(32,), name="row")

# 2 LAYERS
arm_1 = Dense(64, name="arm_1")
arm_2 = Dense(64, name="arm_2")

# 3 OUTPUTS
outputs = Add(name="joined")([arm_1(inputs), arm_2(inputs)])

# 4 MODEL
branching = Model(inputs, outputs, name="branching")

single = Dense(64, name="single")
one_layer = Model(inputs, single(inputs), name="one_layer")

# Whole numbers, since a computer adds these without rounding.
generator = np.random.default_rng(0)
for arm in (arm_1, arm_2):
    arm.set_weights([generator.integers(-3, 4, w.shape) for w in arm.get_weights()])

kernel_1, bias_1 = arm_1.get_weights()
kernel_2, bias_2 = arm_2.get_weights()
single.set_weights([kernel_1 + kernel_2, bias_1 + bias_2])

some_rows = generator.integers(-3, 4, (1000, 32))
gap = np.abs(branching(some_rows) - one_layer(some_rows)).max()
tk.ask(
    "two-linear-arms-added",
    result="exactly" if gap == 0 else "roughly" if gap < 1 else "never",
    details=f"Largest difference on 1,000 rows: {gap}.",
)

# %% [markdown] items="48" fights="M13"
"""
**Why?** Write both arms down and sort:

$$(x W_1 + b_1) + (x W_2 + b_2) = x (W_1 + W_2) + (b_1 + b_2)$$

What stands on the right is one `Dense(64)`. That is what the cell did: it added up the
two tables of weights, and the two rows of biases. (With weights that are no whole
numbers the same holds, but for the rounding in the last digit.)

The picture shows two arms, and it is right: two calls are in the model. What it cannot
show is that they say nothing that one could not say.
"""

# %%
tk.show(branching, direction="LR")

# %% [markdown] items="46" fights="M13"
"""
The same article has a second example, with `Concatenate` and two different widths:

```python
joined = Concatenate()([Dense(64)(inputs), Dense(32)(inputs)])
```

Here the two tables of weights stand *side by side*, 64 columns and 32 columns. That is
the table of one `Dense(96)`:
"""

# %% items="46" fights="M13"
wide, narrow = Dense(64, name="wide"), Dense(32, name="narrow")
side_by_side = Concatenate(name="joined")([wide(inputs), narrow(inputs)])
two_layers = Model(inputs, side_by_side, name="two_layers")

for arm in (wide, narrow):
    arm.set_weights([generator.integers(-3, 4, w.shape) for w in arm.get_weights()])

both = Dense(96, name="both")
one_wide_layer = Model(inputs, both(inputs), name="one_wide_layer")
both.set_weights(
    [np.hstack([wide.kernel, narrow.kernel]), np.hstack([wide.bias, narrow.bias])]
)

gap = np.abs(two_layers(some_rows) - one_wide_layer(some_rows)).max()
print(two_layers.count_params(), "and", one_wide_layer.count_params(), "numbers")
print("largest difference on 1,000 rows:", gap)

# %% [markdown]
"""
Here not even a weight is saved; only the picture has more boxes. Say it in your own
words:
"""

# %%
tk.ask("why-linear-arms-collapse")

# %% [markdown] fights="M13"
"""
### What if: an activation in the arms?

One knob. The smallest case: **one** number x comes in, and two arms with one unit each
are added. Their weights are 1 and −1, their biases 0. Change `activation` in the cell:
try `None`, `"relu"`, `"tanh"`, and run it again.
"""

# %% fights="M13"
activation = "relu"

# 1 INPUTS
number = Input(shape=(1,), name="x")

# 2 LAYERS
plus = Dense(1, activation=activation, name="plus")
minus = Dense(1, activation=activation, name="minus")

# 3 OUTPUTS
folded = Add(name="sum")([plus(number), minus(number)])

# 4 MODEL
fold = Model(number, folded, name="fold")

plus.set_weights([np.array([[1]]), np.array([0])])
minus.set_weights([np.array([[-1]]), np.array([0])])

x = np.linspace(-3, 3, 61).reshape(-1, 1)
figure, place = plt.subplots(figsize=(5, 2.6), layout="constrained")
place.plot(x, plus(x), "--", label="arm with weight 1")
place.plot(x, minus(x), ":", label="arm with weight −1")
place.plot(x, fold(x), linewidth=3, alpha=0.6, label="their sum")
place.set_xlabel("x")
place.set_ylabel("what comes out")
place.set_title(f"activation = {activation}", fontsize=10)
place.legend(fontsize=8)
plt.show()

# %% [markdown] fights="M13"
"""
With relu each arm is a ramp, and their sum is a **V**: it falls, then it rises. One
`Dense(1)` on one number can only rise, only fall or stay level, whether it has relu,
tanh, sigmoid or nothing. So this is something that two arms can do and one cannot.

With `None` the two cancel out, and the sum is a flat line, which one layer can do too.
(With `"tanh"` and these two weights it is flat as well: the two halves happen to be
mirror images. With biases of 1 it would be a hump.)

So behind an Add it is the activation that makes two arms more than one. Mostly people let
arms *differ in kind*, too: another activation, as in the wine model, another depth,
another size of window on a picture.
"""

# %% [markdown]
"""
## 6 · Backwards through the fork

Forwards the numbers are copied. What comes back in training? A model small enough for
paper: one number on the wire that forks, and two arms with one unit each.

- `fork` sends **2** to both arms.
- `arm_a` multiplies by 3 and sends 6. `arm_b` multiplies by −1, adds 1 and sends −1.
- `sum` adds: 5. The right answer would be **4**, so the loss is (5 − 4)² = 1.

A **gradient** says how the loss reacts when one number is moved a little. If the 5
becomes 5.001, the loss becomes 1.001² ≈ 1.002. It moves twice as far, so the gradient
at `sum` is **2**. `Add` passes it on unchanged, to both sides. And then:

- Through `arm_a`, moving its input by 0.001 moves what it sends by 3 × 0.001. So
  `arm_a` sends back 2 × 3 = **6**.
- `arm_b` sends back 2 × (−1) = **−2**.

Two gradients arrive at the one wire that forked.
"""

# %%
tk.ask("gradient-at-a-fork")

# %% items="22"
# 1 INPUTS
row = Input(shape=(2,), name="row")

# 2 LAYERS
fork = Dense(1, name="fork")
arm_a = Dense(1, name="arm_a")
arm_b = Dense(1, name="arm_b")
x = fork(row)

# 3 OUTPUTS
total = Add(name="sum")([arm_a(x), arm_b(x)])

# 4 MODEL
forked = Model(row, total, name="forked")

fork.set_weights([np.array([[0.5], [1]]), np.array([0])])
arm_a.set_weights([np.array([[3]]), np.array([0])])
arm_b.set_weights([np.array([[-1]]), np.array([1])])

one_row, target = np.array([[2.0, 1.0]]), np.array([[4.0]])
small_run = tk.trace(forked, one_row, targets=target, loss="mse")
at_fork = small_run.gradients.of_tensors["fork", 0].array.item()
tk.ask("gradient-at-a-fork", result=at_fork)

# %% [markdown]
"""
Check it without any gradients. Move the 2 by a thousandth and see what the loss does:
"""


# %%
def loss_if_fork_sends(number):
    from_a = 3 * number
    from_b = -1 * number + 1
    return (from_a + from_b - 4) ** 2


moved = loss_if_fork_sends(2.001) - loss_if_fork_sends(2)
print("the loss moves", round(moved / 0.001, 1), "times as far")

# %% [markdown]
"""
> **[Rule 7](rules.html#rule-7).** Training: gradients walk the same wires backwards. At a
> fork they add up, through an Add they pass unchanged to both sides, at a shared box they
> add up over its nodes.

The run of Keras has kept what each reader sent back:
"""

# %% items="22"
for wire, share in small_run.gradients.of_edges.items():
    print(f"{wire.target} sends back to {wire.source}: {share.array.item():g}")
print(f"together: {at_fork:g}")

# %% [markdown]
"""
In the picture of the run, press *Backwards* and step on: at `fork` the 6 and the −2
meet. (The sentence above the picture tells the *length* of a gradient, which has no
sign; the numbers beside it have one.)
"""

# %%
small_run

# %% [markdown]
"""
It must be the sum. The 2 has an effect by both ways at once, and the loss feels both.
The arms can pull together, or against each other as here; whatever stands in front of
the fork gets one order, which is the sum. The same in the wine model, with numbers that
nobody chose:
"""

# %% items="22"
wine_run = tk.trace(
    model,
    test_rows,
    targets=test_growers,
    loss="sparse_categorical_crossentropy",
)
shares = [share.array for share in wine_run.gradients.of_edges.values()]
whole = wine_run.gradients.of_tensors["wine", 0].array
print("arms that send back:", len(shares), " shape of each:", shares[0].shape)
print("they add up to all of it:", np.allclose(sum(shares), whole, atol=1e-6))

# %% [markdown] items="22"
"""
So water is a fair picture only on a straight pipe. At a fork: **copied** forwards,
**added** backwards.
"""

# %% [markdown]
"""
## 7 · Your turn

### The last step is missing

Three arms this time: four measurements of an iris flower, and three kinds. Nothing new
is needed; a merge takes a list of any length. Replace the three dots.
"""

# %% items="59 61"
# 1 INPUTS
iris = Input(shape=(4,), name="iris")

# 2 LAYERS
a = Dense(8, activation="relu", name="arm_relu")(iris)
b = Dense(8, activation="tanh", name="arm_tanh")(iris)
c = Dense(8, activation="sigmoid", name="arm_sigmoid")(iris)

# 3 OUTPUTS
joined = Concatenate(name="joined")([a, b, c])
kinds = Dense(3, activation="softmax", name="kind")(joined)

# 4 MODEL
three_arms = ...

if three_arms is ...:
    print("Not written yet: step 4.")
else:
    print("Your model:", three_arms.count_params(), "numbers. The solution has 195.")

# %% [markdown]
"""
The next cell is a solution. Click its three dots to unfold it.
"""

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
three_arms = Model(iris, kinds, name="three_arms")
print("Solution:", three_arms.count_params(), "numbers, 3 × 5 × 8 + 25 × 3")

# %% items="61"
tk.show(three_arms)

# %% [markdown]
"""
See the fan-out of 3 below `iris`, and how `[0]`, `[1]` and `[2]` arrive at `joined`.
"""

# %%
tk.ask("why-no-list-of-arms")

# %% [markdown]
"""
### The last two steps are missing

A patient is described by ten numbers, and we want one number that may be of any size.
One arm says *what* it sees, and the other, with sigmoid, says *how much of it* counts:
place by place, from 0 to 1. Join them so that the second arm can silence the first, and
finish the model.
"""

# %%
# 1 INPUTS
patient = Input(shape=(10,), name="patient")

# 2 LAYERS
seen = Dense(8, activation="relu", name="seen")(patient)
counts = Dense(8, activation="sigmoid", name="counts")(patient)

# 3 OUTPUTS
joined = ...
progress = ...

# 4 MODEL
silenced = ...

if joined is ... or progress is ... or silenced is ...:
    print("Not written yet: steps 3 and 4.")
else:
    print("Your calls:", [call.type for call in tk.read(silenced).calls])
    print("Your model:", silenced.count_params(), "numbers. The solution has 185.")

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
joined = Multiply(name="joined")([seen, counts])
progress = Dense(1, name="progress")(joined)
silenced = Model(patient, progress, name="silenced")
print("Calls:", [call.type for call in tk.read(silenced).calls])
print("Solution:", silenced.count_params(), "numbers, 2 × 11 × 8 + 9 × 1")

# %%
tk.ask("why-multiply-silences")

# %% [markdown]
"""
### Build alone

[Branch and join](exercises/04/two-branches.ipynb) ·
[Merge three branches](exercises/04/three-into-one.ipynb) ·
[Two branches, or one?](exercises/04/collapse.ipynb) ·
[A gate](exercises/04/gate.ipynb) ·
[What comes out, or does it refuse?](exercises/04/merge-or-error.ipynb)
"""

# %% [markdown]
"""
## 8 · Decide

Two arms of eight numbers each. Which merge says what is meant?
"""

# %%
tk.ask("decide-either-may-veto")

# %%
tk.ask("decide-both-add-evidence")

# %%
tk.ask("decide-keep-everything")

# %% [markdown]
"""
## 9 · Five questions
"""

# %%
tk.ask("head-behind-concatenate")

# %%
tk.ask("second-arm-reads-the-first")

# %%
tk.ask("sum-with-a-single-unit")

# %%
tk.ask("weights-into-swapped-concatenate")

# %%
tk.ask("relu-arms-side-by-side")

# %% [markdown]
"""
## What you take with you

| merge | `[3, 0]` and `[1, 4]` | width of 8 and 8 | it says |
|---|---|---|---|
| `Concatenate` | `[3, 0, 1, 4]` | 16 | keep everything; the next layer decides |
| `Add` | `[4, 4]` | 8 | both are evidence |
| `Average` | `[2, 2]` | 8 | the same, however many arms there are |
| `Maximum` | `[3, 4]` | 8 | listen to the louder one |
| `Multiply` | `[3, 0]` | 8 | either may veto |
| `Subtract` | `[2, -4]` | 8 | how do they differ? |
| `Dot` | `[3]` | 1 | how well do they agree? |

- To fork is to call two layers on one wire: copied forwards, added backwards
  ([rule 7](rules.html#rule-7)).
- `Concatenate` lets one axis grow, and all others must agree. The others repeat what is
  too small, without a word.
- Behind `Concatenate` the places have a meaning: never swap them after training.
- Two arms without activation are one layer.

One of the arms may also be the wire itself, unchanged. That is next:
[lesson 5](05_skip_connections.ipynb).
"""
