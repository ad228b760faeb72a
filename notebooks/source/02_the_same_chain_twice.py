# %% [markdown]
"""
# Lesson 2 · The same chain twice: Sequential and Functional

**Goal.** You can write a chain of layers in the two ways Keras offers, turn one into the
other, and say what the shorter one cannot say.

**You need** [lesson 1](01_layers_are_functions.ipynb). **Time:** about 40 minutes; half
of it is section 5, and before that is a good place for a pause.

**How it works.** A question comes first, and you commit an answer; the next cell
computes what is so. Section 5 is a *myth lab*: nine sentences as one reads them in
articles. Believe neither them nor us: run them.

<details><summary>For teachers</summary>

Items 1, 11, 18, 20, 23-44, 60, 116 and 121 of the curriculum, predictions P1-P4; it
argues with the misconceptions M02, M03, M04, M26, M30, M31 and M35. A reveal follows
what is computed, so it stays right if Keras changes.

</details>
"""

# %% tags=["nbval-ignore-output"] reason="the version of Keras, and what TensorFlow says when it starts"
import os

# Asks TensorFlow to say less. It listens only when it starts, so this comes first.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import time
import warnings

import keras
import numpy as np
from keras import Input, Model, Sequential
from keras.layers import Add, Concatenate, Dense
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

import teachkit as tk

print("Keras", keras.__version__)

# %% [markdown]
"""
## Recall: two things from lesson 1
"""

# %%
tk.ask("recall-second-brackets")

# %%
tk.ask("recall-layer-and-row")

# %% items="43"
layer = Dense(3, name="layer")
row = np.ones((1, 4))

before = layer(row).numpy()
layer.set_weights([weight + 1 for weight in layer.get_weights()])
after = layer(row).numpy()

new_result = not np.array_equal(before, after)
new_row = not np.array_equal(row, np.ones((1, 4)))
changed = ["the result"] * new_result + ["the row"] * new_row
tk.ask("recall-layer-and-row", result=" and ".join(changed) or "neither")

# %% [markdown] items="1 24"
"""
## 1 · A chain is a list

The first networks were chains: each layer reads what the layer before it has made. For
a chain a list is enough, and Keras has a model that is made from a list. It is called
`Sequential`. Its rule is short: **every layer has one tensor coming in and one going
out, in a straight line.**

Later networks forked, joined and skipped. A list has no words for that, so Keras has a
second way, that of lesson 1. It is called **Functional**, because layers are called
like functions.

Today we write one chain both ways. The data are the 569 breast tumours of lesson 1: 30
measurements, and the answer is 0 for malignant and 1 for benign.
"""

# %%
rows, answers = load_breast_cancer(return_X_y=True)
train_rows, test_rows, train_answers, test_answers = train_test_split(
    rows, answers, test_size=0.25, random_state=0, stratify=answers
)
scaler = StandardScaler().fit(train_rows)
train_rows = scaler.transform(train_rows)
test_rows = scaler.transform(test_rows)
print("to learn from:", train_rows.shape)
print("held out:     ", test_rows.shape)

# %% [markdown]
"""
The list. Its first element says what comes in; then the layers follow in the order in
which the numbers pass them. Nothing is called here: Keras makes the calls for you.
"""

# %% items="23"
keras.utils.set_random_seed(1)

chain = Sequential(
    [
        Input(shape=(30,), name="cells"),
        Dense(64, activation="relu", name="first"),
        Dense(32, activation="relu", name="second"),
        Dense(1, activation="sigmoid", name="benign"),
    ],
    name="chain",
)

# %%
keras.utils.set_random_seed(2)
chain.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = chain.fit(train_rows, train_answers, epochs=10, verbose=0)

loss, accuracy = chain.evaluate(test_rows, test_answers, verbose=0)
baseline = max(np.mean(test_answers == 0), np.mean(test_answers == 1))
print("baseline, right on held-out rows:", round(baseline, 2))
print("network, right on more than 0.90:", accuracy > 0.90)

# %% [markdown]
"""
It learns, and as well as in lesson 1: about 0.96 here.

## 2 · The same chain, called

Now with the four steps, and with the same names for the layers:
"""

# %% items="23"
keras.utils.set_random_seed(1)

# 1 INPUTS
inputs = Input(shape=(30,), name="cells")

