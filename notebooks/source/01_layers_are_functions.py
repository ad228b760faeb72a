# %% [markdown]
"""
# Lesson 1 · Layers are functions

**Goal.** You can write a Keras model in four steps, say what each line does, and work
out one layer with pencil and paper.

**You need** Python basics: variables, functions, lists. Everything else is explained
where it first appears. **Time:** about 30 minutes.

**How it works.** Run a cell with Shift+Enter. Where you are asked to **predict**, commit
an answer *before* you run the next cell: its result stays closed until then. Nobody marks
guesses. One that misses is worth as much as one that hits, because a surprise is easy to
remember. Eight rules come up again and again; they stand on [a card](rules.html).

<details><summary>For teachers</summary>

Items 1-17, 19, 21, 22, 43, 63, 90 and 92 of the curriculum, predictions P1-P4; it argues
with the misconceptions M01, M04, M05, M06, M20 and M33. Rules are those of the card.

</details>
"""

# %% [markdown]
"""
The next cell loads the tools; it takes some seconds. If TensorFlow, which does the
arithmetic for Keras, prints some lines about logs and graphics cards, leave them: they
are notes, not errors.
"""

# %% tags=["nbval-ignore-output"] reason="the version of Keras, and remarks of TensorFlow"
import os

# Asks TensorFlow to say less. It listens only when it starts, so this comes first.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
from keras import Input, Model
from keras.layers import Dense
from sklearn.datasets import load_breast_cancer, make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

import teachkit as tk

print("Keras", keras.__version__)

# %% [markdown]
"""
## Recall: two things you know from Python

Most questions are a pair of cells: the first asks, the second computes. Try it here:
choose, press **Commit**, then run the next cell.
"""

# %%
tk.ask("functions-inside")


# %%
def add_one(number):
    return number + 1


def double(number):
    return 2 * number


tk.ask("functions-inside", result=double(add_one(3)))

# %%
tk.ask("moved-label")

# %%
a = 5
b = a
a = 6

tk.ask("moved-label", result=b)

# %% [markdown]
"""
Both come back today: a model is functions inside functions, and `x` will be a label.
"""

# %% [markdown] items="1 63"
"""
## 1 · Train first, ask later

A neural network works in stages, and each stage is called a **layer**: numbers go in,
new numbers come out. The layers of today are of a kind named `Dense`. A network of them,
one after the other, has an old name: *multilayer perceptron*, MLP. For a long time
networks were such plain stacks. Today's networks fork, join and skip; the way of writing
that you learn here can say all of that, and a stack as well. We begin with the stack.
"""

# %% [markdown]
"""
Here are 2,000 examples. Each is a row of 32 numbers with an answer, 0 or 1. (They are
made up by scikit-learn; real ones follow below.)

We put 500 rows aside. The network never sees them while it learns, so they can tell
us how well it does on rows that are **new** to it. This is the *held-out part*.
"""

# %%
rows, answers = make_classification(
    n_samples=2000, n_features=32, n_informative=12, random_state=7
)
train_rows, test_rows, train_answers, test_answers = train_test_split(
    rows, answers, test_size=500, random_state=0
)
print("to learn from:", train_rows.shape)
print("held out:     ", test_rows.shape)

# %% [markdown] items="7"
"""
`(1500, 32)` reads "1,500 rows of 32 numbers". Such lengths are called a **shape**.

Now the model. Four steps, with the labels that all lessons use. You need not understand
each word yet: the rest of the lesson goes through these lines one by one. (The numbers
inside a new model are drawn by chance, and `set_random_seed` makes chance repeatable.)
"""

# %% items="2 7 90"
keras.utils.set_random_seed(1)

# 1 INPUTS
inputs = Input(shape=(32,))

# 2 LAYERS
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)

# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid")(x)

# 4 MODEL
model = Model(inputs, outputs)

# %% [markdown] items="19 92"
"""
Train it. This is the same for every Keras model, however it was written:

- `compile` chooses how mistakes are measured (the *loss*), who corrects the model
  (the *optimizer*, here one named Adam) and which score we want to read.
- `fit` goes through the training rows ten times (ten *epochs*). After every 32 rows it
  changes the numbers inside the model a little, so that the loss gets smaller.
"""

