# %% [markdown]
"""
# Lesson 6 · Several inputs: numbers and categories

**Goal.** You can build a model with several inputs, some of them categories, feed it so
that nothing lands at the wrong input, and check that each input is really used.

**You need** lessons 1 to 4: the four steps, wires, shapes, `Concatenate`. **Time:**
about 45 minutes; the end of section 4 is a good place for a break.

**How it works.** Run a cell with Shift+Enter. Where a question appears, commit to an
answer before you run on; the result then stands beside what you said. Nobody marks it.

<details><summary>For teachers</summary>

Items 52, 74, 83, 101, 108, 121 and 122 of the curriculum, predictions P1-P3; it argues
with the misconceptions M09, M21 and M36. Rules are those of the card.

</details>
"""

# %% [markdown]
"""
## Recall: a table and a join

The next cell loads the tools; it takes some seconds.
"""

# %% tags=["nbval-ignore-output"] reason="tells the version of Keras"
import os

# Asks TensorFlow to say less. It listens only when it starts, so this comes first.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import csv
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import Input, Model
from keras.layers import (
    Add,
    Concatenate,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    Subtract,
)
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split

import teachkit as tk

print("Keras", keras.__version__)

# %%
tk.ask("recall-embedding-of-one-number")

# %%
tk.ask("recall-width-behind-concatenate")

# %% [markdown]
"""
Both come back: a category goes through an `Embedding`, and `Concatenate` joins it with
the numbers.

## 1 · How heavy is a penguin?

On islands near Palmer Station in Antarctica, Kristen Gorman and her colleagues measured
and weighed 344 penguins. The table is in the file `data/penguins.csv`. In 333 rows
nothing is missing (`NA` means "not available"); we take these, and want to know the mass
from three measurements, the species and the sex.
"""

# %%
lines = Path("data/penguins.csv").read_text().splitlines()
penguins = [row for row in csv.DictReader(lines) if "NA" not in row.values()]

print(len(penguins), "penguins, for example")
for column, entry in penguins[0].items():
    print(f"  {column:18}", entry)

# %% [markdown]
"""
Two kinds of columns:

- **Numbers.** 39.1 mm is a little more than 38 mm. We bring them to mean 0 and spread 1.
- **Categories.** Species and sex are *names*. A network takes only numbers, so each name
  gets a code: Adelie 0, Chinstrap 1, Gentoo 2, and female 0, male 1. It is a number for
  a peg in a cloakroom: peg 2 is not twice peg 1.

83 penguins are put aside. What we scale with is computed from the other 250 only.
"""

# %%
SPECIES = ["Adelie", "Chinstrap", "Gentoo"]
SEXES = ["female", "male"]
MEASURED = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]

species_codes = np.array([[SPECIES.index(row["species"])] for row in penguins])
sex_codes = np.array([[SEXES.index(row["sex"])] for row in penguins])
millimetres = np.array([[float(row[name]) for name in MEASURED] for row in penguins])
grams = np.array([float(row["body_mass_g"]) for row in penguins])

train_rows, test_rows = train_test_split(
    np.arange(len(penguins)), test_size=83, random_state=4, stratify=species_codes
)
middle = millimetres[train_rows].mean(axis=0)
spread = millimetres[train_rows].std(axis=0)
mean_mass, mass_spread = grams[train_rows].mean(), grams[train_rows].std()

columns = {
    "measurements": (millimetres - middle) / spread,
    "species": species_codes,
    "sex": sex_codes,
}
for name, column in columns.items():
    print(f"{name:13}", column.shape, "first row:", column[0].round(2))

# %% [markdown]
"""
### Predict: a code as if it were an amount

Before we build: could the code not go into a `Dense` like any other number? Here are
the mean masses of the three species.
"""

# %%
for code, name in enumerate(SPECIES):
    mass = grams[species_codes[:, 0] == code].mean()
    print(code, f"{name:10}", round(mass), "g")

# %%
tk.ask("code-read-as-an-amount")

# %%
# 1 INPUTS
code = Input(shape=(1,), name="code")

# 2 LAYERS
line = Dense(1, name="line")

# 3 OUTPUTS
mass = line(code)

# 4 MODEL
on_a_line = Model(code, mass, name="on_a_line")

