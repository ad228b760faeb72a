#!/bin/sh
# Print a Python that teachkit runs on, or tell what is missing.
#
# PYTHON=... names one; else the newest that fits is taken. The upper end is that of
# TensorFlow. Debian's Python comes without the module that makes environments; as root
# it is installed.

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
makes_environments='import ensurepip, venv'
incomplete=

if [ -n "${PYTHON:-}" ]; then
    candidates=$PYTHON
else
    candidates='python3.13 python3.12 python3.11 python3 python'
fi

complete() {
    "$1" -c "$makes_environments" >/dev/null 2>&1
}

add_module_as_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    echo "Installing $package, without which $1 makes no environment ..." >&2
    {
        apt-get -o Acquire::http::Timeout=20 update
        DEBIAN_FRONTEND=noninteractive apt-get install -y "$package"
    } </dev/null >/dev/null 2>&1
}

for candidate in $candidates; do
    "$candidate" -c "$fits" >/dev/null 2>&1 || continue
    if complete "$candidate"; then
        command -v "$candidate"
        exit
    fi
    incomplete=${incomplete:-$candidate}
done

if [ -n "$incomplete" ]; then
    if add_module_as_root "$incomplete" && complete "$incomplete"; then
        command -v "$incomplete"
        exit
    fi
    cat >&2 <<END
Expected: a Python that can make virtual environments.
Found: $incomplete, whose module ensurepip is missing.
What to do: on Debian and Ubuntu, 'apt-get install python3-venv' as root.
END
else
    name=${PYTHON:-python3}
    found=$("$name" --version 2>/dev/null) || found='nothing that runs'
    cat >&2 <<END
Expected: Python 3.11, 3.12 or 3.13, the versions that TensorFlow runs on.
Found: as $name, $found.
What to do: install one of them, or name it: make PYTHON=/path/to/python3.12 ...
END
fi
exit 1
