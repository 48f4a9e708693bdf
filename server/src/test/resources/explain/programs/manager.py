from multiprocessing import Manager

shared = Manager().dict()