# 0 gives 3,706 and 1 gives 3,733.
line.set_weights([np.array([[27]]), np.array([3706])])
third = on_a_line(np.array([[2]])).numpy().item()
tk.ask("code-read-as-an-amount", result=round(third))

# %% [markdown]
"""
A Gentoo weighs over 5,000 g, and no weight and bias get all three right: whoever
feeds the code as a number says that the species stand in a row, evenly spaced. (More
layers could bend the line. But why ask them to undo a claim that nobody meant?)

An **`Embedding`** makes no such claim. It is a table with one row for each category:
code 2 in, row 2 out. The rows are weights, they are learned, and they have nothing to
do with each other.

## 2 · Three inputs

The four steps as always. Only step 1 has three lines now, and step 4 gets a **list**.
Every input has a `name`; it will be important.
"""

# %% items="74" fights="M09"
keras.utils.set_random_seed(2)

# 1 INPUTS
measurements = Input(shape=(3,), name="measurements")
species = Input(shape=(1,), dtype="int32", name="species")
sex = Input(shape=(1,), dtype="int32", name="sex")

# 2 LAYERS
numbers = Dense(16, activation="relu", name="numbers")(measurements)
species_row = Embedding(3, 2, name="species_table")(species)
species_row = Flatten(name="species_row")(species_row)
sex_row = Embedding(2, 2, name="sex_table")(sex)
sex_row = Flatten(name="sex_row")(sex_row)
joined = Concatenate(name="joined")([numbers, species_row, sex_row])
x = Dense(16, activation="relu", name="mixed")(joined)

# 3 OUTPUTS
mass = Dense(1, name="mass")(x)

# 4 MODEL
model = Model([measurements, species, sex], mass, name="penguin")

# %% items="74"
tk.show(model)

# %% [markdown] items="74"
"""
See three inputs, and three routes that know nothing of each other until
`joined`. **Each kind of input gets the layers that suit it; then they are joined.** The
customer with age and city, the patient with scan and blood test: the same plan.

- `Embedding` turns `(None, 1)` into `(None, 1, 2)`: two numbers for each of the *one*
  code. `Flatten` drops the axis that is not needed.
- `joined` puts 16 + 2 + 2 = 20 numbers side by side. Only in `mixed` do they meet.

Could this be a `Sequential`?
"""

# %%
tk.compare(model)

# %% [markdown] fights="M09"
"""
It could not, for two reasons: in a `Sequential` no input has a path of its own, and no
layer reads three wires.

### Predict: another merge

Lesson 4 had other merges. Suppose we write `Add()` in the place of `Concatenate()`.
"""

# %%
tk.ask("add-for-three-routes")

# %% fights="M09"
try:
    wire = Add()([numbers, species_row, sex_row])
    came_out = f"{wire.shape[-1]} numbers"
except ValueError:
    came_out = "refused"
tk.ask("add-for-three-routes", result=came_out)

# %% [markdown]
"""
Now train it. Inputs are handed over in a **dict**: its keys are the names of the inputs.
Masses are scaled too, so the network answers in spreads, and we turn that back into
grams. We measure the **mean absolute error** (MAE): how many grams is it off, on
average? The baseline always says the mean mass of the training penguins.
"""

# %% items="83"
train_inputs = {name: column[train_rows] for name, column in columns.items()}
test_inputs = {name: column[test_rows] for name, column in columns.items()}
train_masses = (grams[train_rows] - mean_mass) / mass_spread


def train(model, inputs=train_inputs, masses=train_masses):
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    model.fit(inputs, masses, epochs=12, batch_size=16, verbose=0)


def grams_off(model, inputs=test_inputs, rows=test_rows):
    answers = model(inputs).numpy().ravel() * mass_spread + mean_mass
    return np.abs(answers - grams[rows]).mean()


train(model)
both_off = grams_off(model)
baseline = np.abs(grams[test_rows] - mean_mass).mean()
print("baseline, off on held-out penguins:", round(baseline), "g")
print("three inputs, off by less than half of it:", both_off < baseline / 2)

# %% [markdown]
"""
The error is less than half of the baseline's, for birds of about 4,200 g. (Why `.ravel()`? The model answers with shape `(83, 1)`, and `grams` has shape `(83,)`.
Subtract these as they are, and NumPy repeats both until it has 83 × 83 differences,
without a word.)

What happens to one penguin on its way? Step through the run, and look at `species_table`:
the code goes in, and one row of the table comes out.
"""

