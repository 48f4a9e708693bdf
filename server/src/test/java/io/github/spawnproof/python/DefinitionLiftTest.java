package io.github.spawnproof.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonParser;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nested functions and classes become those of the module, and the program goes on to mean the same. */
class DefinitionLiftTest {

    private static final BoundaryTable TABLE = BoundaryTable.load();

    // Functions

    @Test
    void a_function_that_captures_nothing_moves_as_it_is() {
        assertThat(lifted("work", """
                from multiprocessing import Pool


                def main():
                    print("before")

                    # What each worker does.
                    def work(n):  # one number
                        \"""Doubles.

                        A lot.
                        \"""
                        return 2 * n

                    with Pool(2) as pool:
                        pool.map(work, [1])


                main()
                """)).isEqualTo("""
                from multiprocessing import Pool


                # What each worker does.
                def work(n):  # one number
                    \"""Doubles.

                        A lot.
                        \"""
                    return 2 * n


                def main():
                    print("before")

                    with Pool(2) as pool:
                        pool.map(work, [1])


                main()
                """);
    }

    @Test
    void what_it_captures_becomes_leading_parameters() {
        assertThat(lifted("work", """
                from multiprocessing import Pool


                def main(factor):
                    offset = 3

                    def work(n):
                        return factor * n + offset

                    print(work(1), work(n=2))
                    with Pool(2) as pool:
                        pool.map(work, [1])
                """)).isEqualTo("""
                import functools
                from multiprocessing import Pool


                def work(factor, offset, n):
                    return factor * n + offset


                def main(factor):
                    offset = 3

                    print(work(factor, offset, 1), work(factor, offset, n=2))
                    with Pool(2) as pool:
                        pool.map(functools.partial(work, factor, offset), [1])
                """);
    }

    @Test
    void a_function_may_call_itself() {
        assertThat(lifted("walk", """
                from functools import partial
                from multiprocessing import Process


                def main(limit):
                    def walk(n, first=True):
                        if n < limit:
                            walk(n + 1, False)

                    Process(target=walk, args=(0,)).start()
                """)).isEqualTo("""
                from functools import partial
                from multiprocessing import Process


                def walk(limit, n, first=True):
                    if n < limit:
                        walk(limit, n + 1, False)


                def main(limit):
                    Process(target=partial(walk, limit), args=(0,)).start()
                """);
    }

    @Test
    void a_name_that_the_module_uses_is_changed() {
        assertThat(lifted("work", """
                from multiprocessing import Process


                def work():
                    pass


                def main():
                    def work():
                        print("inner", work)

                    Process(target=work).start()
                """)).isEqualTo("""
                from multiprocessing import Process


                def work():
                    pass


                def _work():
                    print("inner", _work)


                def main():
                    Process(target=_work).start()
                """);
    }

    @Test
    void a_builtin_that_the_module_uses_is_not_hidden() {
        assertThat(lifted("sum", """
                from multiprocessing import Process

                print(sum([1]))


                def main():
                    def sum():
                        print("inner")

                    Process(target=sum).start()
                """))
                .contains("def _sum():")
                .contains("target=_sum)")
                .contains("print(sum([1]))");
    }

    @Test
    void another_nested_function_moves_along() {
        assertThat(lifted("work", """
                from multiprocessing import Process


                def main():
                    def double(n):
                        return 2 * n

                    def work(n):
                        print(double(n))

                    Process(target=work, args=(1,)).start()
                """)).isEqualTo("""
                from multiprocessing import Process


                def double(n):
                    return 2 * n


                def work(n):
                    print(double(n))


                def main():
                    Process(target=work, args=(1,)).start()
                """);
    }

    @Test
    void tabs_and_windows_line_ends_are_kept() {
        assertThat(lifted("work", """
                        from multiprocessing import Process

                        def main(n):
                        	for i in range(2):
                        		def work(
                        				a,
                        		):
                        			print(n, a)
                        		Process(target=work, args=(i,)).start()
                        """.replace("\n", "\r\n"))).isEqualTo("""
                        import functools
                        from multiprocessing import Process


                        def work(n,
                        		a,
                        ):
                        	print(n, a)


                        def main(n):
                        	for i in range(2):
                        		Process(target=functools.partial(work, n), args=(i,)).start()
                        """.replace("\n", "\r\n"));
    }