# 2 LAYERS
x = Dense(64, activation="relu", name="first")(inputs)
x = Dense(32, activation="relu", name="second")(x)

# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid", name="benign")(x)

# 4 MODEL
graph = Model(inputs, outputs, name="graph")

# %% [markdown]
"""
`set_random_seed` makes chance repeatable: with one seed, the random numbers with which
the weights begin come out the same each time, and so does the order in which `fit`
takes the rows. Both models have had the same seeds.
"""

# %%
tk.ask("same-seed")

# %% items="23"
keras.utils.set_random_seed(2)
graph.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = graph.fit(train_rows, train_answers, epochs=10, verbose=0)

distance = np.abs(chain(test_rows) - graph(test_rows)).max()
pairs = zip(chain.get_weights(), graph.get_weights(), strict=True)
equal = sum((ours == theirs).sum() for ours, theirs in pairs)

if distance == 0:
    nearness = "exactly"
elif distance < 0.01:
    nearness = "nearly"
else:
    nearness = "not"
tk.ask(
    "same-seed",
    result=nearness,
    details=f"Largest difference on {len(test_rows)} held-out rows: {distance:g}\n"
    f"Numbers inside that are equal: {equal:,} of {graph.count_params():,}",
)

# %% [markdown]
"""
Is an exact zero worth anything, or would every chain of this form give it? Change one
thing, the seed, and nothing else. (`clone_model` builds the same layers again; their
weights begin anew.)
"""

# %%
keras.utils.set_random_seed(3)
other_seed = keras.models.clone_model(chain)
other_seed.compile(optimizer="adam", loss="binary_crossentropy")
history = other_seed.fit(train_rows, train_answers, epochs=10, verbose=0)

distance = np.abs(chain(test_rows) - other_seed(test_rows)).max()
print("another seed, other answers:", distance > 0.001)

# %% [markdown]
"""
So the zero means something. The seed makes a difference; the way of writing makes none.

### What if the input is left out?

Both models begin with an `Input`. With calls there is no other way: the first call needs
a wire. A list may leave it out.

```python
late = Sequential(
    [
        Dense(64, activation="relu", name="first"),
        Dense(1, activation="sigmoid", name="benign"),
    ]
)
```
"""

# %%
tk.ask("list-without-input")

# %% items="18"
try:
    late = Sequential(
        [
            Dense(64, activation="relu", name="first"),
            Dense(1, activation="sigmoid", name="benign"),
        ],
        name="late",
    )
    tables = len(late.weights)
except ValueError:
    tables = "refused"
tk.ask("list-without-input", result=tables)

# %% [markdown]
"""
The first row that arrives settles it:
"""

# %% items="18"
one_answer = late(test_rows[:1])
print("after one row:", [tuple(weight.shape) for weight in late.weights])

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old_style = Sequential([Dense(64, input_shape=(30,), name="first")])
print("input_shape= in the first layer:", len(caught), "warning")
print("it recommends Input:", "Input(shape)" in str(caught[0].message))

# %% [markdown] items="18"
"""
Older tutorials tell the shape inside the first layer, with `input_shape=`. Keras still
takes it, warns, and recommends an `Input`, **in a list too**. Then the weights are there
at once, and a mistake in a shape shows where it was made and not at the first `fit`.

## 3 · Side by side

`tk.compare` with one model asks: could it have been written the other way? If so, it
builds the *twin*, gives it the same weights, runs both on the same random rows and
writes both codes.
"""

# %% items="23"
tk.compare(graph)

# %% [markdown] items="18 116"
"""
What to see:

- **The drawings are the same.** Equal numbers at two boxes mean: the same call. In the
  list you have written no call, but Keras has made it.
- **The codes are not.** Look for the names of wires. In the Functional code each line
  says what it reads and what it makes: `cells`, `x`, `x`, `outputs`. In the list no line
  says what it reads. That is told by its *place*.

That is the whole bargain. The list is less to write, with less to get wrong. The calls
are more to write, and they can say more.

And the two models of ours?
"""

# %%
print("the same, call by call:", tk.compare(chain, graph).same)

# %% [markdown]
"""
## 4 · A wire with a name

In the list the place tells what a layer reads. In the calls a **name** tells it. Names
can be wrong. Read each line of this:

```python
inputs = Input(shape=(30,), name="cells")
x = Dense(64, activation="relu", name="first")(inputs)
x = Dense(32, activation="relu", name="second")(inputs)
outputs = Dense(1, activation="sigmoid", name="benign")(x)
model = Model(inputs, outputs)
```
"""

