"""The order of grading, its four outcomes, and what costs points."""

from __future__ import annotations

import keras
import pytest
from keras import Input, Model, Sequential, layers, ops

from teachkit.errors import WrongValueError
from teachkit.grading.answers.answering import report_on_code, report_on_names
from teachkit.grading.checking import ordered
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import PREDICATES, Predicate
from teachkit.grading.student_code.running_code import fresh_names
from tests.grading.subjects import exercise

CELLS = """
# %% start
x = Input((4,))
model = ____
# %% solution
x = Input((4,))
h = Dense(8, activation="relu", name="hidden")(x)
model = Model(x, Dense(1)(h))
"""
CRITERIA = """
params = {total = 49, weight = 2}
equivalent = true
live = true
outputs = {y = [1]}
inputs = {x = [4]}
"""


def report(code, criteria=CRITERIA, cells=CELLS, **options):
    one = exercise(criteria, cells, **options)
    return report_on_code(one, code, fresh_names(one))


def statuses(found):
    return {one.criterion: one.status for one in found.criteria}


RIGHT = "x = Input((4,))\nh = Dense(8, 'relu')(x)\nmodel = Model(x, Dense(1)(h))"


def test_all_criteria_are_asked_in_the_order_of_their_stages():
    found = report(RIGHT)
    assert [one.criterion for one in found.criteria] == [
        "outputs",
        "inputs",
        "live",
        "equivalent",
        "params",
    ]
    assert (found.status, found.score) == ("passed", 1.0)
    assert found.message.text == "All 5 criteria are met."


def test_the_first_that_fails_speaks_and_the_score_is_the_weight_of_the_rest():
    found = report(RIGHT.replace("8", "9"))
    assert found.status == "failed"
    assert statuses(found) == {
        "outputs": "passed",
        "inputs": "passed",
        "live": "passed",
        "equivalent": "failed",
        "params": "failed",
    }
    assert found.first.criterion == "equivalent"
    assert found.message is found.first.message
    assert "9" in found.message.text
    assert "8" in found.message.text
    assert found.score == pytest.approx(3 / 6)


def test_after_another_interface_nothing_else_is_asked():
    found = report(RIGHT.replace("Dense(1)", "Dense(2)"))
    assert statuses(found) == {
        "outputs": "failed",
        "inputs": "skipped",
        "live": "skipped",
        "equivalent": "skipped",
        "params": "skipped",
    }


@pytest.mark.parametrize(
    "code",
    ["", "# nothing", "x = Input((4,))\nmodel = ____", "import keras\n", "model=____"],
)
def test_what_is_no_more_than_the_start_is_not_attempted(code):
    found = report(code)
    assert (found.status, found.score) == ("not_attempted", 0.0)
    assert set(statuses(found).values()) == {"skipped"}


def test_the_given_and_the_imports_may_stand_in_an_answer_once_more():
    cells = CELLS.replace("# %% start", "# %% given\nsize = 4\n# %% start")
    begun = "import keras\nsize = 4\nx = Input((4,))\nmodel = ____"
    assert report(begun, cells=cells).status == "not_attempted"
    assert report("size = 4\n" + RIGHT, cells=cells).status == "passed"


class Pretender:
    """Says of itself that it is a model."""

    __class__ = keras.Model
    inputs = outputs = layers = ()
    built = True

    def count_params(self):
        return 49

    def __eq__(self, other):
        return True

    __hash__ = None


NO_MODELS = {
    "a layer": "model = Dense(3)",
    "a list": "model = [1]",
    "a tensor": "model = Input((4,))",
    "a class": "model = Model",
    "a function": "def model(): return 1",
    "numbers": "model = np.zeros(3)",
    "unbuilt": "model = Sequential([Dense(3)])",
    "a string": "model = 'model'",
}


@pytest.mark.parametrize("code", NO_MODELS.values(), ids=NO_MODELS)
def test_what_is_no_model_is_told(code):
    found = report(code)
    assert found.status == "failed"
    assert found.first.criterion == "model"
    assert "`model` is" in found.message.see


def test_a_pretender_is_no_model():
    one = exercise(CRITERIA, CELLS)
    found = report_on_names(one, {"model": Pretender()})
    assert (found.status, found.first.criterion) == ("failed", "model")


def test_a_missing_name_is_told_with_the_model_that_is_there():
    found = report(RIGHT.replace("model", "net"))
    assert found.first.criterion == "defined"
    assert "`net`" in found.message.text


def test_an_exception_is_told_with_the_line():
    found = report("x = Input((4,))\nmodel = nothing(x)")
    assert found.first.criterion == "runs"
    assert "line 2" in found.message.text


def lying():
    x = Input((4,))

    class Lying(Model):
        def call(self, given):
            return ops.zeros((ops.shape(given)[0], 1))

    return Lying(x, layers.Dense(1)(layers.Dense(8, activation="relu")(x)))


def test_a_graph_that_does_not_run_is_not_believed():
    one = exercise(CRITERIA + "\ncount = {op = 'Dense', n = 2}", CELLS)
    found = report_on_names(one, {"model": lying()})
    assert found.status == "failed"
    assert statuses(found)["count"] == "failed"


@pytest.fixture
def broken():
    def decides(subject):
        raise ZeroDivisionError("of ours")

    PREDICATES["broken"] = Predicate("broken", decides, Stage.BEHAVIOUR)
    yield
    del PREDICATES["broken"]


@pytest.mark.usefixtures("broken")
def test_a_fault_of_ours_costs_no_points():
    found = report(RIGHT, CRITERIA + "\nbroken = true")
    assert found.status == "error"
    assert found.score == 1.0
    assert "fault of ours" in found.message.text
    found = report(RIGHT.replace("8", "9"), CRITERIA + "\nbroken = true")
    assert found.status == "failed"
    assert found.score == pytest.approx(3 / 6)


