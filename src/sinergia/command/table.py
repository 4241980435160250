"""The table of commands: what each takes and the words of its help. Imports nothing."""

from typing import NamedTuple


def gettext_noop(message: str) -> str:
    """Mark a message of the table for translation; it is translated when it is shown."""
    return message


class Option(NamedTuple):
    """A flag. value: what follows it, `a|b` for a choice, empty for a switch."""

    name: str
    value: str
    words: str
    is_required: bool = False


class Command(NamedTuple):
    """A row of the table; a house test compares it with the command itself.

    arguments: those in brackets may be left out.
    """

    words: str
    arguments: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


FORMAT = Option("--format", "text|json", gettext_noop("How to print the result"))
DRY_RUN = Option("--dry-run", "", gettext_noop("Read and check everything, change nothing"))
MAP = Option("--map", "FIELD=COLUMN", gettext_noop("Which column a field stands in; repeat it"))
LANGUAGE = Option("--lang", "ru|en", gettext_noop("Language of the report"))
REPORT = Option("--report", "OUT.csv", gettext_noop("Write every row that needs attention here"))
AFFINITY = Option("--affinity", "A.csv", gettext_noop("Affinities: application,expert,affinity"))
CONFLICTS = Option("--conflicts", "C.csv", gettext_noop("Forbidden pairs: application,expert"))
REVIEWS = Option(
    "--reviews", "NUMBER", gettext_noop("Experts who read each application"), is_required=True
)
MOST = Option(
    "--max-load", "NUMBER", gettext_noop("Most that one expert may read"), is_required=True
)
LEAST = Option("--min-load", "NUMBER", gettext_noop("Least that one expert must read"))
NEEDS = Option(
    "--needs", "N.csv", gettext_noop("Where applications differ in experts: application,reviews")
)
LOADS = Option("--loads", "L.csv", gettext_noop("Where experts differ in loads: expert,least,most"))