# %%
tk.ask("dense-layers-left")

# %% items="11 121"
# 1 INPUTS
inputs = Input(shape=(30,), name="cells")

# 2 LAYERS
x = Dense(64, activation="relu", name="first")(inputs)
x = Dense(32, activation="relu", name="second")(inputs)

# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid", name="benign")(x)

# 4 MODEL
slip = Model(inputs, outputs, name="slip")

dense = [layer.name for layer in slip.layers if isinstance(layer, Dense)]
tk.ask(
    "dense-layers-left",
    result=len(dense),
    details=f"Dense layers in the model: {', '.join(dense)}\n"
    f"Numbers inside: {slip.count_params():,} in place of {graph.count_params():,}",
)

# %%
tk.show(slip, direction="LR")

# %% [markdown] items="11 121" fights="M03 M04"
"""
> **Rule 3.** A Python name is only a label on a wire. `x = …(x)` moves the label; the
> old wire still exists.

The first `x` was a label on a wire with 64 numbers. The next line has moved the label
before anything had read that wire, and `Model` walks backwards along wires, not along
names ([rule 5](rules.html#rule-5)). Nothing warns: every line is right by itself. Of the
mistakes that Keras does not notice, this is the first to know.

Two habits help. Give a wire that is used later a name of its own (`wide`, `narrow`
instead of `x` and `x`). And after writing, look: are there as many boxes as lines?
"""

# %%
tk.ask("why-no-slip-in-a-list")

# %% [markdown] items="42"
"""
So is Functional code easier to debug, or harder? Articles say both, and both are right:
each wire can be *wrong*, and each can be *seen*.

Seen in both styles, by the way. Here is the small network that you computed by hand in
lesson 1, this time as a list, with the row 2 and 1:
"""

# %% items="42"
small = Sequential(
    [
        Input(shape=(2,), name="row"),
        Dense(3, activation="relu", name="first"),
        Dense(1, activation="sigmoid", name="second"),
    ],
    name="small",
)
small.layers[0].set_weights(
    [np.array([[1, -1, 2], [0.5, 1, -1]]), np.array([0, 0, -1])]
)
small.layers[1].set_weights([np.array([[1], [-2], [0.5]]), np.array([-2.5])])

tk.trace(small, np.array([[2, 1]]))

# %% [markdown]
"""
Step through it: 2.5, 0 and 2 after the first call, 0.731 after the second, as on paper.
The list runs as a graph does: numbers enter at the input, and each call fires once its
tensor has arrived ([rule 6](rules.html#rule-6)).

## 5 · The myth lab

Nine claims from articles about the two styles. Each may be true, or have been true of an
older Keras, or never. Commit what you expect, run the lines, read on. The Keras in front
of you decides.

One helper is needed, for the question "does Keras refuse?":
"""


# %%
def refuses(action, *given, **options):
    """Tell whether Keras refuses to do something with what is given."""
    try:
        action(*given, **options)
    except (TypeError, ValueError):
        return True
    return False


holds = {}  # which claims hold as they are said
print("refuses a table with 5 columns in place of 30:", refuses(graph, np.ones((1, 5))))

# %% [markdown]
"""
### Claim 1: "A Sequential model cannot have multiple inputs"
"""

# %%
tk.ask("claim-several-inputs")

# %% items="25"
left, right, targets = np.ones((8, 2)), np.ones((8, 4)), np.ones((8, 3))

glued = Sequential([Concatenate(name="join"), Dense(3, name="end")])
glued.compile(optimizer="sgd", loss="mse")
if refuses(glued, [left, right]):
    outcome = "refused"
elif refuses(glued.fit, [left, right], targets, verbose=0):
    outcome = "no training"
else:
    outcome = "trains"

holds["1 no multiple inputs"] = outcome == "refused"
own_paths = Sequential([Dense(3, name="end"), Concatenate(name="join")])
refused = refuses(own_paths, [left, right])
tk.ask(
    "claim-several-inputs",
    result=outcome,
    details=f"Dense(3) first, then Concatenate(): both tables refused: {refused}",
)

# %% [markdown]
"""
### Claim 2: "You try to reuse a layer in Sequential: not possible"
"""

