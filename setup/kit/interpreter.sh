# Finds a Python that starts and is 3.10 to 3.13, and puts its path into KUNDEN_PYTHON.
# Order: $PYTHON if set (and nothing else then), python3 on PATH, python3.12 and its neighbours,
# the versions under a pyenv root. A name on PATH may be a shim that does not start: only a trial counts.
kunden_try() {
    [ -n "$1" ] || return 1
    KUNDEN_PYTHON=$("$1" -c 'import sys, venv
if not (3, 10) <= sys.version_info[:2] <= (3, 13): sys.exit(1)
print(sys.executable)' 2>/dev/null) && [ -x "$KUNDEN_PYTHON" ]
}

kunden_find() {
    if [ -n "${PYTHON:-}" ]; then
        kunden_try "$PYTHON" && return 0
        echo "PYTHON=$PYTHON does not start or is not Python 3.10 to 3.13. Remedy: set PYTHON to another one, or unset it." >&2
        return 1
    fi
    for name in python3 python3.12 python3.11 python3.13 python3.10; do
        kunden_try "$(command -v "$name" 2>/dev/null)" && return 0
    done
    for root in "${PYENV_ROOT:-}" "${HOME:-/nowhere}/.pyenv"; do
        for minor in 12 11 13 10; do
            for python in "$root"/versions/3."$minor"*/bin/python3; do
                kunden_try "$python" && return 0
            done
        done
    done
    echo "No Python 3.10 to 3.13 was found. Remedy: install one (Debian/Ubuntu: apt install python3 python3-venv), or name it: PYTHON=/path/to/python3 $0" >&2
    return 1
}

kunden_find || exit 1