def test_an_advice_costs_nothing():
    criteria = CRITERIA.replace(
        "{total = 49, weight = 2}", "{total = 7, advice = true}"
    )
    found = report(RIGHT, criteria)
    assert (found.status, found.score) == ("passed", 1.0)
    assert any("49 parameters" in text for text in found.advice)
    assert "params" not in statuses(found)


def test_an_author_may_say_it_in_other_words():
    criteria = CRITERIA.replace(
        "params = {total = 49, weight = 2}",
        "params = {total = 50, see = 'I count {have}.', so = '{unknown}', rule = 4}",
    )
    outcome = next(o for o in report(RIGHT, criteria).criteria if o.status == "failed")
    assert outcome.message.see == "I count 49."
    assert outcome.message.so == "{unknown}"
    assert outcome.rule == 4
    assert outcome.message.look.endswith("(rule 4)")


def test_a_stage_may_be_another_one():
    one = exercise("equivalent = true\nparams = {total = 1, stage = 'interface'}")
    names = [criterion.name for criterion, _ in ordered(one.criteria)]
    assert names == ["params", "equivalent"]


def test_an_unknown_predicate_is_told_to_the_author():
    one = exercise("symetric = ['a', 'b']\nparams = 3")
    with pytest.raises(WrongValueError, match="symetric"):
        ordered(one.criteria)


def test_the_same_answer_gives_the_same_report():
    code = RIGHT.replace("8", "9")
    keras.utils.clear_session()
    first = report(code)
    keras.utils.clear_session()
    assert report(code).to_dict() == first.to_dict()


def test_a_report_is_json_of_the_documented_form():
    data = report(RIGHT.replace("8", "9")).to_dict()
    assert set(data) == {
        "format",
        "exercise",
        "status",
        "score",
        "criteria",
        "message",
        "advice",
    }
    failed = next(one for one in data["criteria"] if one["status"] == "failed")
    assert set(failed) == {
        "criterion",
        "status",
        "weight",
        "message",
        "calls",
        "misconception",
        "rule",
    }
    assert set(failed["message"]) == {"see", "so", "look"}
    assert failed["calls"]


def test_a_sequential_model_is_as_good():
    assert report("model = Sequential([Input((4,)), Dense(8, 'relu'), Dense(1)])").score


def test_a_function_is_graded_by_what_is_made_of_it():
    cells = """
# %% solution
def grow(x):
    return Dense(8)(x)
# %% use
x = Input((4,))
model = Model(x, grow(x))
"""
    criteria = "inputs = {x = [4]}\nparams = 40"
    found = report(
        "def grow(x):\n    return Dense(8)(x)", criteria, cells, asks='"grow"'
    )
    assert found.status == "passed"
    found = report(
        "def grow(x):\n    return Dense(9)(x)", criteria, cells, asks='"grow"'
    )
    assert found.first.criterion == "params"


def test_a_finding_keeps_what_an_author_does_not_replace():
    found = Finding("I see 3.", "So 4.", facts={"n": 3}).worded({"so": "{n} it is."})
    assert (found.see, found.so) == ("I see 3.", "3 it is.")


def test_models_without_a_reference_are_graded_by_the_other_criteria():
    one = exercise(CRITERIA, "")
    x = Input((4,))
    model = Model(x, layers.Dense(1)(layers.Dense(8, activation="relu")(x)))
    assert report_on_names(one, {"model": model}).status == "passed"
    assert (
        report_on_names(
            one, {"model": Sequential([Input((4,)), layers.Dense(1)])}
        ).status
        == "failed"
    )


def test_no_exercise_accepts_samples_that_are_mixed_with_places():
    found = report(
        "x = Input((4,))\nh = ops.reshape(x, (-1, 2))\nmodel = Model(x, Dense(1)(h))",
        criteria="inputs = {x = [4]}\noutputs = {y = [1]}",
    )
    assert found.status == "failed"
    assert found.first.criterion == "one_answer_per_sample"
    assert "16 samples, and 'y' has 32 answers" in found.message.see


@pytest.mark.filterwarnings("ignore:.*does not have a `build:UserWarning")
def test_a_class_that_was_built_and_never_called_is_judged_with_its_weights():
    code = """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(8, activation="relu")
        self.out = layers.Dense(1)

    def call(self, x):
        return self.out(self.hidden(x))


model = Net()
model.build((None, 4))
"""
    criteria = 'computes = "picture"\ninputs = {x = [4]}\noutputs = {y = [1]}'
    assert report(code, criteria).status == "passed"


OWN_CHECK = (
    CELLS
    + """
# %% check
def check(model, ns):
    units = [layer.units for layer in model.layers if hasattr(layer, "units")]
    return None if max(units) <= ns["most"] else f"{max(units)} units are too many."
"""
).replace("# %% start", "# %% given\nmost = 8\n# %% start")
SHAPES = "inputs = {x = [4]}\noutputs = {y = [1]}"


def test_an_author_may_write_a_criterion_in_python():
    assert statuses(report(RIGHT, SHAPES, OWN_CHECK))["check"] == "passed"
    found = report(RIGHT.replace("8", "9"), SHAPES, OWN_CHECK)
    assert (found.status, found.first.criterion) == ("failed", "check")
    assert found.message.text == "9 units are too many."


def test_a_check_that_raises_costs_no_points():
    broken = OWN_CHECK.replace('ns["most"]', 'ns["nothing"]')
    found = report(RIGHT, SHAPES, broken)
    assert (found.status, found.score) == ("error", 1.0)