# %% tags=["nbval-ignore-output"] reason="shows trained numbers, which differ between machines"
first_gentoo = np.flatnonzero(test_inputs["species"][:, 0] == 2)[0]
one_penguin = {
    name: column[first_gentoo : first_gentoo + 1]
    for name, column in test_inputs.items()
}
run = tk.trace(model, one_penguin)
run

# %%
table = model.get_layer("species_table").get_weights()[0]
code = one_penguin["species"].item()
same_row = np.array_equal(run["species_row"][0], table[code])
print("table of the species:", table.shape)
print(f"row {code} of it came out:", same_row)

# %% [markdown]
"""
## 3 · What does each kind of input bring?

The same network with fewer inputs: one that sees only the three measurements, and one
that sees only species and sex, no measurement at all.
"""


# %%
def measurements_only():
    keras.utils.set_random_seed(2)

    # 1 INPUTS
    measurements = Input(shape=(3,), name="measurements")

    # 2 LAYERS
    x = Dense(16, activation="relu", name="numbers")(measurements)
    x = Dense(16, activation="relu", name="mixed")(x)

    # 3 OUTPUTS
    mass = Dense(1, name="mass")(x)

    # 4 MODEL
    return Model(measurements, mass, name="measurements_only")


# %%
def species_and_sex():
    keras.utils.set_random_seed(2)

    # 1 INPUTS
    species = Input(shape=(1,), dtype="int32", name="species")
    sex = Input(shape=(1,), dtype="int32", name="sex")

    # 2 LAYERS
    species_row = Flatten(name="species_row")(
        Embedding(3, 2, name="species_table")(species)
    )
    sex_row = Flatten(name="sex_row")(Embedding(2, 2, name="sex_table")(sex))
    x = Concatenate(name="joined")([species_row, sex_row])
    x = Dense(16, activation="relu", name="mixed")(x)

    # 3 OUTPUTS
    mass = Dense(1, name="mass")(x)

    # 4 MODEL
    return Model([species, sex], mass, name="species_and_sex")


# %%
tk.ask("names-against-measurements")

# %% tags=["nbval-ignore-output"] reason="errors differ a little between machines"
train_names = {name: train_inputs[name] for name in ("species", "sex")}
test_names = {name: test_inputs[name] for name in ("species", "sex")}

numbers_only, categories_only = measurements_only(), species_and_sex()
train(numbers_only, train_inputs["measurements"])
train(categories_only, train_names)
numbers_off = grams_off(numbers_only, test_inputs["measurements"])
categories_off = grams_off(categories_only, test_names)
ratio = categories_off / numbers_off
tk.ask(
    "names-against-measurements",
    result="worse" if ratio > 1.25 else "better" if ratio < 0.8 else "alike",
    details=f"""Off, on held-out penguins:
the mean for everybody {baseline:.0f} g,
measurements only {numbers_off:.0f} g,
species and sex only {categories_off:.0f} g.""",
)

# %% [markdown]
"""
Two words tell as much about the mass as three measurements. And together?
"""

# %%
tk.ask("both-kinds-together")

# %% tags=["nbval-ignore-output"] reason="errors differ a little between machines"
gain = both_off / min(numbers_off, categories_off)
tk.ask(
    "both-kinds-together",
    result="half" if gain < 0.6 else "little" if gain < 1 else "worse",
    details=f"""Off, on held-out penguins:
measurements only {numbers_off:.0f} g,
species and sex only {categories_off:.0f} g,
both {both_off:.0f} g.""",
)

# %% [markdown]
"""
So what two kinds of input bring does not add up. A Gentoo is heavy *and* has long flippers; who
knows the flippers has half guessed the species. Only what an input says **beyond** the
others can help.

How sure is "a little"? We split the penguins in five ways and trained twice on each.
The model with both kinds of input was ahead of the better single one nine times, by 2
to 8 in a hundred, and level with it once; the training above is one of the luckiest. So
the gain is small, but nearly always there. One training alone could not have told.

Did it take a network at all? A **linear regression** is one weighted sum of its columns,
a single `Dense(1)`. It gets the same: the measurements, and for each species and each sex
a column with 1 for yes and 0 for no (section 9 comes back to these).
"""

