"""A function at module level, with functools.partial for what it needs, reaches every process."""

import functools
from multiprocessing import Process


def _target(greeting):
    print(greeting, "from a child")


def main():
    greeting = "hello"
    process = Process(target=functools.partial(_target, greeting))
    process.start()
    process.join()


if __name__ == "__main__":
    main()
