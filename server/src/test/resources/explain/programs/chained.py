import multiprocessing


class Shop:
    def __init__(self):
        self.pool = multiprocessing.Pool(1)

    def price(self, n):
        return n

    def run(self):
        try:
            {}["none"]
        except KeyError:
            return self.pool.map(self.price, [1])


if __name__ == "__main__":
    Shop().run()
