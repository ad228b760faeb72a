"""Files of models: read as the model is, or refused with a reason."""

from __future__ import annotations

import json
import zipfile

import keras
import pytest
from keras import layers

import teachkit as tk
from teachkit.errors import FileError
from tests.models import build


class Unregistered(layers.Layer):
    """A layer of which a fresh Keras knows nothing."""

    def call(self, inputs):
        return inputs * 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a good file, and what can become of it."""
    folder = tmp_path_factory.mktemp("files")
    x = keras.Input((4,), name="x")
    build("chain").save(folder / "good.keras")
    keras.Model(x, layers.Lambda(lambda t: t)(x)).save(folder / "lambda.keras")
    keras.Model(x, Unregistered()(x)).save(folder / "unregistered.keras")
    unbuilt = keras.Sequential([layers.Dense(2, name="dense")])
    with pytest.warns(UserWarning, match="not yet been built"):
        unbuilt.save(folder / "unbuilt.keras")
    good = (folder / "good.keras").read_bytes()
    (folder / "half.keras").write_bytes(good[: len(good) // 2])
    (folder / "empty.keras").touch()
    (folder / "text.keras").write_text("import keras")
    (folder / "good.h5").write_bytes(good)
    (folder / "folder.keras").mkdir()
    with zipfile.ZipFile(folder / "other.keras", "w") as archive:
        archive.writestr("hello.txt", "hello")
    return folder


def changed(folder, name, change):
    """Write the good file once more, with another configuration."""
    with zipfile.ZipFile(folder / "good.keras") as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    config = json.loads(files["config.json"])
    change(config)
    files["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(folder / name, "w") as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)
    return folder / name


class TestGoodFiles:
    @pytest.mark.parametrize("kind", [str, lambda path: path])
    def test_they_read_like_the_model_by_text_or_path(self, folder, kind, zoo):
        assert tk.read(kind(folder / "good.keras")) == zoo["chain"].graph

    def test_an_unbuilt_sequential_model_has_no_shapes(self, folder):
        graph = tk.read(folder / "unbuilt.keras")

        assert [call.id for call in graph.calls] == ["dense"]
        assert graph.outputs[0].shape is None

    def test_warnings_of_keras_are_not_shown(self, tmp_path, recwarn):
        build("masked_nested").save(tmp_path / "masked.keras")
        recwarn.clear()
        tk.read(tmp_path / "masked.keras")

        assert len(recwarn) == 0


class TestBadFiles:
    @pytest.mark.parametrize(
        ("name", "found", "action"),
        [
            ("missing.keras", "no file there", "check the name"),
            ("folder.keras", "a folder", "check the name"),
            ("good.h5", "good.h5, which does not end in .keras", "the ending .keras"),
            ("half.keras", "half.keras, which is not one", "save or copy"),
            ("empty.keras", "empty.keras, which is not one", "save or copy"),
            ("text.keras", "text.keras, which is not one", "save or copy"),
            ("other.keras", "other.keras, which Keras cannot load", "save the model"),
            ("lambda.keras", "lambda.keras, which holds a Lambda layer", "keras.ops"),
            ("x" * 10_000 + ".keras", "no file there", "check the name"),
            ("\0.keras", "no file there", "check the name"),
            ("", "a folder", "check the name"),
        ],
    )
    @pytest.mark.parametrize("kind", [str, lambda path: path])
    def test_they_are_refused_with_a_reason(self, folder, kind, name, found, action):
        with pytest.raises(FileError) as caught:
            tk.read(kind(folder / name))

        assert caught.value.found.startswith(found)
        assert action in caught.value.action
        assert len(str(caught.value)) < 500

    def test_an_unknown_class_is_named(self, folder, monkeypatch):
        # Emptied for this test alone: others have registered classes of their own.
        known = keras.saving.get_custom_objects()
        for name in list(known):
            monkeypatch.delitem(known, name)
        with pytest.raises(FileError) as caught:
            tk.read(folder / "unregistered.keras")

        assert "needs the class 'Unregistered'" in caught.value.found
        assert "register_keras_serializable" in caught.value.action

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (lambda c: c["config"]["layers"][1]["config"].update(units=-3), "-3"),
            (lambda c: c["config"].pop("layers"), "layers"),
            (lambda c: c["config"]["layers"][1].update(class_name="Nope"), "Nope"),
            (lambda c: c.clear(), ""),
        ],
    )
    def test_a_damaged_configuration_tells_what_is_wrong(self, folder, change, reason):
        path = changed(folder, "damaged.keras", change)
        with pytest.raises(FileError) as caught:
            tk.read(path)

        assert "damaged.keras" in caught.value.found

    def test_a_class_from_elsewhere_is_not_made(self, folder):
        def elsewhere(config):
            config["config"]["layers"][1].update(module="os", class_name="system")

        with pytest.raises(FileError, match="needs the class 'system'"):
            tk.read(changed(folder, "elsewhere.keras", elsewhere))

    def test_it_is_no_traceback_of_keras(self, folder):
        with pytest.raises(FileError) as caught:
            tk.read(folder / "other.keras")

        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


def test_loading_uses_up_no_names(folder):
    keras.utils.clear_session()
    first = layers.Dense(1).name
    tk.read(folder / "good.keras")

    assert (first, layers.Dense(1).name) == ("dense", "dense_1")
    assert layers.Layer().name == "layer"
