package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.EnvironmentAssignment;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.StartMethodConflict;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds what comes in the wrong order on a program's way to its first process. */
final class SetupFinder {

    private final Evaluator evaluator;
    private final SetupEdits edits;
    private final List<List<Step>> walks;
    private final boolean startsAtImport;

    /** Makes a finder; a program that starts processes at import has another trouble, whose fix moves all along. */
    SetupFinder(Evaluator evaluator, SetupEdits edits, List<List<Step>> walks, boolean startsAtImport) {
        this.evaluator = evaluator;
        this.edits = edits;
        this.walks = walks;
        this.startsAtImport = startsAtImport;
    }

    // Start methods

    List<StartMethodConflict> conflicts() {
        List<StartMethodConflict> found = new ArrayList<>();
        Set<TextRange> seen = new HashSet<>();
        for (List<Step> walk : walks) {
            for (int i = 0; i < walk.size(); i++) {
                Step step = walk.get(i);
                List<Step> before = walk.subList(0, i);
                if (step.kind() == Step.Kind.SET_METHOD && seen.add(step.range())) {
                    conflict(step, before).ifPresent(found::add);
                } else if (step.kind() == Step.Kind.JINA_IMPORT && seen.add(step.range())) {
                    beforeJina(step, before).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparing(StartMethodConflict::range));
        return found;
    }

    private Optional<StartMethodConflict> conflict(Step set, List<Step> before) {
        if (StartMethodReader.isForced(set) || set.isCaught("RuntimeError")) {
            return Optional.empty();
        }
        for (Step earlier : before) {
            if (earlier.surelyLeadsTo(set) && fixesMethod(earlier, before)) {
                boolean again = earlier.kind() != Step.Kind.CONTEXT_USE && earlier.kind() != Step.Kind.START;
                return Optional.of(new StartMethodConflict(
                        set.range(),
                        set.words(),
                        again ? StartMethodConflict.Kind.TWICE : StartMethodConflict.Kind.AFTER_USE,
                        where(set, earlier),
                        List.of(new Related(earlier.range(), fixing(earlier))),
                        again || set.value() == null || !isWrittenOut(set.value())
                                ? List.of()
                                : edits.moveAbove(set.offset(), earlier.offset())));
            }
        }
        if (set.inChild() && !startsAtImport) {
            return Optional.of(new StartMethodConflict(
                    set.range(),
                    set.words(),
                    StartMethodConflict.Kind.AT_IMPORT,
                    method(set)
                            .map(StartMethodChoice::exactly)
                            .orElse(StartMethodChoice.UNKNOWN)
                            .notOn(evaluator.limits().absentAt(set.offset())),
                    List.of(),
                    edits.moveIntoGuard(set.offset())));
        }
        return afterJina(set, before);
    }

    private Optional<StartMethodConflict> afterJina(Step set, List<Step> before) {
        for (Step earlier : before) {
            if (earlier.kind() == Step.Kind.JINA_VARIABLE) {
                break;
            }
            if (earlier.kind() == Step.Kind.JINA_IMPORT
                    && earlier.surelyLeadsTo(set)
                    && earlier.caught().isEmpty()) {
                return Optional.of(new StartMethodConflict(
                        set.range(),
                        set.words(),
                        StartMethodConflict.Kind.AFTER_JINA,
                        where(set, earlier),
                        List.of(new Related(earlier.range(), "importing Jina sets the start method")),
                        List.of()));
            }
        }
        return Optional.empty();
    }

    /** Looks at what fixes the start method before Jina is imported, though Jina's variable names another one. */
    private Optional<StartMethodConflict> beforeJina(Step jina, List<Step> before) {
        Step variable = null;
        for (Step step : before) {
            if (isJinasChoice(step) && step.surelyLeadsTo(jina)) {
                variable = step;
            }
        }
        if (variable == null) {
            return Optional.empty();
        }
        for (Step step : before) {
            boolean same = step.kind() == Step.Kind.SET_METHOD && method(step).equals(method(variable));
            if (step.surelyLeadsTo(jina) && !same && isOwnUse(step)) {
                return Optional.of(new StartMethodConflict(
                        step.range(),
                        step.words(),
                        StartMethodConflict.Kind.BEFORE_JINA,
                        where(step, jina),
                        List.of(
                                new Related(variable.range(), "this names the start method for Jina"),
                                new Related(jina.range(), "Jina reads it here, too late")),
                        List.of()));
            }
        }
        return Optional.empty();
    }

    private boolean fixesMethod(Step step, List<Step> all) {
        if (step.kind() == Step.Kind.JINA_IMPORT) {
            return all.subList(0, all.indexOf(step)).stream()
                    .anyMatch(earlier -> isJinasChoice(earlier) && earlier.surelyLeadsTo(step));
        }
        return isOwnUse(step);
    }

    private boolean isOwnUse(Step step) {
        return step.kind() == Step.Kind.SET_METHOD
                || step.kind() == Step.Kind.CONTEXT_USE
                || (step.kind() == Step.Kind.START && isOfDefaultContext(step));
    }

    /** Tells whether a start is that of {@code multiprocessing.Process(…)}, whose context is the default one. */
    private boolean isOfDefaultContext(Step step) {
        return step.node() instanceof Expression.Call call
                && call.function() instanceof Expression.Attribute method
                && evaluator.evaluate(method.value(), step.scope()) instanceof Value.Instance instance
                && instance.origin() != null
                && instance.origin().expression() instanceof Expression.Call maker
                && evaluator.evaluate(maker.function(), instance.origin().scope()) instanceof Value.Named named
                && named.name().equals("multiprocessing.process.BaseProcess");
    }

    private boolean isJinasChoice(Step step) {
        return step.kind() == Step.Kind.JINA_VARIABLE
                && step.words().equals("os.environ")
                && method(step).isPresent();
    }

    private Optional<StartMethod> method(Step step) {
        if (step.value() != null
                && evaluator.evaluate(step.value()) instanceof Value.Literal literal
                && literal.constant().isString()) {
            String text = literal.constant().value();
            return StartMethod.parse(step.kind() == Step.Kind.JINA_VARIABLE ? text.toLowerCase(Locale.ROOT) : text);
        }
        return Optional.empty();
    }

    private static boolean isWrittenOut(Site value) {
        return value.expression() instanceof Expression.Constant;
    }

    private static String fixing(Step step) {
        return switch (step.kind()) {
            case SET_METHOD -> "the start method is set here before";
            case JINA_IMPORT -> "importing Jina sets the start method as its variable says";
            default -> "`%s` fixes the start method".formatted(step.words());
        };
    }

    private StartMethodChoice where(Step one, Step other) {
        Set<Target> absent = new HashSet<>(evaluator.limits().absentAt(one.offset()));
        absent.addAll(evaluator.limits().absentAt(other.offset()));
        return StartMethodChoice.PLATFORM_DEFAULT.notOn(absent);
    }

    // Environment

    List<EnvironmentAssignment> assignments() {
        List<EnvironmentAssignment> found = new ArrayList<>();
        Set<TextRange> seen = new HashSet<>();
        for (List<Step> walk : walks) {
            for (int i = 0; i < walk.size(); i++) {
                Step step = walk.get(i);
                boolean handsOn = walk.subList(i, walk.size()).stream()
                        .anyMatch(later -> later.kind() == Step.Kind.EXEC && step.mayLeadTo(later));
                if (handsOn || !isVariable(step) || !seen.add(step.range())) {
                    continue;
                }
                assignment(step, walk.subList(0, i)).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(EnvironmentAssignment::range));
        return found;
    }

    private static boolean isVariable(Step step) {
        return step.kind() == Step.Kind.JINA_VARIABLE || step.kind() == Step.Kind.OBJC_VARIABLE;
    }

    private Optional<EnvironmentAssignment> assignment(Step step, List<Step> before) {
        StartMethodChoice where = where(step, step);
        boolean putenv = step.words().equals("os.putenv");
        if (step.kind() == Step.Kind.OBJC_VARIABLE) {
            return Optional.of(new EnvironmentAssignment(
                    step.range(),
                    BoundaryTable.OBJC_VARIABLE,
                    putenv,
                    where,
                    List.of(),
                    List.of(),
                    sureValue(step),
                    removal(step),
                    List.of()));
        }
        Step jina = null;
        for (Step earlier : before) {
            if (isJinasChoice(earlier) && earlier.mayLeadTo(step)) {
                return Optional.empty(); // It was set in time; here it is for somebody else.
            }
            if (earlier.kind() == Step.Kind.JINA_IMPORT && earlier.mayLeadTo(step)) {
                jina = earlier;
                break;
            }
        }
        if (jina == null && !putenv) {
            return Optional.empty();
        }
        // Above the import it would be set on other platforms, too.
        boolean movable = !putenv
                && step.value() != null
                && isWrittenOut(step.value())
                && where.absentFrom().isEmpty();
        return Optional.of(new EnvironmentAssignment(
                step.range(),
                BoundaryTable.JINA_VARIABLE,
                putenv,
                where,
                jina == null ? List.of() : List.of(new Related(jina.range(), "Jina reads it here")),
                movable && jina != null ? edits.moveAboveImport(step.offset(), jina.offset(), "os") : List.of(),
                sureValue(step),
                removal(step),
                List.of()));
    }

    /** Returns the text that a variable is set to whenever the program runs on a system that the code is for. */
    private static Optional<String> sureValue(Step step) {
        return step.isSure()
                        && step.value() != null
                        && step.value().expression() instanceof Expression.Constant constant
                        && constant.isString()
                ? Optional.of(constant.value())
                : Optional.empty();
    }

    /** Returns the edits that take an assignment away that is all that its statement does. */
    private List<TextEdit> removal(Step step) {
        boolean whole = step.node() instanceof Statement.Assign assign
                ? assign.targets().size() == 1
                : step.node() instanceof Expression.Call call
                        && call.arguments().size() == 2
                        && call.keywords().isEmpty();
        return whole && step.isSure() ? edits.removal(step.offset()) : List.of();
    }
}
