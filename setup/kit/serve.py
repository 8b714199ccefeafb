"""setup/run: make the database if need be, start Odoo, print address and log-ins."""

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from kit.databases import Databases, check_name
from kit.locks import exclusive, try_exclusive
from kit.odoo import Odoo
from kit.recipes import Recipes
from kit.shell import die_with_parent
from kit.words import SetupError, say

LOGINS = {
    "klara": "Sachbearbeitung",
    "lena": "nur Lesen",
    "markus": "Verwaltung der Kundendatei",
    "dagmar": "Datenschutz",
    "anton": "Buchhaltung",
    "mira": "Marketing",
    "admin": "Administration",
}
START_SECONDS = 120
END_SECONDS = 20


def serve(workplace, options):
    """Make what is missing, start Odoo and stay until it ends."""
    check_name(options.db)
    _check_port(options.host, options.port)
    databases, odoo = Databases(workplace), Odoo(workplace)
    alone = try_exclusive(workplace.places.home / f"run-{options.db}.lock")
    if alone is None:
        raise SetupError(
            f"The database {options.db} is already being served.",
            "another setup/run is at work",
            "use that one, or choose another database: setup/run --db NAME --port PORT",
        )
    if options.reset:
        say(f"{options.db}: throwing the database away, as --reset says")
        databases.drop(options.db)
    ensure(workplace, databases, odoo, options.db, demo=not options.no_demo)
    _set_report_url(databases, options)
    _run_server(workplace, odoo, databases, options)


def ensure(workplace, databases, odoo, name, demo=True):
    """Make the working database, or bring it up to date with the code; its data stay."""
    recipes = Recipes(odoo, databases)
    lock = workplace.places.home / f"make-{name}.lock"
    with exclusive(lock, f"{name}: waiting for another start that makes it"):
        if not databases.exists(name):
            databases.build(name, recipes.kunden_mark(), lambda new: recipes.make_kunden(new, demo))
        elif databases.mark(name) != recipes.kunden_mark():
            say(f"{name}: the code has changed, bringing the database up to date")
            odoo.update(name)
            databases.set_mark(name, recipes.kunden_mark())


def _check_port(host, port):
    """Refuse a port that is taken before minutes of work."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise SetupError(
                f"{host}:{port} cannot be served.",
                error.strerror,
                f"end the program that uses it, or choose another: setup/run --port {port + 1}",
            ) from error


def _set_report_url(databases, options):
    """Letters and invoices fetch their styles from here while they are printed."""
    databases.tell(
        "insert into ir_config_parameter (key, value) values"
        f" ('report.url', 'http://{_reachable(options.host)}:{options.port}')"
        " on conflict (key) do update set value = excluded.value",
        "The address for printing could not be set.",
        database=options.db,
    )


def _reachable(host):
    return "127.0.0.1" if host == "0.0.0.0" else host


def _run_server(workplace, odoo, databases, options):
    log = workplace.places.logs / f"server-{options.db}.log"
    say(f"Odoo: starting (its log: {log})")
    command = odoo.command(
        "server",
        "-d",
        options.db,
        "--db-filter",
        f"^{options.db}$",
        "--http-interface",
        options.host,
        "--http-port",
        options.port,
        "--max-cron-threads",
        "1",
        "--logfile",
        log,
    )
    with open(log, "ab") as output:
        # A session of its own: Ctrl-C reaches Odoo through us, once.
        server = subprocess.Popen(
            command,
            env=workplace.environment(),
            cwd=workplace.places.home,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    try:
        _wait_until_it_answers(server, options, log)
        _print_logins(databases, options)
        server.wait()
        raise SetupError("Odoo has ended by itself.", f"see the end of {log}", "start again")
    except KeyboardInterrupt:
        say("Odoo: ending")
    finally:
        _end(server)


def _wait_until_it_answers(server, options, log):
    url = f"http://{_reachable(options.host)}:{options.port}/web/health"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SetupError("Odoo does not start.", f"see the end of {log}", "mend that and start again")


def _end(server):
    """End the server as it wishes, else by force; pressing Ctrl-C again changes nothing."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def _print_logins(databases, options):
    """The address and who can log in, on standard output."""
    present = databases.ask("select login from res_users where active", database=options.db)
    logins = [login for login in LOGINS if login in (present or "").splitlines()]
    print(f"\nKunden-CRM: http://{_reachable(options.host)}:{options.port}\n")
    for login in logins:
        print(f"  {login:8} password {login:8} {LOGINS[login]}")
    print("\nCtrl-C ends it; the data stay.", flush=True)