    @Test
    void a_function_of_a_method_goes_above_the_class() {
        assertThat(lifted("work", """
                from multiprocessing import Process


                class Shop:
                    def run(self, rate):
                        def work():
                            print(rate)

                        Process(target=work).start()
                """))
                .contains(
                        "def work(rate):\n    print(rate)\n\n\nclass Shop:\n    def run(self, rate):\n        Process(target=functools.partial(work, rate)).start()\n");
    }

    @Test
    void what_starts_first_decides_the_place() {
        assertThat(lifted("work", """
                from multiprocessing import Pool

                if __name__ == "__main__":
                    pool = Pool(2)


                def main():
                    def work(n):
                        return n

                    pool.map(work, [1])
                """))
                .startsWith("from multiprocessing import Pool\n\n\ndef work(n):\n    return n\n\n\nif __name__");
    }

    @Test
    void an_import_goes_behind_those_of_the_future() {
        assertThat(lifted("work", """
                \"""Text.\"""
                from __future__ import annotations; x = 1

                def main(n):
                    def work():
                        return n

                    return work
                """)).startsWith("""
                \"""Text.\"""
                from __future__ import annotations; x = 1

                import functools
                """);
    }

    @Test
    void a_name_without_letters_gets_some() {
        assertThat(lifted("_", """
                import multiprocessing

                _ = print


                def main():
                    def _():
                        pass

                    _()
                """)).contains("def _task():").contains("    _task()");
    }

    @Test
    void an_empty_block_gets_a_pass() {
        assertThat(lifted("work", """
                import multiprocessing

                def main():
                    def work():
                        return work
                """)).endsWith("\n\n\ndef main():\n    pass\n");
    }

    @Test
    void the_last_definition_of_a_block_leaves_the_blank_lines_behind_it() {
        assertThat(lifted("work", """
                import multiprocessing


                def main():
                    print()

                    def work():
                        pass


                main()
                """)).endsWith("def main():\n    print()\n\n\nmain()\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Bound twice, or later than it is used.
                "def main():\n    n = 1\n    def work():\n        return n\n    n = 2\n    Process(target=work)\n",
                "def main():\n    def work():\n        return n\n    Process(target=work)\n    n = 2\n",
                "def main(c):\n    if c:\n        n = 1\n    def work():\n        return n\n    Process(target=work)\n",
                "def main(c):\n    if c:\n        def work(): return 1\n    else:\n        def work(): return 2\n    Process(target=work)\n",
                // What cannot be sent.
                "def main():\n    pool = Pool()\n    def work():\n        return pool\n    Process(target=work)\n",
                "def main():\n    import os\n    def work():\n        return os\n    Process(target=work)\n",
                "def main():\n    f = lambda: 1\n    def work():\n        return f\n    Process(target=work)\n",
                "def main(n):\n    def help():\n        return n\n    def work():\n        return help()\n    Process(target=work)\n",
                // Names that mean something else elsewhere.
                "def main():\n    n = 1\n    def work():\n        nonlocal n\n        n += 1\n    Process(target=work)\n",
                "class A:\n    def main(self):\n        def work():\n            return super().main()\n        Process(target=work)\n",
                "class A:\n    def main(self, a):\n        def work():\n            return a.__b\n        Process(target=work)\n",

                // Uses that need the function itself.
                "def main(n):\n    def work():\n        return n\n    work.limit = 3\n    Process(target=work)\n",
                "def main(n):\n    def work():\n        return n\n    print(work is None)\n",
                "def main(n):\n    def work(**kwargs):\n        return n\n    Process(target=work)\n",
                "def main(n):\n    def work(x=n):\n        return x\n    Process(target=work)\n",
                "def main(n):\n    def work(x):\n        return n\n    work(i for i in [1])\n",
                "def main(n):\n    @cache\n    def work(x):\n        return n\n    Process(target=work)\n",
                "def main(n):\n    def outer():\n        n = 2\n        Process(target=work)\n    def work():\n        return n\n",
                // Evaluated before it is there.
                "def main():\n    def work(x=LATER):\n        return x\n    Process(target=work)\n\nLATER = 1\n",
                "def main(): \n    x = 1; work = 2\n    def work(): return 1\n",
                "def main():\n    class A:\n        def f(self):\n            def work():\n                return A()\n            Process(target=work)\n    A()\n",
                "def work():\n    pass\n",
                "class A:\n    def work(self):\n        pass\n",
            })
    void what_might_be_wrong_is_not_lifted(String program) {
        assertThat(edits("work", "from multiprocessing import Pool, Process\n" + program)
                        .edits())
                .isEmpty();
    }

