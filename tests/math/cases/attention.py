"""Configurations of layers of attention."""

from keras import layers

from tests.math.verifying import Case, In

QUERY, VALUE, KEY = In((2, 4, 3)), In((2, 5, 2)), In((2, 5, 3))
QUERY_MASK = In(given=[[1, 1, 0, 1], [1, 1, 1, 0]], dtype="bool")
VALUE_MASK = In(given=[[1, 0, 1, 0, 1], [1, 1, 1, 0, 0]], dtype="bool")
MASKS = {"mask": [QUERY_MASK, VALUE_MASK]}
CAUSAL, SCORES = {"use_causal_mask": True}, {"return_attention_scores": True}
ALL_MASKED = In(given=[[0] * 5, [1, 1, 1, 0, 0]], dtype="bool")


def plain(name, inputs=None, kwargs=None, training=False, **options):
    kind = name.partition(" ")[0]
    return Case(
        name,
        lambda: getattr(layers, kind)(**options),
        inputs or [QUERY, KEY],
        kwargs or {},
        training,
    )


def of_each(kind):
    """The options that Attention and AdditiveAttention have."""
    three = [QUERY, VALUE, KEY]
    return [
        plain(kind),
        plain(f"{kind} key", three),
        plain(f"{kind} scale", use_scale=True),
        plain(f"{kind} no scale", use_scale=False),
        plain(f"{kind} itself", [QUERY, QUERY]),
        plain(f"{kind} causal", kwargs=CAUSAL),
        plain(f"{kind} masks", three, MASKS),
        plain(f"{kind} mask of the query", kwargs={"mask": [QUERY_MASK, None]}),
        plain(f"{kind} mask of the value", kwargs={"mask": [None, VALUE_MASK]}),
        plain(f"{kind} everything masked", kwargs={"mask": [None, ALL_MASKED]}),
        plain(f"{kind} masks causal scores", three, {**MASKS, **CAUSAL, **SCORES}),
        plain(f"{kind} scores", kwargs=SCORES),
        plain(f"{kind} dropout at inference", dropout=0.5),
        plain(f"{kind} dropout in training", training=True, dropout=0.5),
        plain(
            f"{kind} dropout in training scores",
            kwargs={**SCORES, **MASKS},
            training=True,
            dropout=0.25,
        ),
        plain(f"{kind} training without dropout", training=True),
        plain(f"{kind} float16", dtype="float16", kwargs=MASKS),
    ]


CASES = [
    *of_each("Attention"),
    *of_each("AdditiveAttention"),
    plain("Attention concat", score_mode="concat"),
    plain("Attention concat scale", score_mode="concat", use_scale=True),
    plain("Attention concat masks", kwargs=MASKS, score_mode="concat"),
    plain("Attention large", [In((2, 9, 8)), In((2, 7, 8))]),
]