# %% items="19"
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(train_rows, train_answers, epochs=10, verbose=0)

# %% [markdown]
"""
Is it any good? A score means little alone, so we print a **baseline** beside it: the
share of right answers you get by always giving the more frequent answer. (`np.mean` of
a comparison is the share of rows for which it is true.)
"""

# %%
loss, accuracy = model.evaluate(test_rows, test_answers, verbose=0)
baseline = max(np.mean(test_answers == 0), np.mean(test_answers == 1))
print("baseline, right on held-out rows:", round(baseline, 2))
print("network, right on more than 0.85:", accuracy > 0.85)

# %% [markdown]
"""
You have trained a neural network. (Your exact score is in `accuracy`; it differs a
little from one computer to another, so the lesson asks only whether it is above 0.85.)

### How many numbers has `fit` changed?

`Dense(64)` is a layer of 64 *units*, and each unit gives one number. For that it owns one
*weight* for each number that comes in, and one number more, its *bias*.
"""

# %%
tk.ask("parameters-of-the-example")

# %%
tk.ask("parameters-of-the-example", result=model.count_params())

# %% [markdown] items="2"
"""
Such numbers are called the **parameters** of the model. All of them were changed in
training; they *are* what the model has learned.

The rest of the lesson opens the box.
"""

# %% [markdown]
"""
## 2 · See it

`tk.show` draws what is really in the model. In this picture you can click a box to see
what its layer computes; the arrow keys go from box to box.
"""

# %% items="16"
tk.show(model)

# %% [markdown] items="4 5 14 17 21"
"""
Go through the four steps with a finger on the picture.

- **Each call is a node**, a frame in the picture. The line
  `Dense(64, activation="relu")(inputs)` has two pairs of brackets. The first makes a
  layer. The second *calls* it, as you call a function, and that call is what you see.
  You do not add layers to a model, **you call them**.
- **Each arrow is a tensor**, a *wire* on which numbers travel from one call to the
  next. What a call returns you hand on: `x` goes in, a new `x` comes out.
- **Each node tells the shape** of what comes out. `(None, 64)` means 64 numbers for
  each row, and `None` that the number of rows is left open.
- **Nothing is implicit.** Where the model begins (`inputs`), each step between (`x`),
  where it ends (`outputs`) and what belongs to it (`Model`) all stand in your code, and
  all are in the picture.

The same drawing as text, for a terminal or an e-mail:
"""

# %%
print(tk.show(model).text)

# %% [markdown]
"""
And as plain data, if you want to count instead of look:
"""

# %%
graph = tk.read(model)
print(len(graph.calls), "calls and", len(graph.tensors), "tensors")
for call in graph.calls:
    print(call.type, call.outputs[0].shape, f"{call.params:,} parameters")

# %% [markdown] items="4 5 21"
"""
Four calls, and three tensors between them. (The line below the drawing has counted three
calls: it leaves out the input, which computes nothing. And the last arrow of the picture
leads out of the model. Its tensor is the answer, and no call in here reads it.)

Here each layer is called once. It will not always be so: one layer can be called at
several places, and then it has several nodes.

Keras takes down the graph **while you call**. Stop after one line, or after two, and
the picture is as long as what you have written. (A layer may be given a `name`; if not,
Keras numbers them: `dense`, `dense_1`, ...)
"""

# %%
wire = Input(shape=(32,), name="row")
wire_64 = Dense(64, activation="relu", name="first")(wire)
tk.show(Model(wire, wire_64, name="one_call"), direction="LR")

# %%
wire_32 = Dense(32, activation="relu", name="second")(wire_64)
tk.show(Model(wire, wire_32, name="two_calls"), direction="LR")

# %% [markdown] items="6 22"
"""
An arrow can never lead back in a circle: to call a layer on a tensor, that tensor must
exist already. (Mathematicians call such a drawing a *directed acyclic graph*.) A chain
is the simplest one.

People say that data flows through it like water through pipes. For a chain that is a
good picture. Keep one doubt for later: water *splits* where a pipe forks, but a tensor
is *copied*.
"""

# %% [markdown]
"""
## 3 · Boxes and wires

A picture to think with: a layer is a *box*, which keeps its weights and biases inside,
and wires lead from one call of a box to the next.
"""

# %%
tk.ask("weights-before-call")