# %%
yes_or_no = np.hstack([np.eye(3)[species_codes[:, 0]], np.eye(2)[sex_codes[:, 0]]])
chosen = {
    "measurements only": columns["measurements"],
    "species and sex only": yes_or_no,
    "both": np.hstack([columns["measurements"], yes_or_no]),
}
print("linear regression, off on held-out penguins:")
for kinds, rows in chosen.items():
    weighted_sum = LinearRegression().fit(rows[train_rows], grams[train_rows])
    answers = weighted_sum.predict(rows[test_rows])
    sum_off = np.abs(answers - grams[test_rows]).mean()
    print(f"  {kinds:20}", round(sum_off), "g")
print("the network with both, less than 30 g apart:", abs(both_off - sum_off) < 30)

# %% [markdown]
"""
An honest note: **for these penguins no network is needed**; one weighted sum does about
as well. What you take from here is the plan, each kind of input through its own layers,
and it carries on where no weighted sum will do: with pictures, with texts.

## 4 · Which input does it use?

A simple test that works for every model. **Shuffle one input** among the held-out rows:
each penguin gets the species of another one, all else stays. The error grows. The more
it grows, the more the model has relied on that input. (Ten shuffles, and their mean,
since one shuffle may be lucky.)
"""

# %%
tk.ask("which-input-is-missed-most")


# %%
def shuffled(inputs, name, generator):
    changed = dict(inputs)
    changed[name] = generator.permutation(inputs[name])
    return changed


def harm_of_shuffling(model, inputs=test_inputs):
    generator = np.random.default_rng(0)
    before = grams_off(model, inputs)
    harm = {}
    for name in inputs:
        worse = []
        for _ in range(10):
            changed = shuffled(inputs, name, generator)
            worse.append(grams_off(model, changed) - before)
        harm[name] = np.mean(worse)
    return harm


harm = harm_of_shuffling(model)
tk.ask("which-input-is-missed-most", result=max(harm, key=harm.get))


# %%
def draw_bars(harm, title):
    plt.figure(figsize=(6, 2.2), layout="constrained")
    plt.barh(list(harm), list(harm.values()))
    plt.gca().invert_yaxis()
    plt.xlabel("grams worse when this input is shuffled")
    plt.title(title, fontsize=10)
    plt.show()


draw_bars(harm, "what the trained model relies on")

# %% [markdown]
"""
These are *ablation bars*. The bar of `measurements` is by far the longest. (In other
splits and with other seeds it was the longest too, though not always by far; the other two
change places.)

Look at `species`: its bar is short, although section 3 has shown that species and sex
alone are as good as all measurements. How can that be?
"""

# %%
tk.ask("why-is-the-bar-of-species-short")

# %% [markdown]
"""
How well do the measurements give the species away? We guess for each held-out penguin
the species whose mean measurements are nearest:
"""

# %%
train_kinds = train_inputs["species"][:, 0]
centres = np.array(
    [
        train_inputs["measurements"][train_kinds == code].mean(axis=0)
        for code in range(3)
    ]
)
away = np.linalg.norm(test_inputs["measurements"][:, np.newaxis] - centres, axis=-1)
right_guesses = np.mean(away.argmin(axis=1) == test_inputs["species"][:, 0])
print("species guessed right for more than 0.90:", right_guesses > 0.90)

# %% [markdown]
"""
So read the bars as *what this model relies on*, not as *what matters for penguins*.

### A slip

Someone builds the model in a hurry and forgets `sex_row` in the list of `Concatenate`.
The input `sex` is still listed in `Model(...)`.
"""


# %% items="121"
def without_sex_row():
    keras.utils.set_random_seed(2)

    # 1 INPUTS
    measurements = Input(shape=(3,), name="measurements")
    species = Input(shape=(1,), dtype="int32", name="species")
    sex = Input(shape=(1,), dtype="int32", name="sex")

    # 2 LAYERS
    numbers = Dense(16, activation="relu", name="numbers")(measurements)
    species_row = Embedding(3, 2, name="species_table")(species)
    species_row = Flatten(name="species_row")(species_row)
    sex_row = Embedding(2, 2, name="sex_table")(sex)
    sex_row = Flatten(name="sex_row")(sex_row)
    joined = Concatenate(name="joined")([numbers, species_row])
    x = Dense(16, activation="relu", name="mixed")(joined)

    # 3 OUTPUTS
    mass = Dense(1, name="mass")(x)

    # 4 MODEL
    return Model([measurements, species, sex], mass, name="forgetful")


