from threading import Lock

from joblib import Parallel, delayed

if __name__ == "__main__":
    print(Parallel(n_jobs=2)(delayed(str)(lock) for lock in [Lock(), Lock()]))
