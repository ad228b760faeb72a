#!/bin/sh
# Write constraints.txt anew: the newest versions that pyproject.toml allows.
#
# Do it with the oldest Python, since its needs include those of the others: 3.11.2, that
# of Debian 12, runs not all that 3.11.9 runs. PYTHON=... names it. Afterwards `make test`
# tells whether everything works with the new versions.
set -eu
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.11}" -m venv "$folder"
pip="$folder/bin/python -m pip"
$pip install --quiet --upgrade setuptools '.[lab,test,lint]'
{
    echo '# Exact versions of all that `make setup` installs, the same on each machine.'
    echo '# Written by scripts/renew_constraints.sh.'
    $pip freeze --all --exclude pip --exclude teachkit
} >"$folder/constraints.txt"
mv "$folder/constraints.txt" constraints.txt