# %%
tk.ask("unused-input")

# %% items="121" fights="M36"
try:
    forgetful = without_sex_row()
    came_out = "accepted"
except ValueError:
    came_out = "refused"
tk.ask("unused-input", result=came_out)

# %% items="121"
harm = harm_of_shuffling(forgetful)
print("shuffling sex changes the error by exactly", harm["sex"], "g")

# %% [markdown] items="121"
"""
The model runs, could be trained and would give decent answers. It never looks at `sex`,
and nobody would know. (The two layers that were called for it are gone, too.) Two ways to
find out: a bar of length zero, which is always worth a look, and the picture, where no
arrow leaves `sex`:
"""

# %% items="121"
tk.show(forgetful)

# %% [markdown] items="121"
"""
> **Rule 5.** `Model(inputs, outputs)` keeps what it finds walking backwards from the
> outputs. Anything else is not in the model.

The way back never meets `sex`. It is kept as an input only because you listed it.
(Some older versions of Keras 3 refused such a model.)

## 5 · Which plug into which socket?

The smallest model with two inputs: it computes a − b.
"""

# %%
# 1 INPUTS
a = Input(shape=(1,), name="a")
b = Input(shape=(1,), name="b")

# 2 LAYERS
minus = Subtract(name="minus")([a, b])

# 3 OUTPUTS
outputs = minus

# 4 MODEL
difference = Model([a, b], outputs, name="difference")

five, two = np.array([[5.0]]), np.array([[2.0]])
print("5 − 2 =", difference.predict([five, two], verbose=0).item())

# %% [markdown]
"""
### Predict: the list swapped

Somebody stores the data under the right labels, `a = 5` and `b = 2`, but writes the list
the other way round.
"""

# %%
tk.ask("list-in-the-wrong-order")

# %% items="122" fights="M21"
data = {"a": five, "b": two}
try:
    came_out = difference.predict([data["b"], data["a"]], verbose=0).item()
except ValueError:
    came_out = "error"
tk.ask("list-in-the-wrong-order", result=came_out)

# %% [markdown] items="122" fights="M21"
"""
Silence, and the sign has flipped. In a list the first array goes to the first input of
`Model([a, b], ...)`, whatever it is called in Python. Keras cannot see what you mean.

In a **dict** each array carries the name of its input, and then the order does not
matter:
"""

# %% items="83 122" fights="M21"
one_order = difference.predict({"a": five, "b": two}, verbose=0).item()
other_order = difference.predict({"b": two, "a": five}, verbose=0).item()
print(one_order, other_order)

# %% [markdown] items="83"
"""
The keys are the names in `Input(..., name="a")`, not the names of your Python variables.
And if a name is misspelt?
"""

# %%
tk.ask("misspelt-key")

# %% items="83 122"
try:
    difference.predict({"A": five, "b": two}, verbose=0)
    came_out, message = "runs", ""
except ValueError as error:
    came_out, message = "refused", str(error)
tk.ask("misspelt-key", result=came_out, details=message)

# %% [markdown] items="83"
"""
That is the second advantage of a dict: a slip is *told*, in words that help. A key too
many is not told, though; Keras takes the arrays whose names it knows, and leaves the
rest:
"""

# %% items="83"
with_more = {"a": five, "b": two, "ring": five}
print(difference.predict(with_more, verbose=0).item())

# %% [markdown] items="122" fights="M21"
"""
Are lists safe for our penguins, where the shapes differ? We try three orders on held-out
penguins; two of the species only, Adelie and Chinstrap (codes 0 and 1).
"""

# %% items="122" fights="M21"
small_birds = test_inputs["species"][:, 0] < 2
parts = {name: column[small_birds] for name, column in test_inputs.items()}
right = model(parts).numpy() * mass_spread