# %%
def numbers_inside(layer):
    return sum(weight.numpy().size for weight in layer.weights)


layer = Dense(64, activation="relu")
tk.ask("weights-before-call", result=numbers_inside(layer))

# %% [markdown] items="9" fights="M01"
"""
> **Rule 1.** A layer is a box that will own weights. Making it creates no weights; its
> first call does.

So `Dense(64)(inputs)` does two things in one line: it makes the box, and calls it. Here
they are, one after the other:
"""

# %%
print("before its first call:", numbers_inside(layer))
x = layer(inputs)
print("after it:             ", numbers_inside(layer))

# %% [markdown]
"""
What has the call returned?
"""

# %%
tk.ask("numbers-in-a-wire")

# %%
try:
    found = np.asarray(x)
    inside = "numbers" if found.any() else "zeros"
except ValueError:
    inside = "none"

tk.ask("numbers-in-a-wire", result=inside)

# %% [markdown] items="8 21" fights="M05"
"""
> **Rule 2.** Calling a box on a wire makes a node and returns new wires. A wire has a
> shape and a type, but no numbers yet.
"""

# %%
print("x is a", type(x).__name__, "of shape", x.shape, "and type", x.dtype)

# %% [markdown] items="8 90" fights="M06"
"""
### The first wire

Every model starts at an `Input`. It is told the shape of **one** row. Two slips are so
common that we make them on purpose:
"""

# %% items="8" fights="M06"
try:
    Input(32)
except ValueError as error:
    print("Input(32) is refused:", error)
print("32 in brackets:", (32), " with a comma:", (32,))
print("Input(shape=(1500, 32)) gives", Input(shape=(1500, 32)).shape)

# %% [markdown]
"""
- `32` is a number, and a shape is a tuple. Brackets alone do not make a tuple; the
  comma does: `(32,)`.
- Whoever counts the rows too gets no error, only a different model: each single example
  would now have to be a table of 1,500 rows. Leave the rows out. They are the `None`.
"""

# %% [markdown]
"""
## 4 · One layer with pencil and paper

Small enough to compute by hand: 2 numbers come in, 3 units, 1 unit. One row: **2** and
**1**. We choose the weights ourselves.

| | weight for the 2 | weight for the 1 | bias | sum | after relu |
|---|---|---|---|---|---|
| unit 1 | 1 | 0.5 | 0 | 2 × 1 + 1 × 0.5 + 0 = 2.5 | 2.5 |
| unit 2 | −1 | 1 | 0 | 2 × (−1) + 1 × 1 + 0 = −1 | **?** |
| unit 3 | 2 | −1 | −1 | 2 × 2 + 1 × (−1) − 1 = 2 | 2 |

**relu** keeps a positive number and turns a negative one into 0. The last unit weighs
the three results with 1, −2 and 0.5, and its bias is −2.5. **sigmoid** then squeezes
the sum into the range from 0 to 1: a sum of 0 becomes 0.5, a large one nearly 1.

Take a pencil: what stands at the question mark?
"""

# %%
tk.ask("one-unit-by-hand")

# %%
row = np.array([2, 1])
weights_1 = np.array([[1, -1, 2], [0.5, 1, -1]])
bias_1 = np.array([0, 0, -1])
weights_2 = np.array([[1], [-2], [0.5]])
bias_2 = np.array([-2.5])


def relu(numbers):
    return np.maximum(numbers, 0)


def sigmoid(numbers):
    return 1 / (1 + np.exp(-numbers))


hidden = relu(row @ weights_1 + bias_1)
tk.ask("one-unit-by-hand", result=hidden[1])

# %%
total = hidden @ weights_2 + bias_2
print("after relu:", hidden)
print("sum of the last unit:", total)
print("after sigmoid:", sigmoid(total).round(2))

# %% [markdown]
"""
The last unit gets 2.5 × 1 + 0 × (−2) + 2 × 0.5 − 2.5 = 1, and sigmoid makes 0.73 of it.
"""

# %% [markdown] items="10"
"""
`row @ weights_1` does the multiplying and adding of the table for all units at once. So
a whole layer is one line: `relu(row @ weights + bias)`.

The table of weights has 2 rows and 3 columns: **(in, out)**. Many books write the
weights first, `W x + b`; Keras puts the data first.

Does Keras come to the same? We give a model the same weights and compare.
"""

