package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.PythonTree;

/**
 * What moves code of one module to module level; the parts share names and places.
 *
 * @param lambdas for lambdas
 * @param definitions for functions and classes
 * @param functools for calls of {@code functools}
 */
record Lifts(LambdaLift lambdas, DefinitionLift definitions, FunctoolsImport functools) {

    /**
     * Makes the lifts of a module.
     *
     * @param firstStart index of the first top-level statement that starts a process when it is executed, or the number
     *     of statements: a forked child has only what was there before
     */
    static Lifts of(PythonTree tree, Evaluator evaluator, MainOnly mainOnly, ObstacleFinder obstacles, int firstStart) {
        NewDefinitions names = new NewDefinitions(tree, firstStart);
        FunctoolsImport partials = new FunctoolsImport(tree, evaluator.scopes());
        Captures captures = new Captures(evaluator, mainOnly, obstacles);
        return new Lifts(
                new LambdaLift(tree, evaluator, names, partials, captures),
                new DefinitionLift(tree, evaluator, names, partials, captures),
                partials);
    }
}