    @Test
    void only_what_surely_means_the_same_is_safe() {
        String head = "from multiprocessing import Process\n";

        assertThat(edits("work", head + "def main(n):\n    def work():\n        return n\n    Process(target=work)\n")
                        .safe())
                .isTrue();
        assertThat(edits("work", head + "def main(n):\n    def work():\n        return n\n    n.use(work)\n")
                        .safe())
                .isFalse();
        assertThat(edits(
                                "work",
                                head + "def main():\n    def work(x=[]):\n        return x\n    Process(target=work)\n")
                        .safe())
                .isFalse();
        assertThat(edits(
                                "work",
                                head
                                        + "def main():\n    for n in [1]:\n        def work():\n            return n\n        Process(target=work)\n")
                        .safe())
                .isFalse();
        assertThat(edits(
                                "work",
                                head + "class A:\n    def main(self):\n        def work():\n            return self\n"
                                        + "        Process(target=work)\n")
                        .safe())
                .isFalse();
    }

    // Classes

    @Test
    void a_class_moves_with_its_decorators() {
        assertThat(lifted("Point", """
                from dataclasses import dataclass
                from multiprocessing import Pool


                def main():
                    @dataclass
                    class Point:
                        x: int = 0

                        def copy(self):
                            return Point(self.x)

                    with Pool(2) as pool:
                        pool.map(print, [Point(1)])
                """)).isEqualTo("""
                from dataclasses import dataclass
                from multiprocessing import Pool


                @dataclass
                class Point:
                    x: int = 0

                    def copy(self):
                        return Point(self.x)


                def main():
                    with Pool(2) as pool:
                        pool.map(print, [Point(1)])
                """);
    }

    @Test
    void a_class_gets_a_constructor_for_what_it_captures() {
        assertThat(lifted("Scale", """
                from multiprocessing import Pool


                def main(factor):
                    class Scale:
                        \"""Scales.\"""

                        # By the factor.
                        def __call__(self, n):
                            return [n * factor for _ in range(factor)]

                    with Pool(2) as pool:
                        pool.map(Scale(), [1])
                """)).isEqualTo("""
                from multiprocessing import Pool


                class Scale:
                    \"""Scales.\"""

                    def __init__(self, factor):
                        self.factor = factor

                    # By the factor.
                    def __call__(self, n):
                        return [n * self.factor for _ in range(self.factor)]


                def main(factor):
                    with Pool(2) as pool:
                        pool.map(Scale(factor), [1])
                """);
    }

    @Test
    void a_constructor_that_is_there_takes_more() {
        assertThat(lifted("Scale", """
                from multiprocessing import Pool


                def main(factor, start):
                    class Scale:
                        def __init__(self, n, *, m=1):
                            \"""Scales.\"""
                            self.n = n + start

                        def __call__(self, n):
                            return n * factor + self.n

                    Pool(2).map(Scale(1, m=2), [1])
                """)).contains("""
                class Scale:
                    def __init__(self, start, factor, n, *, m=1):
                        \"""Scales.\"""
                        self.factor = factor
                        self.n = n + start

                    def __call__(self, n):
                        return n * self.factor + self.n


                def main(factor, start):
                    Pool(2).map(Scale(start, factor, 1, m=2), [1])
                """);
    }