# %%
# 1 INPUTS
small_inputs = Input(shape=(2,), name="row")

# 2 LAYERS
first = Dense(3, activation="relu", name="first")
small_x = first(small_inputs)

# 3 OUTPUTS
second = Dense(1, activation="sigmoid", name="second")
small_outputs = second(small_x)

# 4 MODEL
small = Model(small_inputs, small_outputs, name="small")

first.set_weights([weights_1, bias_1])
second.set_weights([weights_2, bias_2])

by_hand = sigmoid(total)
by_keras = small.predict(np.array([[2, 1]]), verbose=0)
print("shape of the first weights:", first.kernel.shape)
print("Keras agrees with the paper:", np.allclose(by_hand, by_keras))

# %% [markdown] items="10"
"""
The next view runs the model on your row and stops at each call. Go through it with
**Next**: the numbers of the table come by, one call after the other.
"""

# %%
tk.trace(small, np.array([[2, 1]], dtype="float32"))

# %% [markdown]
"""
And this is the first layer as a formula, with its shapes, the count of its parameters
and your row put in. "NumPy agrees" means: the view has computed the layer a second time
without Keras, and compared.
"""

# %% items="10"
tk.explain(small, "first", inputs=np.array([[2, 1]], dtype="float32"))

# %% [markdown] items="3 15"
"""
### Layers are functions

A layer can be called on real numbers too, and then real numbers come out. So the model
is nothing but one function inside the other, `second(first(row))`, like
`double(add_one(3))` at the start. With three layers it is `f3(f2(f1(inputs)))`.
"""

# %% items="15"
one_row = np.array([[2.0, 1.0]])
nested = second(first(one_row))
print("second(first(row)) is the model:", np.allclose(nested, by_keras))

# %% [markdown]
"""
Is a layer in every respect like `double`?
"""

# %%
tk.ask("same-row-twice")

# %%
before = first(one_row)
first.set_weights([weights_1, bias_1 + 1])
after = first(one_row)
tk.ask("same-row-twice", result=np.allclose(before, after))

# %% [markdown] items="3 43"
"""
So a layer is a function **with a memory**. The other half of the sentence holds: what goes
in is not changed; something new comes out.
"""

# %%
print("the row is as it was:", one_row)
first.set_weights([weights_1, bias_1])  # and the bias is again that of the table

# %% [markdown]
"""
## 5 · What the model keeps

The example again, with names for its layers, so that we know them again:

```python
inputs = Input(shape=(32,), name="row")  # line 1
x = Dense(64, activation="relu", name="units_64")(inputs)  # line 2
x = Dense(32, activation="relu", name="units_32")(x)  # line 3
outputs = Dense(1, activation="sigmoid", name="answer")(x)  # line 4
model = Model(inputs, outputs, name="swapped")  # line 5
```
"""

# %%
tk.ask("swapped-lines")

# %% [markdown]
"""
The next cell tries all ten. Each time it starts with nothing but `Input`, `Dense` and
`Model`, because in a notebook names from earlier cells live on and hide such mistakes.
"""

# %%
lines = [
    'inputs = Input(shape=(32,), name="row")',
    'x = Dense(64, activation="relu", name="units_64")(inputs)',
    'x = Dense(32, activation="relu", name="units_32")(x)',
    'outputs = Dense(1, activation="sigmoid", name="answer")(x)',
    'model = Model(inputs, outputs, name="swapped")',
]
what_happened = []
running = []

for i in range(5):
    for j in range(i + 1, 5):
        swapped = list(lines)
        swapped[i], swapped[j] = lines[j], lines[i]
        names = {"Input": Input, "Dense": Dense, "Model": Model}
        try:
            exec("\n".join(swapped), names)  # runs the five lines in this order
        except NameError as error:
            what_happened.append(f"lines {i + 1} and {j + 1} swapped: stops, {error}")
        else:
            running.append(names["model"])
            what_happened.append(f"lines {i + 1} and {j + 1} swapped: runs")

tk.ask("swapped-lines", result=len(running), details="\n".join(what_happened))

# %% [markdown]
"""
Here is the model of the order that runs. Where is `units_32`?
"""