# %%
tk.ask("claim-reuse")

# %% items="29"
again = Dense(32, name="again")
try:
    twice = Sequential([Input(shape=(32,), name="row"), again, again], name="twice")
    numbers_inside = twice.count_params()
except ValueError:
    numbers_inside = "refused"

holds["2 no reuse of a layer"] = numbers_inside == "refused"
tk.ask("claim-reuse", result=numbers_inside)

# %%
tk.show(twice, direction="LR")

# %% [markdown] items="29"
"""
Two boxes with the same letter and a dotted line between them: two calls of one layer,
with one set of weights ([rule 4](rules.html#rule-4)).

### Claim 3: "Sequential can do none of these"

One article lists nine things and says: none of them. Nested structures are on its list.
"""

# %%
tk.ask("claim-nested")

# %% items="30"
front = Sequential([Dense(64, name="first"), Dense(32, name="second")], name="front")
try:
    whole = Sequential(
        [Input(shape=(30,), name="cells"), front, Dense(1, name="benign")],
        name="whole",
    )
    layers_seen = len(whole.layers)
except ValueError:
    layers_seen = "refused"

holds["3 none of these nine things"] = layers_seen == "refused"
tk.ask("claim-nested", result=layers_seen)

# %% [markdown]
"""
### Claim 4: "No skip connections in Sequential"

A *skip connection* leads a tensor around a layer and adds it to what the layer has made.
Lesson 5 is about it. Here is one, written with calls. The model is called `around`:
"""

# %%
# 1 INPUTS
wire = Input(shape=(8,), name="wire")

# 2 LAYERS
arm = Dense(8, name="arm")(wire)

# 3 OUTPUTS
joined = Add(name="sum")([wire, arm])

# 4 MODEL
around = Model(wire, joined, name="around")

tk.show(around, direction="LR")

# %% [markdown] items="27 28"
"""
As a list of its two layers it cannot be written: behind `wire` the way forks, and `sum`
joins two tensors. So far the claim is right.
"""

# %%
tk.ask("claim-skip")

# %% items="27 28"
around.set_weights([0 * weight for weight in around.get_weights()])
row = np.array([[1.0, 2, 3, 4, 5, 6, 7, 8]])
try:
    stack = Sequential(
        [Input(shape=(8,), name="row"), around, Dense(1, name="end")], name="stack"
    )
    made = np.array(stack(row))
    after_skip = np.array(stack.layers[-1](row))
    outcome = "skip" if np.array_equal(made, after_skip) else "no skip"
except ValueError:
    outcome = "refused"

holds["4 no skip connections"] = outcome != "skip"
tk.ask(
    "claim-skip",
    result=outcome,
    details=f"Weights of the arm at 0, and the row still arrives: {outcome == 'skip'}",
)

# %%
tk.show(stack, nested="expanded")

# %% [markdown] items="27 28 32"
"""
The frame is one element of the list; fork and join are inside. A model is itself a box
([rule 8](rules.html#rule-8)).

An article says of three famous kinds of network, Inception, ResNet and transformers, that
they "cannot be expressed using Sequential". As a list of *plain layers* they cannot. But
the middle of a ResNet is a row of such blocks, that of Inception and of many transformers
a row of other blocks. As a list of *blocks* one can write it, and the blocks are written
with calls.

### Claim 5: "No multiple outputs in Sequential"
"""

# %%
tk.ask("claim-several-outputs")

# %% items="26"
# 1 INPUTS
wire = Input(shape=(8,), name="wire")

# 2 LAYERS
mass = Dense(1, name="mass")
place = Dense(2, name="place")

# 3 OUTPUTS
ends = [mass(wire), place(wire)]

# 4 MODEL
two_ends = Model(wire, ends, name="two_ends")

try:
    forked = Sequential(
        [Input(shape=(4,), name="row"), Dense(8, name="trunk"), two_ends]
    )
    tensors_out = len(forked(np.ones((5, 4))))
    forked.compile(optimizer="sgd", loss=["mse", "mse"])
    goals = [np.ones((5, 1)), np.ones((5, 2))]
    trains = not refuses(forked.train_on_batch, np.ones((5, 4)), goals)
except ValueError:
    tensors_out, trains = "refused", False

