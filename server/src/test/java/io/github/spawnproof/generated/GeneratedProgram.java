package io.github.spawnproof.generated;

import java.util.List;
import java.util.Random;

/**
 * A program that hands something to a process or a thread, of which it is known by the way it was made whether it works.
 *
 * @param text the program
 * @param failsForked whether it fails where processes are forked
 * @param failsSpawned whether it fails where they are spawned
 */
public record GeneratedProgram(String name, String text, boolean failsForked, boolean failsSpawned) {

    /** Something to hand over: what the module and the function around have to define for it, and the expression. */
    private record Thing(String name, String module, String local, String expression, boolean picklable) {}

    /** How a call sends what it is given. */
    private enum Sending {
        WITH_EACH_TASK,
        WHEN_STARTED,
        NEVER
    }

    /** A call; {@code $} stands for the thing. */
    private record Call(String name, String text, Sending sending) {}

    private static final String HEAD = """
            import functools
            import io
            import multiprocessing
            import re
            import threading
            from collections import defaultdict, namedtuple
            from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
            from dataclasses import dataclass
            from multiprocessing.pool import ThreadPool


            def use(value):
                return 1


            """;

    private static final List<Thing> CALLABLES = List.of(
            new Thing("function", "def work(n):\n    return n\n", "", "work", true),
            new Thing("builtin", "", "", "abs", true),
            new Thing("lambda", "", "", "lambda n: n", false),
            new Thing("module lambda", "work = lambda n: n\n", "", "work", false),
            new Thing("nested", "", "def work(n):\n    return n\n", "work", false),
            new Thing("closure", "", "offset = 2\n\ndef work(n):\n    return n + offset\n", "work", false),
            new Thing(
                    "factory",
                    "def make(k):\n    def work(n):\n        return n + k\n    return work\n",
                    "",
                    "make(1)",
                    false),
            new Thing("method", "class Job:\n    def run(self, n):\n        return n\n", "", "Job().run", true),
            new Thing(
                    "static",
                    "class Job:\n    @staticmethod\n    def run(n):\n        return n\n",
                    "",
                    "Job.run",
                    true),
            new Thing(
                    "class method",
                    "class Job:\n    @classmethod\n    def run(cls, n):\n        return n\n",
                    "",
                    "Job.run",
                    true),
            new Thing(
                    "locked method",
                    "class Job:\n    def __init__(self):\n        self.lock = threading.Lock()\n\n    def run(self, n):\n        return n\n",
                    "",
                    "Job().run",
                    false),
            new Thing(
                    "state method",
                    "class Job:\n    def __init__(self):\n        self.lock = threading.Lock()\n\n    def __getstate__(self):\n        return {}\n\n    def run(self, n):\n        return n\n",
                    "",
                    "Job().run",
                    true),
            new Thing("local method", "", "class Job:\n    def run(self, n):\n        return n\n", "Job().run", false),
            new Thing(
                    "wrapped",
                    "def logged(function):\n    @functools.wraps(function)\n    def wrapper(*args):\n        return function(*args)\n    return wrapper\n\n\n@logged\ndef work(n):\n    return n\n",
                    "",
                    "work",
                    true),
            new Thing(
                    "unnamed wrapper",
                    "def logged(function):\n    def wrapper(*args):\n        return function(*args)\n    return wrapper\n\n\n@logged\ndef work(n):\n    return n\n",
                    "",
                    "work",
                    false),
            new Thing("cached", "@functools.lru_cache\ndef work(n):\n    return n\n", "", "work", true),
            new Thing("partial", "def work(k, n):\n    return n\n", "", "functools.partial(work, 1)", true),
            new Thing("partial lambda", "", "", "functools.partial(lambda k, n: n, 1)", false));

    private static final List<Thing> VALUES = List.of(
            new Thing("number", "", "", "1", true),
            new Thing("list", "", "", "[1, 2]", true),
            new Thing("pattern", "", "", "re.compile('a')", true),
            new Thing("match", "", "", "re.compile", true),
            new Thing("text buffer", "", "", "io.StringIO()", true),
            new Thing("generator", "", "", "(n for n in range(3))", false),
            new Thing("generator function", "def rows():\n    yield 1\n", "", "rows()", false),
            new Thing("file", "", "", "open(__file__)", false),
            new Thing("module", "", "", "functools", false),
            new Thing("counts", "", "", "defaultdict(int)", true),
            new Thing("lambda counts", "", "", "defaultdict(lambda: 0)", false),
            new Thing("instance", "class Job:\n    pass\n", "", "Job()", true),
            new Thing("dataclass", "@dataclass\nclass Job:\n    n: int\n", "", "Job(1)", true),
            new Thing("dataclass of lambda", "@dataclass\nclass Job:\n    n: object\n", "", "Job(1)", true),
            new Thing("local instance", "", "class Job:\n    pass\n", "Job()", false),
            new Thing("tuple class", "Point = namedtuple('Point', 'x')\n", "", "Point(1)", true),
            new Thing("other tuple class", "Point = namedtuple('Dot', 'x')\n", "", "Point(1)", false),
            new Thing(
                    "holder",
                    "class Job:\n    def __init__(self, what):\n        self.what = what\n",
                    "",
                    "Job(open(__file__))",
                    false));