# %% items="13" fights="M04"
other = running[0]
print(f"{other.count_params():,} numbers in place of 4,225")
tk.show(other, direction="LR")

# %% [markdown] items="11 13" fights="M04"
"""
It is gone: it was made and it was called, but nothing on the way to `outputs` reads
what it returned.

> **Rule 3.** A Python name is only a label on a wire. `x = …(x)` moves the label; the
> old wire still exists.
>
> **Rule 5.** `Model(inputs, outputs)` keeps what it finds walking backwards from the
> outputs. Anything else is not in the model.

You may read that in a Functional model "everything in between is connected
automatically". Better: **you** connect, with every call. `Model` only follows your
wires back from the outputs until it arrives at the inputs.
"""

# %%
tk.ask("why-units-64-survives")

# %% [markdown]
"""
The picture can be turned into code again, which shows the same: what the walk back has
not met is not there.
"""

# %%
print(tk.to_code(other))

# %% [markdown]
"""
## 6 · What if: real data, 30 numbers in place of 32

Doctors measured 30 things on pictures of the cells of 569 breast tumours: radius,
smoothness, and so on. The answer is 0 for malignant and 1 for benign. The table comes
with scikit-learn. (Malignant is the dangerous kind.)
"""

# %%
tk.ask("thirty-inputs")

# %%
keras.utils.set_random_seed(1)

# 1 INPUTS
inputs = Input(shape=(30,))

# 2 LAYERS
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)

# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid")(x)

# 4 MODEL
model = Model(inputs, outputs)

tk.ask("thirty-inputs", result=model.count_params())

# %% [markdown]
"""
One more thing with real data: some columns are near 0.1 and others near 1,000. We bring
each to mean 0 and spread 1. What is needed for this is computed from the training rows
**only**; the held-out rows must stay unseen in every respect.
"""

# %%
rows, answers = load_breast_cancer(return_X_y=True)
# stratify: both parts get the same share of each answer
train_rows, test_rows, train_answers, test_answers = train_test_split(
    rows, answers, test_size=0.25, random_state=0, stratify=answers
)
scaler = StandardScaler().fit(train_rows)
train_rows = scaler.transform(train_rows)
test_rows = scaler.transform(test_rows)

model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(train_rows, train_answers, epochs=10, verbose=0)

loss, accuracy = model.evaluate(test_rows, test_answers, verbose=0)
baseline = max(np.mean(test_answers == 0), np.mean(test_answers == 1))
print("held-out rows:", len(test_rows))
print("baseline, right on held-out rows:", round(baseline, 2))
print("network, right on more than 0.90:", accuracy > 0.90)

# %% [markdown]
"""
Far above the baseline. To be fair: on this table a much simpler method, logistic
regression, does about as well. And for a doctor one number is not enough; it matters
*which* tumours are taken for the other kind.

### Two slips that cost an evening

**First:** someone leaves out the word `metrics=` and writes
`compile("adam", "binary_crossentropy", ["accuracy"])`. Python then goes by position.
Which place is the third?
"""

# %% items="19" fights="M33"
import inspect

places = list(inspect.signature(model.compile).parameters)
for number in range(4):
    print(number + 1, places[number])

slip = Model(inputs, outputs)
slip.compile("adam", "binary_crossentropy", ["accuracy"])
try:
    slip.fit(train_rows, train_answers, verbose=0)
except ValueError as error:
    print("fit stops. Does it say anything about metrics?", "metric" in str(error))

# %% [markdown]
"""
The third place belongs to `loss_weights`. `compile` takes the list, `fit` stops, and the
message does not lead to the cause. Write `metrics=["accuracy"]`, with the word.

**Second:**
"""

# %%
tk.ask("softmax-of-one")

# %%
import warnings

with warnings.catch_warnings(action="ignore"):  # Keras has a hint here, see the answer
    shares = Dense(1, activation="softmax")(test_rows[:5]).numpy()

tk.ask(
    "softmax-of-one",
    result="one" if (shares == 1).all() else "chance",
    details=f"five rows: {shares.ravel()}",
)

# %% items="12" fights="M20"
chances = Dense(1, activation="sigmoid")(test_rows[:5]).numpy()
print("sigmoid gives five different numbers:", len(np.unique(chances)) == 5)