holds["5 no multiple outputs"] = tensors_out == "refused"
last = Dense(3, name="last")
nothing_follows = refuses(Sequential, [Input(shape=(8,), name="row"), two_ends, last])
tk.ask(
    "claim-several-outputs",
    result=tensors_out,
    details=f"It can be trained, with a loss for each: {trains}\n"
    f"One more layer behind it is refused: {nothing_follows}",
)

# %% [markdown]
"""
### Claim 6: "U-Net, Siamese, autoencoder: none of these can be built with Sequential"

Here are the three, as small as they can be.

- An **autoencoder** squeezes 64 numbers into 8 and tries to get the 64 back.
- A **Siamese** network sends two rows through the same layer and compares.
- A **U-Net** does what an autoencoder does, and joins what came *before* the squeeze to
  what comes after it.
"""

# %% items="31"
row = Input(shape=(64,), name="row")
code = Dense(8, activation="relu", name="code")(row)
autoencoder = Model(row, Dense(64, name="back")(code), name="autoencoder")

one, two = Input(shape=(64,), name="one"), Input(shape=(64,), name="two")
encoder = Dense(8, activation="relu", name="encoder")
both = Concatenate(name="both")([encoder(one), encoder(two)])
siamese = Model([one, two], Dense(1, name="alike")(both), name="siamese")

row = Input(shape=(64,), name="row")
code = Dense(8, activation="relu", name="code")(row)
both = Concatenate(name="both")([row, Dense(64, name="back")(code)])
u_net = Model(row, Dense(64, name="end")(both), name="u_net")

# %%
tk.ask("claim-architectures")

# %% items="31"
lists = [
    model.name
    for model in [autoencoder, siamese, u_net]
    if tk.compare(model).equivalent
]
holds["6 none of the three"] = not lists
tk.ask("claim-architectures", result=" and ".join(lists) or "none")

# %% [markdown]
"""
What keeps the Siamese network from being a list?
"""

# %% items="27"
tk.compare(siamese)

# %% [markdown] items="31" fights="M26"
"""
Two inputs, each on a way of its own, and a join. This is what a list really cannot say.
Claim 2 has used one layer twice in a *row*; here it is used on two ways *side by side*.

### Claim 7: "Functional is the only way to build what is not a straight line"

Keras knows a third way to make a model: a class with a method `call`. You need not be
able to write one. Read it as: "to answer, take x plus what the layer makes of x".
"""


# %%
class Around(Model):
    def __init__(self):
        super().__init__(name="around_as_class")
        self.arm = Dense(8, name="arm")

    def call(self, x):
        return x + self.arm(x)


# %%
tk.ask("claim-only-way")

# %% items="33"
row = np.array([[1.0, 2, 3, 4, 5, 6, 7, 8]])
keras.utils.set_random_seed(4)
as_class = Around()
if refuses(as_class, row):
    outcome = "refused"
else:
    around.set_weights(as_class.get_weights())
    same = np.allclose(as_class(row), around(row), atol=1e-5)
    outcome = "the same" if same else "something else"

holds["7 Functional is the only way"] = outcome != "the same"
tk.ask("claim-only-way", result=outcome)

# %% [markdown] items="34"
"""
The neighbour of this claim says that Functional code scales to *everything*, that
whatever is drawn on paper can be coded with it. Suppose a model should take one way for
rows with a positive first number and another way for the rest:
"""

# %% items="34"
inputs = Input(shape=(4,), name="row")
try:
    way = "first way" if inputs[0, 0] > 0 else "second way"
    print("takes the", way)
except TypeError as error:
    print("Keras refuses:", error)

# %% [markdown] items="33 34" fights="M35"
"""
The graph is made *before* any number arrives, and a wire has no numbers
([rule 2](rules.html#rule-2)). So a Functional model is one fixed drawing, the same for
each row. Where the drawing itself depends on the row, one writes a class.

### Claim 8: "Inside, a Functional model is still the layer stack of Sequential"
"""

# %%
tk.ask("claim-inside")

# %% items="60"
parts_of_chain = vars(chain).values()  # everything that the object keeps
parts_of_graph = vars(graph).values()
stack_in_graph = any(isinstance(part, Sequential) for part in parts_of_graph)
graph_in_stack = any(isinstance(part, type(graph)) for part in parts_of_chain)
if stack_in_graph:
    outcome = "Sequential in Functional"
else:
    outcome = "Functional in Sequential" if graph_in_stack else "neither"

