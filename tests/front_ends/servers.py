"""Servers of notebooks on this machine: JupyterLab with Notebook 7, and marimo.

Each runs in a folder of its own with settings of its own, so that neither what the user
of this machine has set nor what ran before is seen, and is ended by its process. Their
ports are free ones, and they answer 127.0.0.1 alone.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import teachkit

PATIENCE = 60
"""Seconds that a server has to start, and to end."""

PAUSE = 0.1
"""Seconds between two questions whether a server listens."""

JUPYTER = {
    "ServerApp": {
        "allow_root": True,  # in a container there may be no one else
        "disable_check_xsrf": True,  # the tests end sessions without a form
        "ip": "127.0.0.1",
        "open_browser": False,
        "port_retries": 0,
        "shutdown_no_activity_timeout": 900,  # should the tests die before it
    },
    "IdentityProvider": {"token": ""},
    "LabApp": {"expose_app_in_browser": True},
    "JupyterNotebookApp": {"expose_app_in_browser": True},
    "FileContentsManager": {"delete_to_trash": False},
}

FRONT_END_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}
"""Nothing asks or pops up; light and dark follow the browser."""

MARIMO = """
[runtime]
auto_instantiate = true
auto_reload = "off"
[display]
theme = "system"
[completion]
copilot = false
[save]
autosave = "off"
[server]
disable_file_downloads = true
"""

JUPYTER_FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
MARIMO_FOLDERS = {
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
}
"""What a server reads and writes beside notebooks, by the variables that say where."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its address, and the folder that it shows."""

    address: str
    work: Path


@contextmanager
def jupyter(folder: Path) -> Iterator[Server]:
    """Run one server that has both JupyterLab, at /lab, and Notebook 7, at /tree.

    Arguments:
        folder: a new or empty folder, for the notebooks and all that the server writes.

    Yields:
        Where the server is.
    """
    settings = folder / "config"
    (settings / "labconfig").mkdir(parents=True)
    _write_json(settings / "jupyter_server_config.json", JUPYTER)
    overrides = settings / "labconfig" / "default_setting_overrides.json"
    _write_json(overrides, FRONT_END_SETTINGS)
    command = ["jupyterlab", "--ServerApp.port={port}"]
    with _server(command, folder, JUPYTER_FOLDERS) as server:
        yield server


@contextmanager
def marimo(folder: Path) -> Iterator[Server]:
    """Run marimo's editor, which runs a notebook when it is opened.

    Arguments:
        folder: a new or empty folder, for the notebooks and all that the server writes.

    Yields:
        Where the server is.
    """
    settings = folder / "config" / "marimo"
    settings.mkdir(parents=True)
    (settings / "marimo.toml").write_text(MARIMO, encoding="utf-8")
    command = ["marimo", "edit", "--headless", "--no-token", "--skip-update-check"]
    command += ["--no-sandbox", "--timeout=15", "--session-ttl=1"]
    command += ["--port={port}"]
    with _server(command, folder, MARIMO_FOLDERS) as server:
        yield server


@contextmanager
def _server(
    module: list[str], folder: Path, places: Mapping[str, str]
) -> Iterator[Server]:
    """Run a module of Python as a server until the block ends, however it ends.

    Arguments:
        module: its name and its arguments; `{port}` stands for a free port.
        folder: where it runs.
        places: variables of the environment, and the folders in there that they name.

    Yields:
        Where the server is.
    """
    port = _free_port()
    private = {name: folder / place for name, place in places.items()}
    work = folder / "work"
    work.mkdir(parents=True)
    log = folder / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *(part.format(port=port) for part in module)],
            cwd=work,
            env=_environment(private),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(process, port, log)
        yield Server(f"http://127.0.0.1:{port}", work)
    finally:
        _end(process)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when a server listens.

    Raises:
        RuntimeError: it ended instead, or took too long.
    """
    for _ in range(int(PATIENCE / PAUSE)):
        if _listens(port):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(PAUSE)
            break
    said = log.read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"no server started:\n{said[-3000:]}")


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), PAUSE).close()
    except OSError:
        return False
    return True


def _environment(private: dict[str, Path]) -> dict[str, str]:
    """Return our environment, without what the user has set for Jupyter."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "MARIMO"))
    }
    root = str(Path(__file__).parents[2])
    kernels = str(Path(teachkit.__file__).parent / "_jupyter")
    return {
        **kept,
        **{name: str(path) for name, path in private.items()},
        "JUPYTER_PATH": kernels,  # `teachkit lab` gives learners this kernel
        "JUPYTER_PREFER_ENV_PATH": "1",  # and not one that the user has
        "PYTHONPATH": os.pathsep.join(filter(None, [root, kept.get("PYTHONPATH")])),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to end its kernels and itself; end it when it does not."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    """Return a free port, for a server that cannot choose one itself."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")