    private static final List<Call> CALLS = List.of(
            new Call(
                    "Pool.map",
                    "with multiprocessing.Pool(1) as pool:\n    print(pool.map($, [1]))\n",
                    Sending.WITH_EACH_TASK),
            new Call(
                    "Pool.imap",
                    "with multiprocessing.Pool(1) as pool:\n    print(list(pool.imap($, [1])))\n",
                    Sending.WITH_EACH_TASK),
            new Call(
                    "Pool.apply_async",
                    "with multiprocessing.Pool(1) as pool:\n    print(pool.apply_async($, (1,)).get(timeout=8))\n",
                    Sending.WITH_EACH_TASK),
            new Call(
                    "Executor.submit",
                    "with ProcessPoolExecutor(1) as executor:\n    print(executor.submit($, 1).result())\n",
                    Sending.WITH_EACH_TASK),
            new Call(
                    "Executor.map",
                    "with ProcessPoolExecutor(1) as executor:\n    print(list(executor.map($, [1])))\n",
                    Sending.WITH_EACH_TASK),
            new Call(
                    "Process",
                    "process = multiprocessing.Process(target=$, args=(1,))\nprocess.start()\nprocess.join()\nassert process.exitcode == 0\n",
                    Sending.WHEN_STARTED),
            new Call(
                    "initializer",
                    "with multiprocessing.Pool(1, $, (1,)) as pool:\n    print(pool.map(abs, [1]))\n",
                    Sending.WHEN_STARTED),
            new Call("ThreadPool.map", "print(ThreadPool(1).map($, [1]))\n", Sending.NEVER),
            new Call(
                    "thread executor",
                    "with ThreadPoolExecutor(1) as executor:\n    print(executor.submit($, 1).result())\n",
                    Sending.NEVER));

    private static final List<Call> ARGUMENTS = List.of(
            new Call(
                    "Pool.apply",
                    "with multiprocessing.Pool(1) as pool:\n    print(pool.apply(use, ($,)))\n",
                    Sending.WITH_EACH_TASK),
            new Call(
                    "item",
                    "with multiprocessing.Pool(1) as pool:\n    print(pool.map(use, [$]))\n",
                    Sending.WITH_EACH_TASK),
            new Call(
                    "Executor.submit",
                    "with ProcessPoolExecutor(1) as executor:\n    print(executor.submit(use, $).result())\n",
                    Sending.WITH_EACH_TASK),
            new Call(
                    "Process",
                    "process = multiprocessing.Process(target=use, args=($,))\nprocess.start()\nprocess.join()\nassert process.exitcode == 0\n",
                    Sending.WHEN_STARTED),
            new Call(
                    "Connection.send", "ours, theirs = multiprocessing.Pipe()\nours.send($)\n", Sending.WITH_EACH_TASK),
            new Call("Thread", "thread = threading.Thread(target=use, args=($,))\nthread.start()\n", Sending.NEVER));

    /** Makes a program. */
    public static GeneratedProgram of(Random random) {
        boolean argument = random.nextInt(3) == 0;
        Thing thing = one(argument ? VALUES : CALLABLES, random);
        Call call = one(argument ? ARGUMENTS : CALLS, random);
        String expression = thing.expression();
        String module = thing.module();
        String local = thing.local();
        String way = "direct";
        switch (random.nextInt(5)) {
            case 0 -> {
                way = "variable";
                local += "task = " + expression + "\n";
                expression = "task";
            }
            case 1 -> {
                way = "attribute of an object";
                module += "\n\nclass Box:\n    def __init__(self, thing):\n        self.thing = thing\n";
                local += "box = Box(" + expression + ")\n";
                expression = "box.thing";
            }
            case 2 -> {
                way = "parameter";
                module += "\n\ndef run(task):\n" + indented(call.text().replace("$", "task"));
                local += "run(" + expression + ")\n";
                expression = "";
            }
            case 3 -> {
                if (argument) {
                    way = "list";
                    expression = "[" + expression + "]";
                } else {
                    way = "partial";
                    expression = "functools.partial(" + expression + ")";
                }
            }
            default -> {
                // As it is.
            }
        }
        String body = local + (expression.isEmpty() ? "" : call.text().replace("$", expression));
        boolean guarded = random.nextInt(4) > 0;
        boolean starts = call.sending() != Sending.NEVER && !call.name().equals("Connection.send");
        String text = HEAD
                + (module.isEmpty() ? "" : module + "\n\n")
                + "def main():\n" + indented(body) + "\n\n"
                + (guarded ? "if __name__ == \"__main__\":\n    main()\n" : "main()\n");
        boolean sent = !thing.picklable() && call.sending() == Sending.WITH_EACH_TASK;
        boolean sentAtStart = !thing.picklable() && call.sending() == Sending.WHEN_STARTED;
        return new GeneratedProgram(
                "%s of %s, %s%s".formatted(call.name(), thing.name(), way, guarded ? "" : ", unguarded"),
                text,
                sent,
                sent || sentAtStart || (starts && !guarded));
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static String indented(String text) {
        return text.indent(4);
    }

    @Override
    public String toString() {
        return name;
    }
}