def try_order(names):
    try:
        answers = model([parts[name] for name in names]).numpy() * mass_spread
    except ValueError:
        return "an error"
    if np.allclose(answers, right, atol=1):
        return "right"
    return "no error, other masses"


for order in (
    ["measurements", "species", "sex"],
    ["species", "measurements", "sex"],
    ["measurements", "sex", "species"],
):
    print(", ".join(order), "→", try_order(order))

# %% [markdown] items="122" fights="M21"
"""
Where widths differ, Keras complains. Where they agree, it does not: species went into the
table of the sexes and sex into the table of the species, and out came masses. (With a
Gentoo among them it stops, at least without a graphics card: the table of the sexes has
no row 2. So the same mistake may pass on Monday and fail on Tuesday, depending on who
was measured.)

**Targets and losses** of a model with several outputs go the same way: a list is matched
by position, a dict by name. Here `minus` and `plus` are both computed exactly, so the
right loss is 0.
"""

# %% items="122" fights="M21"
plus = Add(name="plus")([a, b])
in_a_list = Model([a, b], [minus, plus], name="in_a_list")
in_a_list.compile(loss=["mse", "mse"])
by_name = Model([a, b], {"minus": minus, "plus": plus}, name="by_name")
by_name.compile(loss={"minus": "mse", "plus": "mse"})

three, seven = five - two, five + two
swapped = in_a_list.evaluate(data, [seven, three], verbose=0, return_dict=True)
named = by_name.evaluate(
    data, {"plus": seven, "minus": three}, verbose=0, return_dict=True
)
print("list, swapped: no error, loss", swapped["loss"])
print("dict:          loss", named["loss"])

# %% [markdown] items="122" fights="M21"
"""
(7 − 3)² + (3 − 7)² = 32: it would now train both outputs to give the other's answer.
**So feed by name.** It costs a few letters.
"""

# %% [markdown] fights="M36"
"""
## 6 · What if: one more input

"The more inputs, the better", many think. Suppose each penguin carries a ring with a
number of eight digits. (We draw the numbers by lot.) A ring says nothing about mass.
Does the network find that out, and leave it alone?

This time there are only 40 penguins to learn from, as in many a real study. Each digit
becomes ten places, nine zeros and a one, so a ring is a row of 80 numbers.
"""

# %% fights="M36"
digits = np.random.default_rng(5).integers(0, 10, size=(len(penguins), 8))
rings = np.eye(10)[digits].reshape(-1, 80)

few_rows = train_rows[:40]
few_masses = (grams[few_rows] - mean_mass) / mass_spread
few = {"measurements": columns["measurements"][few_rows], "ring": rings[few_rows]}
new = {"measurements": columns["measurements"][test_rows], "ring": rings[test_rows]}
print("to learn from:", few["measurements"].shape, "and", few["ring"].shape)


# %% fights="M36"
def measurements_and_ring():
    keras.utils.set_random_seed(2)

    # 1 INPUTS
    measurements = Input(shape=(3,), name="measurements")
    ring = Input(shape=(80,), name="ring")

    # 2 LAYERS
    numbers = Dense(16, activation="relu", name="numbers")(measurements)
    from_ring = Dense(16, activation="relu", name="from_ring")(ring)
    x = Concatenate(name="joined")([numbers, from_ring])
    x = Dense(16, activation="relu", name="mixed")(x)

    # 3 OUTPUTS
    mass = Dense(1, name="mass")(x)

    # 4 MODEL
    return Model([measurements, ring], mass, name="measurements_and_ring")


def train_long(model, inputs):
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    model.fit(inputs, few_masses, epochs=40, batch_size=20, verbose=0)


# %%
tk.ask("ring-number-as-input")

# %% tags=["nbval-ignore-output"] reason="errors differ a little between machines" fights="M36"
without_ring, with_ring = measurements_only(), measurements_and_ring()
train_long(without_ring, few["measurements"])
train_long(with_ring, few)

without_off = grams_off(without_ring, new["measurements"])
with_off = grams_off(with_ring, new)
change = with_off / without_off
tk.ask(
    "ring-number-as-input",
    result="larger" if change > 1.1 else "smaller" if change < 0.9 else "same",
    details=f"""Off, on held-out penguins:
without the ring {without_off:.0f} g, with the ring {with_off:.0f} g.""",
)

