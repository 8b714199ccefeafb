"""The PDF printer: wkhtmltopdf with patched Qt from its wheel, first on PATH.

Without the patches there is no letterhead and no page number. On a bare machine the libraries
that it needs are unpacked privately from Debian packages.
"""

import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from kit import debian
from kit.shell import answer
from kit.words import SetupError, say

PACKAGES = {
    "libXrender.so.1": "libxrender1",
    "libXext.so.6": "libxext6",
    "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1",
    "libXau.so.6": "libxau6",
    "libXdmcp.so.6": "libxdmcp6",
    "libbsd.so.0": "libbsd0",
    "libmd.so.0": "libmd0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libexpat.so.1": "libexpat1",
    "libpng16.so.16": "libpng16-16",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
}
FONTS = "fonts-dejavu-core"
REMEDY = "install wkhtmltopdf with patched Qt (0.12.x) so that it is on PATH, and start again"


def make(places, env_bin):
    """Write `.kunden/bin/wkhtmltopdf`; raise SetupError where it cannot be made to print."""
    program = env_bin / "wkhtmltopdf-pack"
    private = places.home / "libraries"
    wrapper = places.binaries / "wkhtmltopdf"
    proof = places.binaries / "wkhtmltopdf.prints"
    if proof.is_file() and wrapper.is_file() and proof.read_text() == str(program):
        return
    say("PDF printer: trying it")
    _fetch_missing(places, program, private)
    _write(wrapper, program, private)
    complaint = _print_a_page(wrapper, places.home / "trial.pdf")
    if complaint:
        raise SetupError("wkhtmltopdf does not print.", complaint, REMEDY)
    proof.write_text(str(program))


def _fetch_missing(places, program, private):
    """Unpack the libraries and fonts that the machine lacks into the folder `private`."""
    while missing := _missing(program, private):
        say(f"PDF printer: fetching {len(missing)} libraries")
        unknown = [name for name in missing if name not in PACKAGES]
        if unknown or not debian.can_offer(debian.own_suite()):
            cause = f"these libraries are missing: {', '.join(missing)}"
            raise SetupError("wkhtmltopdf does not start.", cause, REMEDY)
        packages = sorted({PACKAGES[name] for name in missing})
        debian.fetch(places, packages, private, places.logs / "pdf.log")
    if not Path("/etc/fonts/fonts.conf").is_file():
        debian.fetch(places, [FONTS], private, places.logs / "pdf.log")
        _write_fonts(private)


class _Page(BaseHTTPRequestHandler):
    """One page for the trial."""

    def do_GET(self):
        """Answer any address with the same page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write("<html><body>Größe</body></html>".encode())

    def log_message(self, *_words):
        """Say nothing."""


class _Server(HTTPServer):
    """A server that takes a printer's hanging up for what it is."""

    def handle_error(self, _request, _address):
        """Say nothing: the printer hangs up when it has seen enough."""


def _print_a_page(wrapper, file):
    """Print a page that comes by HTTP, with a footer; what went wrong, or ""."""
    server = _Server(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    try:
        command = [str(wrapper), "-q", "--footer-html", url, url, str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        printed = file.is_file() and file.read_bytes()[:5] == b"%PDF-"
        return "" if printed else f"code {done.returncode}: {done.stderr.strip()[-300:]}"
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    finally:
        server.shutdown()
        server.server_close()
        file.unlink(missing_ok=True)


def _folders(private):
    """Where the private libraries lie."""
    return sorted({str(file.parent) for file in private.rglob("*.so*")})


def _missing(program, private):
    """The libraries that the loader does not find."""
    listed = answer(["ldd", program], env=_library_path(private)) or ""
    return sorted(set(re.findall(r"(\S+) => not found", listed)))


def _library_path(private):
    return {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": ":".join(_folders(private))}


def _write(wrapper, program, private):
    lines = ["#!/bin/sh"]
    if private.is_dir():
        lines.append(f'export LD_LIBRARY_PATH="{":".join(_folders(private))}"')
    if (private / "fonts.conf").is_file():
        lines.append(f'export FONTCONFIG_FILE="{private / "fonts.conf"}"')
    lines.append(f'exec "{program}" "$@"')
    text = "\n".join(lines) + "\n"
    if not wrapper.is_file() or wrapper.read_text() != text:
        wrapper.write_text(text)
        wrapper.chmod(0o755)


def _write_fonts(private):
    """A font configuration for a machine that has none."""
    (private / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{private}/usr/share/fonts</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{private}/font-cache</cachedir></fontconfig>\n"
    )
