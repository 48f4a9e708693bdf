"""Inline functions cannot be pickled, so a spawned process never gets this one."""

from multiprocessing import Process


def main():
    greeting = "hello"
    process = Process(target=lambda: print(greeting, "from a child"))
    process.start()
    process.join()


if __name__ == "__main__":
    main()