# %% [markdown] fights="M36"
"""
Where does the harm come from? Look at the 40 penguins that it has *learned* from:
"""

# %% fights="M36"
learned_off = grams_off(with_ring, few, few_rows)
print("on the 40 it has learned from, off by less than 40 g:", learned_off < 40)
print("on new ones, at least 100 g more:", with_off > learned_off + 100)

# %% [markdown] fights="M36"
"""
It knows these 40 nearly by heart: a ring number is different for every penguin, so with
it one can tell each of them from all others. On new penguins, whose rings it has never
seen, that is worse than nothing. (We tried 21 times, with other splits and seeds: the ring
never helped. Three times it did hardly any harm, less than a tenth; mostly the error grew
by a quarter or more.)

Turn the knob yourself: write 250 in place of 40 above, and run the four cells again.
With more penguins the harm gets smaller, but it does not go away.

An input may help, do nothing, or do harm. Which of them, only the held-out part tells.
Customer numbers and names of files are such rings.
"""

# %% [markdown] items="52"
"""
## 7 · A picture and a text

An article shows several inputs with this line, where one input is a picture and the
other a text of 100 word codes:

```python
joined = Concatenate()([image_input, text_input])
```
"""

# %%
tk.ask("picture-beside-text")

# %% items="52"
image_input = Input(shape=(32, 32, 3), name="image_input")
text_input = Input(shape=(100,), dtype="int32", name="text_input")
try:
    wire = Concatenate()([image_input, text_input])
    came_out, message = f"{wire.shape[-1]} numbers", ""
except ValueError as error:
    came_out, message = "refused", str(error)
tk.ask("picture-beside-text", result=came_out, details=message)

# %% [markdown] items="52"
"""
**Encode first, then join.** Each input gets layers that end in a plain vector, and
vectors can be put side by side whatever their lengths:
"""

# %% items="52"
features = Conv2D(8, 3, activation="relu", name="look")(image_input)
seen = GlobalAveragePooling2D(name="seen")(features)
words = Embedding(1000, 4, name="word_table")(text_input)
read = GlobalAveragePooling1D(name="read")(words)
joined = Concatenate(name="joined")([seen, read])
print("picture:", seen.shape, " text:", read.shape, " joined:", joined.shape)

# %% [markdown] items="52"
"""
Words are categories, 1,000 of them here, so the text goes through a table as well; then
the rows of its 100 words are averaged.

## 8 · Your turn

### The last step is missing

A shop asks: will this customer come back? It knows a `profile` of five numbers, the
`city` (one of 40), and what was spent in each of the last twelve months, `history`.
Replace the three dots; the inputs in this order.
"""

# %% items="74 101"
# 1 INPUTS
profile = Input(shape=(5,), name="profile")
city = Input(shape=(1,), dtype="int32", name="city")
history = Input(shape=(12,), name="history")

# 2 LAYERS
who = Dense(8, activation="relu", name="who")(profile)
where = Flatten(name="where")(Embedding(40, 4, name="city_table")(city))
habits = Dense(8, activation="relu", name="habits")(history)
x = Concatenate(name="joined")([who, where, habits])
x = Dense(16, activation="relu", name="mixed")(x)

# 3 OUTPUTS
returns = Dense(1, activation="sigmoid", name="returns")(x)

# 4 MODEL
customer = ...

if customer is ...:
    print("Not written yet: step 4.")
else:
    print("Your model:", customer.count_params(), "numbers. The solution has 665.")

# %% [markdown]
"""
The next cell is a solution. Click its three dots to unfold it.
"""

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
customer = Model([profile, city, history], returns, name="customer")
print("Solution:", customer.count_params(), "numbers: 48 + 160 + 104 + 336 + 17")

# %% items="101"
tk.show(customer)

# %% [markdown] items="101"
"""
See how `city` alone takes the way through a table. Its 160 numbers, 40 rows of 4, stand
for what the shop may learn about 40 cities.
"""

# %%
tk.ask("why-three-inputs-in-the-list")

# %% [markdown]
"""
### The last two steps are missing

A hospital has a small scan of each patient, 32 × 32 with one channel, and ten values
from the laboratory. Both are encoded already. Join the two, and give one number from 0
to 1, the chance that the patient is ill.
"""