holds["8 a stack inside"] = stack_in_graph
tk.ask(
    "claim-inside",
    result=outcome,
    details=f"A Sequential is kept inside graph: {stack_in_graph}\n"
    f"A {type(graph).__name__} is kept inside chain: {graph_in_stack}",
)

# %% [markdown] items="20 60"
"""
The sentence goes on that `summary()` gives a *flat view*. That part is true. `summary()`
is Keras' own table of a model, and you will meet it often: one line for each layer, with
shapes and parameters. Here is the one of the Siamese network of claim 6:
"""

# %% items="20 60"
siamese.summary()

# %% [markdown] items="20 60" fights="M31"
"""
For a chain such a list of layers is the whole truth. Here look at `encoder`. It has
**one** line, with two entries on its right: a `Dense` reads one tensor in a call, so this
one line is two calls. The line of `both` looks the same and is *one* call, which reads
two tensors. And although `two` stands below `one`, neither comes before the other: the
lines of a table need some order, a graph has only wires. To see the calls, look at the
drawing above.

### Claim 9: "The performance is the same"

That is what one article answers to people who think Functional models are slower. Now
measure. We give each twin the training rows 20 times over, three times in turn, and
count the seconds in which the processor works for us. (`process_time` does that. A clock
on the wall would also count the time for other programs.)
"""

# %%
tk.ask("claim-slower")

# %% items="38"
many_rows = np.tile(train_rows, (20, 1))
many_answers = np.tile(train_answers, 20)
seconds = {"chain": [], "graph": []}

for _ in range(3):
    for model in [chain, graph]:
        start = time.process_time()
        history = model.fit(many_rows, many_answers, batch_size=64, verbose=0)
        seconds[model.name].append(time.process_time() - start)

fastest = {name: min(times) for name, times in seconds.items()}
if fastest["graph"] > 1.5 * fastest["chain"]:
    outcome = "slower"
elif fastest["chain"] > 1.5 * fastest["graph"]:
    outcome = "faster"
else:
    outcome = "no difference"

holds["9 equally fast"] = outcome == "no difference"
work = [tk.explain(model).macs for model in (chain, graph)]
tk.ask(
    "claim-slower",
    result=outcome,
    details=f"Multiplications for one row, chain: {work[0]:,}, graph: {work[1]:,}",
)

# %% tags=["nbval-ignore-output"] reason="seconds differ from run to run"
for name, times in seconds.items():
    print(name, *[f"{one:.2f} s" for one in times])

# %% [markdown] items="38" fights="M30"
"""
Compare the numbers of one line with each other first. The *same* model does not take the
same time twice. A difference between the two lines that is no larger than this tells
nothing about the models. (The multiplications cannot be noisy, and they are equal.)

### What is left of nine claims

As they were **said**:
"""

# %%
for claim, as_said in holds.items():
    print("holds" if as_said else "does not hold", "-", claim)

# %% [markdown] items="24 25 26 27 28 29 30 31"
"""
Most were written with a true thought in mind. It only needed one more word:

| said | what is so |
|---|---|
| no multiple inputs | it takes several, and glues them at the door; no way of its own for each |
| no multiple outputs | it returns what its last layer returns; the list has no two *ends* |
| no reuse of a layer | one layer twice in a row, yes; on two ways side by side, no |
| no skips, no branches | not between elements of the list; inside an element, yes |
| none of these nine things | models in models work, and reuse; forks and joins not |
| none of the three networks | the plain autoencoder is a chain; the other two fork or join |

So this is what a chain cannot say: **fork, join, several ways in, several ways out.**

## 6 · Which one, then?
"""

# %% [markdown] items="35 36"
"""
If the drawing is one straight line, take the list: it is shorter, and a slip like that
of section 4 cannot happen. Take the calls as soon as you see one of these six signs:

1. There are several inputs, and each needs layers of its own.
2. There are several outputs.
3. A tensor skips over a layer.
4. The model has the form of a known one with forks and joins: U-Net, Siamese, Inception.
5. You draw it on paper, and it is not one line.
6. You catch yourself asking: "how do I do this in Sequential?"
"""

