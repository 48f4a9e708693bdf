package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import java.util.List;

/**
 * Knows of classes made by {@code type(name, bases, members)}.
 *
 * <p>Such a class is of the module whose code calls the metaclass, which for Jina is {@code jina.jaml}, if its members do
 * not say otherwise.
 */
final class TypeCalls {

    private static final String MODULE = "__module__";

    private final SourceText source;
    private final Layout layout;

    TypeCalls(PythonTree tree) {
        this.source = tree.source();
        this.layout = new Layout(tree);
    }

    /** Tells whether a call makes a class whose members are in sight and name no module. */
    boolean isOfOtherModule(Expression.Call call, Scope scope) {
        return isOfType(call, scope) && namesNoModule(call.arguments().get(2), scope);
    }

    /** Tells whether a call makes a class whose bases are in sight. */
    boolean isOfType(Expression.Call call, Scope scope) {
        return isBuiltin(call.function(), "type", scope)
                && call.arguments().size() == 3
                && call.keywords().isEmpty()
                && call.arguments().get(1) instanceof Expression.Tuple;
    }

    List<Expression> bases(Expression.Call call) {
        return ((Expression.Tuple) call.arguments().get(1)).elements();
    }

    private static boolean isBuiltin(Expression expression, String builtin, Scope scope) {
        return expression instanceof Expression.Name name
                && name.id().equals(builtin)
                && scope.owner(builtin).bindings(builtin).isEmpty();
    }

    private static boolean namesNoModule(Expression members, Scope scope) {
        if (members instanceof Expression.Dict dict) {
            return dict.keys().stream()
                    .allMatch(key -> key instanceof Expression.Constant constant
                            && !constant.value().equals(MODULE));
        }
        return members instanceof Expression.Call call
                && isBuiltin(call.function(), "dict", scope)
                && call.arguments().isEmpty()
                && call.keywords().stream()
                        .allMatch(keyword ->
                                keyword.name() != null && !keyword.name().equals(MODULE));
    }

    /** Returns the edits that say whose class it is, where the module gives it the very name that it has. */
    List<TextEdit> withModule(Expression.Call call, Scope scope, Statement topLevel) {
        if (!(topLevel instanceof Statement.Assign assign)
                || !Site.isSame(assign.value(), call)
                || assign.targets().size() != 1
                || !(assign.targets().get(0) instanceof Expression.Name target)
                || !(call.arguments().get(0) instanceof Expression.Constant name)
                || !name.value().equals(target.id())
                || scope.owner(target.id()).bindings(target.id()).size() != 1) {
            return List.of();
        }
        Expression members = call.arguments().get(2);
        boolean isDict = members instanceof Expression.Dict;
        int open = scope.base()
                + (members instanceof Expression.Call dict ? dict.function().end() : members.start());
        if (source.text().charAt(open) != (isDict ? '{' : '(')) {
            return List.of();
        }
        char quote = layout.quote();
        String item = isDict ? quote + MODULE + quote + ": __name__" : MODULE + "=__name__";
        boolean more = !isEmpty(members);
        boolean endsLine =
                source.text().substring(open + 1, source.lineEnd(open)).isBlank();
        return List.of(TextEdit.insert(open + 1, item + (more ? endsLine ? "," : ", " : "")));
    }

    private static boolean isEmpty(Node members) {
        return members instanceof Expression.Dict dict
                ? dict.values().isEmpty()
                : ((Expression.Call) members).keywords().isEmpty();
    }
}