COMMANDS: dict[str, Command] = {
    "init": Command(
        gettext_noop("Prepare the database and give its first administrator a one-time link"),
        options=(
            Option(
                "--admin", "EMAIL", gettext_noop("Address of the administrator"), is_required=True
            ),
            Option("--host", "URL", gettext_noop("Address of the site, for the link")),
        ),
    ),
    "serve": Command(
        gettext_noop("Start the site and the worker beside it; Ctrl-C ends both"),
        options=(
            Option("--port", "NUMBER", gettext_noop("Port, 8000 if not given")),
            Option(
                "--host", "ADDRESS", gettext_noop("Address to listen on, 127.0.0.1 if not given")
            ),
        ),
    ),
    "worker": Command(
        gettext_noop("Run the worker alone; Ctrl-C ends it after the task under way")
    ),
    "check": Command(
        gettext_noop("Look whether everything is in order; say what is not and how to mend it"),
        options=(
            Option("--figures", "", gettext_noop("Also count every kept figure again and mend it")),
            Option("--files", "", gettext_noop("Also read every kept file from the store")),
            Option("--root", "ROOT", gettext_noop("Look for a root of the journal noted before")),
            FORMAT,
        ),
    ),
    "bounced": Command(
        gettext_noop("Note from a mail server's report which letters came back; - is a pipe"),
        arguments=("FILE",),
    ),
    "backup": Command(gettext_noop("Keep the whole installation in one file"), arguments=("FILE",)),
    "restore": Command(
        gettext_noop("Bring back the installation kept in a file"),
        arguments=("FILE",),
        options=(Option("--replace", "", gettext_noop("Replace what is there now")),),
    ),
    "load regions": Command(gettext_noop("Load regions"), ("FILE",), (DRY_RUN, FORMAT)),
    "load municipalities": Command(
        gettext_noop("Load towns and districts"), ("FILE",), (DRY_RUN, FORMAT)
    ),
    "load geometry": Command(
        gettext_noop("Load borders of regions or of a region's municipalities"),
        ("FILE",),
        (DRY_RUN, FORMAT),
    ),
    "load indicators": Command(
        gettext_noop("Load figures about regions"), ("FILE",), (DRY_RUN, FORMAT)
    ),
    "load grants": Command(
        gettext_noop("Load a fund's table of applications and grants"),
        ("FILE",),
        (
            Option(
                "--fund",
                "CODE",
                gettext_noop("Code of the fund; a new one makes the fund"),
                is_required=True,
            ),
            DRY_RUN,
            REPORT,
            FORMAT,
            MAP,
            LANGUAGE,
        ),
    ),
    "load organisations": Command(
        gettext_noop("Load a list of organisations into the register"),
        ("FILE",),
        (
            Option(
                "--source",
                "CODE",
                gettext_noop("Where the list comes from; known by its headings if not given"),
            ),
            Option(
                "--region", "REGION", gettext_noop("Region of rows that name none: code or name")
            ),
            Option("--known-only", "", gettext_noop("Bring up to date who is known, enter nobody")),
            DRY_RUN,
            REPORT,
            FORMAT,
            MAP,
            LANGUAGE,
        ),
    ),
    "brief": Command(
        gettext_noop("Say in a sentence and figures what a region's people have won"),
        options=(
            Option(
                "--region", "REGION", gettext_noop("Code or name of the region"), is_required=True
            ),
            Option("--fund", "CODE", gettext_noop("One fund; all of them if not given")),
            Option("--year", "YEAR", gettext_noop("One year; all of them if not given")),
            Option("--lang", "ru|en", gettext_noop("Language of the brief")),
            FORMAT,
        ),
    ),
    "feed add": Command(
        gettext_noop("Read the practices of another installation from now on"), ("URL",)
    ),
    "feed list": Command(gettext_noop("Name the feeds that are read, and how that went")),
    "feed pull": Command(gettext_noop("Read one feed now, or all of them"), ("[URL]",)),
    "feed remove": Command(
        gettext_noop("Read a feed no more; its practices leave the catalogue"), ("URL",)
    ),
    "engine assign": Command(
        gettext_noop("Give applications to experts: the greatest total affinity, proven"),
        ("[FILE.npz]",),
        (
            AFFINITY,
            CONFLICTS,
            REVIEWS,
            MOST,
            LEAST,
            NEEDS,
            LOADS,
            Option("--out", "OUT.csv", gettext_noop("Who reads what"), is_required=True),
            Option("--prices", "P.csv", gettext_noop("The proof: prices of experts")),
        ),
    ),
    "engine check": Command(
        gettext_noop("Say what hinders a project from being handed in, and what is advised"),
        ("PROJECT.json",),
        (
            Option(
                "--pack",
                "PACK.toml",
                gettext_noop("Rules of the contest: a file, or a code of those that come along"),
                is_required=True,
            ),
            FORMAT,
        ),
    ),
    "engine check-assignment": Command(
        gettext_noop("Check an assignment and the proof that none is better, without a solver"),
        ("[FILE.npz]",),
        (
            AFFINITY,
            CONFLICTS,
            REVIEWS,
            MOST,
            LEAST,
            NEEDS,
            LOADS,
            Option("--assignment", "OUT.csv", gettext_noop("Who reads what"), is_required=True),
            Option(
                "--prices", "P.csv", gettext_noop("The proof: prices of experts"), is_required=True
            ),
        ),
    ),
    "engine rank": Command(
        gettext_noop("Rate applications by experts’ scores and give them places"),
        ("SCORES.csv",),
        (
            Option("--weights", "W.csv", gettext_noop("Weights of criteria: criterion,weight")),
            Option("--lower-is-better", "", gettext_noop("The lowest rating stands first")),
            Option("--out", "OUT.csv", gettext_noop("Ratings and places"), is_required=True),
        ),
    ),
    "pack check": Command(
        gettext_noop("Check the rules of a contest: every fault with its place"),
        ("FILE",),
        (FORMAT,),
    ),
    "pack show": Command(
        gettext_noop("Show rules: the names of those that come along, or one of them"),
        ("[CODE|FILE]",),
        (FORMAT, Option("--lang", "ru|en", gettext_noop("Language of the names"))),
    ),
    "verify": Command(
        gettext_noop("Verify the archive of a contest and count its ranking anew, offline"),
        ("BUNDLE.zip",),
        (
            Option("--root", "HEX", gettext_noop("The root that was published, to compare with")),
            FORMAT,
        ),
    ),
    "demo": Command(
        gettext_noop("Fill an empty installation with invented regions and serve it"),
        options=(
            Option("--size", "small|large", gettext_noop("How much to invent")),
            Option("--port", "NUMBER", gettext_noop("Port, 8000 if not given")),
            Option("--reset", "", gettext_noop("Throw the demo away and make it anew")),
        ),
    ),
}
