package io.github.spawnproof.java;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.ClassOutline.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds objects that are handed over to be written, and can't be. */
final class ArgumentFinder {

    private static final String JAVA_IO = "java.io.";

    private final JavaFile file;
    private final Types types;
    private final Shipping shipping;
    private final Creations creations;
    private final JavaLayout layout;
    private final SerializableEdits serializable;

    ArgumentFinder(Types types, Shipping shipping) {
        this.file = types.file();
        this.types = types;
        this.shipping = shipping;
        this.creations = new Creations(types);
        this.layout = new JavaLayout(file);
        this.serializable = new SerializableEdits(types, shipping);
    }

    List<Hazard> find() {
        List<Hazard> hazards = new ArrayList<>();
        for (MethodCallExpr call : file.unit().findAll(MethodCallExpr.class)) {
            for (int i = 0; i < call.getArguments().size(); i++) {
                Expression argument = call.getArgument(i);
                boolean closure = argument instanceof LambdaExpr || argument instanceof MethodReferenceExpr;
                if (!closure && isWritten(call, i)) {
                    check(call, argument).ifPresent(hazards::add);
                }
            }
        }
        return hazards;
    }

    private boolean isWritten(MethodCallExpr call, int index) {
        String receiver = shipping.writesSome(call.getNameAsString()) ? types.receiver(call) : null;
        return receiver != null
                && !mayReplace(call, receiver)
                && types.classes().withSupertypes(receiver).stream()
                        .anyMatch(owner ->
                                shipping.written(owner, call.getNameAsString()).orElse(-1) == index);
    }

    /** Tells whether the stream may be of a class that writes objects in a way of its own, or replaces them. */
    private boolean mayReplace(MethodCallExpr call, String receiver) {
        if (!types.classes().withSupertypes(receiver).contains("java.io.ObjectOutput")) {
            return false;
        }
        Expression stream = call.getScope().orElse(null);
        String exact = stream == null ? null : creations.exactType(stream);
        return !receiver.startsWith(JAVA_IO)
                || (exact != null && !exact.startsWith(JAVA_IO))
                || (stream != null && creations.isAnonymous(stream));
    }

    private Optional<Hazard> check(MethodCallExpr call, Expression argument) {
        String refused = creations.refused(argument);
        if (refused == null || isForOthers(call, refused) || (argument instanceof ThisExpr && !isFinal(refused))) {
            return Optional.empty();
        }
        String receiver = types.receiver(call);
        String api = (receiver == null ? "" : Types.simple(receiver) + ".") + call.getNameAsString();
        boolean certain = call.getNameAsString().startsWith("write");
        return Optional.of(new Hazard(
                Hazard.Kind.ARGUMENT,
                certain ? Consequence.FAILS : Consequence.MISBEHAVES,
                file.firstLine(argument),
                file.source().slice(file.firstLine(argument)),
                shortName(refused),
                api,
                List.of(),
                fixes(argument, refused)));
    }

    /** Tells whether a stream that is only an {@code ObjectOutput} may know a class of a program, as that of JBoss does. */
    private boolean isForOthers(MethodCallExpr call, String refused) {
        return "java.io.ObjectOutput".equals(types.receiver(call)) && !refused.startsWith("java.");
    }

    /** Tells whether a class has no subclass, which might well be Serializable. */
    private boolean isFinal(String type) {
        return types.classes()
                .find(type)
                .filter(outline -> outline.traits().contains(Trait.FINAL))
                .isPresent();
    }

    /** Returns {@code HashMap.keySet} for {@code java.util.HashMap.keySet}, and {@code Optional} for its full name. */
    private static String shortName(String type) {
        String owner = type.substring(0, Math.max(0, type.lastIndexOf('.')));
        String last = Types.simple(type);
        return Character.isLowerCase(last.charAt(0)) ? Types.simple(owner) + "." + last : last;
    }

    private List<Fix> fixes(Expression argument, String refused) {
        String copy;
        if (refused.endsWith("TreeMap.keySet") || refused.endsWith("LinkedHashMap.keySet")) {
            copy = "LinkedHashSet"; // It keeps the order.
        } else if (refused.endsWith(".HashMap.keySet")) {
            copy = "HashSet";
        } else if (refused.endsWith(".values") || refused.endsWith(".subList")) {
            copy = "ArrayList";
        } else {
            return serializable.of(refused);
        }
        List<TextEdit> edits = new ArrayList<>(layout.importOf("java.util." + copy));
        edits.add(TextEdit.insert(file.range(argument).start(), "new " + copy + "<>("));
        edits.add(TextEdit.insert(file.range(argument).end(), ")"));
        return Fix.ifAny("Write a copy of it", Applicability.SAFE, edits);
    }
}
