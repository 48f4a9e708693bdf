import multiprocessing
import threading


def main():
    context = multiprocessing.get_context("spawn")
    errors = []
    for value in (threading.Lock(), (n for n in [1])):
        try:
            context.Process(target=print, args=(value,)).start()
        except TypeError as e:
            errors.append(e)
    raise ExceptionGroup("starts", errors)


if __name__ == "__main__":
    main()