    @Test
    void a_base_moves_along() {
        assertThat(lifted("B", """
                from multiprocessing import Pool


                def main():
                    class A:
                        pass

                    class B(A):
                        pass

                    Pool(2).map(print, [B()])
                """)).isEqualTo("""
                from multiprocessing import Pool


                class A:
                    pass


                class B(A):
                    pass


                def main():
                    Pool(2).map(print, [B()])
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def main(n):\n    class A:\n        x = n\n    A()\n",
                "def main(n):\n    class A(n):\n        pass\n    A()\n",
                "def main(n):\n    class A:\n        def f(self):\n            return n\n    Pool().map(A, [1])\n",
                "def main(n):\n    class A:\n        n = 1\n        def f(self):\n            return n\n    A()\n",
                "def main(n):\n    class A(Exception):\n        def f(self):\n            return n\n    A()\n",
                "def main(n):\n    class A:\n        @staticmethod\n        def f():\n            return n\n    A()\n",
                "def main(n):\n    class A:\n        def f(self):\n            return A(), n\n    A()\n",
                "def main(n):\n    class A:\n        def f(self):\n            return self.n + n\n    A()\n",
                "def main(n):\n    class A:\n        def f(self):\n            return n, eval('n')\n    A()\n",
                "def main(n):\n    class A:\n        __slots__ = ()\n        def f(self):\n            return n\n    A()\n",
                "class B:\n    def main(self):\n        class A:\n            def f(other):\n                return self\n        A()\n",
                "def main():\n    class A(Base):\n        pass\n    A()\n\nclass Base:\n    pass\n",
            })
    void a_class_that_might_go_wrong_is_not_lifted(String program) {
        assertThat(edits("A", "from multiprocessing import Pool, Process\n" + program)
                        .edits())
                .isEmpty();
    }

    // The tree of a program and its lift

    private static String lifted(String name, String program) {
        Lifted lifted = edits(name, program);
        assertThat(lifted.edits()).isNotEmpty();
        String text = TextEdit.apply(program, lifted.edits());
        assertThat(PythonParser.parse(new SourceText(text), () -> {}).errors())
                .as(text)
                .isEmpty();
        return text;
    }

    private static Lifted edits(String name, String program) {
        PythonTree tree = PythonParser.parse(new SourceText(program), () -> {});
        Evaluator evaluator = new Evaluator(ScopeBuilder.build(tree, CancelToken.NEVER), TABLE);
        StartFinder finder = new StartFinder(evaluator);
        ModuleStarts starts = ModuleStarts.of(tree, evaluator, finder, CancelToken.NEVER);
        List<Statement> found = new ArrayList<>();
        tree.statements().forEach(topLevel -> find(topLevel.statement(), name, found));
        // The innermost comes last.
        Statement definition = found.get(found.size() - 1);
        Scope scope = evaluator.scopes().of(definition);
        MainOnly mainOnly = new MainOnly(tree.source(), tree, evaluator, finder);
        ObstacleFinder obstacles = new ObstacleFinder(tree.source(), evaluator, mainOnly, MainFile.SCRIPT);
        return Lifts.of(tree, evaluator, mainOnly, obstacles, starts.firstStatement())
                .definitions()
                .lift(
                        definition instanceof Statement.ClassDef type
                                ? new Value.ClassOf(type, scope)
                                : new Value.FunctionOf((Statement.FunctionDef) definition, scope),
                        false);
    }

    private static void find(Node node, String name, List<Statement> found) {
        if (node instanceof Statement.FunctionDef function && function.name().equals(name)) {
            found.add(function);
        } else if (node instanceof Statement.ClassDef type && type.name().equals(name)) {
            found.add(type);
        }
        node.forEachChild(child -> find(child, name, found));
    }
}