# %% [markdown] items="37 39 40 41 44 116" fights="M30"
"""
Four sentences that you may hear, and what this lesson has to say about them:

- *"Functional is only for experts."* You have written one in lesson 1.
- *"Functional models are slower."* Measured: see claim 9.
- *"Sequential is outdated."* For a plain stack of layers it is what the guide of Keras
  itself recommends.
- *"Functional is too complicated."* It is more to write: each line names what it reads
  and what it makes. For a chain that is a price without a gain, and for a fork it is
  well worth it.

And why do many like it? One sees the whole model as a drawing, and diagrams in papers
are such drawings. That it makes models "more modular and
reusable" is half true: any model is a box that can be used in another, a list as well
(claim 3).
"""

# %% [markdown]
"""
## 7 · Your turn

### From the list to the calls: the last step is missing

A wine has 13 measurements, and there are three kinds of wine. The list is complete.
Replace the three dots.
"""

# %%
wine_list = Sequential(
    [
        Input(shape=(13,), name="wine"),
        Dense(16, activation="relu", name="hidden"),
        Dense(3, activation="softmax", name="kind"),
    ],
    name="wine_list",
)

# 1 INPUTS
inputs = Input(shape=(13,), name="wine")

# 2 LAYERS
x = Dense(16, activation="relu", name="hidden")(inputs)

# 3 OUTPUTS
outputs = Dense(3, activation="softmax", name="kind")(x)

# 4 MODEL
wine = ...

if wine is ...:
    print("Not written yet: step 4.")
else:
    print("The same as the list:", tk.compare(wine_list, wine).same)

# %% [markdown]
"""
The next cell is a solution. Click its three dots to unfold it.
"""

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
wine = Model(inputs, outputs, name="wine")
print("Solution, the same as the list:", tk.compare(wine_list, wine).same)

# %%
tk.ask("why-no-model-line-in-a-list")

# %% [markdown]
"""
### And back: the last two elements are missing

Five numbers describe a flat, and we want its price. This time the calls are complete.
Replace the two times three dots in the list.
"""

# %%
# 1 INPUTS
inputs = Input(shape=(5,), name="flat")

# 2 LAYERS
x = Dense(8, activation="relu", name="hidden")(inputs)

# 3 OUTPUTS
outputs = Dense(1, name="price")(x)

# 4 MODEL
flat = Model(inputs, outputs, name="flat")

elements = [
    Input(shape=(5,), name="flat"),
    ...,
    ...,
]

if any(element is ... for element in elements):
    print("Not written yet: two elements of the list.")
else:
    print("The same as the calls:", tk.compare(flat, Sequential(elements)).same)

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
elements = [
    Input(shape=(5,), name="flat"),
    Dense(8, activation="relu", name="hidden"),
    Dense(1, name="price"),
]
print("Solution, the same as the calls:", tk.compare(flat, Sequential(elements)).same)

# %%
tk.ask("why-order-is-enough")

# %% [markdown]
"""
### Alone

- [Convert Sequential to Functional](exercises/02/to-functional.ipynb): a list with
  `Dropout` in it, to be written with calls.
- [Is a chain enough?](exercises/02/which-api.ipynb): six models. Which equal a plain
  list of layers?
- [The layer that vanished](exercises/02/lost-layer.ipynb): a slip to find and mend.

## 8 · Decide

Six small tasks, two at a time. For which is a list of plain layers enough, and which
needs calls?
"""

# %%
tk.ask("decide-digit-and-price")

# %%
tk.ask("decide-signatures-and-face")

# %%
tk.ask("decide-squeeze-and-skips")

# %% [markdown]
"""
## 9 · Five questions
"""

# %%
tk.ask("layers-made-in-reverse")

# %%
tk.ask("same-dense-twice-in-a-row")

# %%
tk.ask("first-moment-of-weights")

# %%
tk.ask("slower-because-of-calls")

# %%
tk.ask("one-line-two-entries")

# %% [markdown]
"""
## What you take with you

| | Sequential | Functional |
|---|---|---|
| you write | a list of layers | calls: `x = Dense(64)(x)` |
| what a layer reads | the one before it | the wire you name |
| `Input` | can be left out, better not | the first step |
| fork, join, skip | only inside an element | yes |
| several inputs, outputs | only glued at the ends | yes |
| silent slip | hardly any | a wire that nobody reads |
| numbers, speed, training | the same | the same |

And a habit: before you believe a sentence about a tool, write the three lines that
decide it.

Next: [lesson 3, shapes are the wires](03_shapes_are_the_wires.ipynb).
"""
