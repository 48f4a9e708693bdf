from rich.traceback import install

install(show_locals=False, width=88)
import multiprocessing


def main():
    def inner(n):
        return n

    process = multiprocessing.get_context("spawn").Process(target=inner, args=(1,))
    process.start()


if __name__ == "__main__":
    main()