# %% items="52 108"
# 1 INPUTS
scan = Input(shape=(32, 32, 1), name="scan")
laboratory = Input(shape=(10,), name="laboratory")

# 2 LAYERS
features = Conv2D(8, 3, activation="relu", name="look")(scan)
seen = GlobalAveragePooling2D(name="seen")(features)
values = Dense(8, activation="relu", name="values")(laboratory)

# 3 OUTPUTS
joined = ...
ill = ...

# 4 MODEL
patient = ...

if joined is ... or ill is ... or patient is ...:
    print("Not written yet: steps 3 and 4.")
else:
    print("Your calls:", [call.type for call in tk.read(patient).calls])
    print("Your model:", patient.count_params(), "numbers. The solution has 185.")

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
joined = Concatenate(name="joined")([seen, values])
ill = Dense(1, activation="sigmoid", name="ill")(joined)
patient = Model([scan, laboratory], ill, name="patient")
print("Solution:", patient.count_params(), "numbers: 80 + 88 + 17")

# %% items="108"
tk.show(patient)

# %% [markdown] items="108"
"""
See the two shapes at the top, `(None, 32, 32, 1)` and `(None, 10)`. When they arrive at
`joined`, both are vectors of 8.
"""

# %%
tk.ask("why-the-scan-is-averaged-first")

# %% [markdown]
"""
### Build alone

[Numbers and a category](exercises/06/penguin-mass.ipynb) ·
[The swapped plugs](exercises/06/feed-by-name.ipynb) ·
[Three instruments, three towers](exercises/06/three-gauges.ipynb)
"""

# %% [markdown]
"""
## 9 · Decide: one-hot or Embedding?

There is a second way to feed a category. **One-hot**: as many places as there are
categories, a 1 at the place of the code, 0 elsewhere. Chinstrap, code 1 of 3, becomes
`[0, 1, 0]`. The rings of section 6 were made so. What does a `Dense` make of it?
"""

# %%
tk.ask("one-hot-through-dense")

# %%
one_hot = np.eye(3)[test_inputs["species"][:, 0]]
without_bias = Dense(2, use_bias=False, name="one_hot_layer")
without_bias.build(one_hot.shape)
without_bias.set_weights([table])

from_one_hot = without_bias(one_hot).numpy()
from_table = model.get_layer("species_table")(test_inputs["species"])[:, 0].numpy()
gap = np.abs(from_one_hot - from_table).max()
tk.ask("one-hot-through-dense", result="exactly" if gap == 0 else "not")

# %% [markdown]
"""
A row of zeros with a single 1, times a table, *is* a row of the table. So an `Embedding`
is a `Dense` without bias on one-hot numbers that skips multiplying by zero. The choice
is one of cost and comfort:
"""

# %%
tk.ask("decide-three-species")

# %%
tk.ask("decide-forty-thousand-products")

# %% [markdown]
"""
## 10 · Five questions
"""

# %%
tk.ask("key-of-the-dict")

# %%
tk.ask("two-inputs-of-eight")

# %%
tk.ask("code-too-large-for-the-table")

# %%
tk.ask("bar-of-length-zero")

# %%
tk.ask("joined-by-add-after-dense")

# %% [markdown]
"""
## What you take with you

| you have | you write | it becomes |
|---|---|---|
| numbers | `Input((3,), name="measurements")`, then `Dense` | a vector |
| a category | `Input((1,), dtype="int32", name="species")`, then `Embedding`, `Flatten` | a vector |
| a picture | `Input((32, 32, 1), name="scan")`, then `Conv2D` and pooling or `Flatten` | a vector |
| several vectors | `Concatenate()([...])` | one vector |
| a model of them | `Model([a, b, c], outputs)` | |
| data for it | `fit({"measurements": ..., "species": ...}, targets)` | by name |

- A code is a name, not an amount.
- A list goes by position, a dict by name. A list in the wrong order is often silent.
- Shuffle an input: how much worse? Exactly no worse means that it goes nowhere
  ([rule 5](rules.html#rule-5)).
- More inputs can help, do nothing, or do harm. Ask the held-out part.

Next: what if two inputs are of the *same* kind, say two pictures to be compared? Then
both can go through one and the same layer: [lesson 9](09_siamese_twins.ipynb).
"""