# %% [markdown]
"""
## 7 · Your turn

### The last step is missing

A wine has 13 measurements; the question has the answer yes or no. Replace the three
dots, then run the cell.
"""

# %%
# 1 INPUTS
inputs = Input(shape=(13,))

# 2 LAYERS
x = Dense(16, activation="relu")(inputs)

# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid")(x)

# 4 MODEL
wine = ...

if wine is ...:
    print("Not written yet: step 4.")
else:
    print("Your model:", wine.count_params(), "numbers. The solution has 241.")

# %% [markdown]
"""
The next cell is a solution. Click its three dots to unfold it.
"""

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
wine = Model(inputs, outputs)
print("Solution:", wine.count_params(), "numbers, 14 × 16 + 17 × 1")

# %%
tk.ask("why-not-x")

# %% [markdown]
"""
### The last two steps are missing

Five numbers describe a flat, and we want its price. A price may be any number, far
above 1 too. A `Dense` layer without `activation` leaves its sum as it is.
"""

# %%
# 1 INPUTS
inputs = Input(shape=(5,))

# 2 LAYERS
x = Dense(8, activation="relu")(inputs)

# 3 OUTPUTS
outputs = ...

# 4 MODEL
flat = ...

if outputs is ... or flat is ...:
    print("Not written yet: steps 3 and 4.")
else:
    print("Your model:", flat.count_params(), "numbers. The solution has 57.")

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
outputs = Dense(1)(x)
flat = Model(inputs, outputs)
print("Solution:", flat.count_params(), "numbers, 6 × 8 + 9 × 1")

# %%
tk.ask("why-nine")

# %% [markdown]
"""
### Alone

- [Complete the four steps](exercises/01/four-steps.ipynb): fill in what is missing.
- [Put the lines in order](exercises/01/order-the-chain.ipynb): a puzzle.
- [Shapes and parameters of an MLP](exercises/01/count-me.ipynb): predict numbers.
- [Build a model from mathematics](exercises/01/from-formula.ipynb): a formula becomes code.
- [The box that was never called](exercises/01/call-me.ipynb): find the fault.
"""

# %% [markdown]
"""
## 8 · Decide

Which last layer would you choose?
"""

# %%
tk.ask("last-layer-for-rain")

# %%
tk.ask("last-layer-for-fruit")

# %%
tk.ask("last-layer-for-a-price")

# %% [markdown]
"""
Next to the last layer goes a loss that fits: `binary_crossentropy`,
`categorical_crossentropy` (or its *sparse* sister, when answers are class numbers), `mse`.
"""

# %%
some_rows = np.random.default_rng(0).normal(size=(1000, 8))
chance = Dense(1, activation="sigmoid")(some_rows).numpy()
shares = Dense(5, activation="softmax")(some_rows).numpy()
price = Dense(1)(some_rows).numpy()

print("sigmoid stays from 0 to 1:", chance.min() >= 0 and chance.max() <= 1)
print("five shares sum to 1 in each row:", np.allclose(shares.sum(axis=1), 1))
print("no activation: below 0 and above 1 occur:", price.min() < 0 and price.max() > 1)

# %% [markdown]
"""
## 9 · Five questions
"""

# %%
tk.ask("without-second-brackets")

# %%
tk.ask("the-32-of-an-input")

# %%
tk.ask("parameters-of-ten-units")

# %%
tk.ask("how-many-dense")

# %%
tk.ask("as-good-as-the-baseline")

# %% [markdown]
"""
## What you take with you

| step | you write | what it does |
|---|---|---|
| `# 1 INPUTS` | `inputs = Input(shape=(32,))` | the first wire; the shape of one row |
| `# 2 LAYERS` | `x = Dense(64)(x)` | makes a box, calls it, moves the label `x` |
| `# 3 OUTPUTS` | `outputs = Dense(1)(x)` | the last wire, with a fitting activation |
| `# 4 MODEL` | `model = Model(inputs, outputs)` | keeps what leads back to the inputs |

Then `compile`, `fit` and `evaluate`, as for any other Keras model, with a held-out part
and a baseline.

Try it on a model of your own: write it in a new cell, then `tk.show(model)`. Then
[lesson 2](02_the_same_chain_twice.ipynb) writes the same chain in another way.
"""
