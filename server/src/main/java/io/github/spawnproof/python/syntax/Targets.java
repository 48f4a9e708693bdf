package io.github.spawnproof.python.syntax;

import java.util.List;

/** Says what can be assigned to. */
final class Targets {

    private Targets() {}

    /** Notes an error if the expression cannot be a target. */
    static void check(Expression target, TokenReader reader) {
        check(target, reader, "cannot assign to this expression");
    }

    /** Notes an error if the expression cannot be deleted. */
    static void checkDeleted(Expression target, TokenReader reader) {
        check(target, reader, "cannot delete this expression");
    }

    private static void check(Expression target, TokenReader reader, String message) {
        if (target instanceof Expression.Tuple tuple) {
            checkAll(tuple.elements(), reader, message);
        } else if (target instanceof Expression.ListDisplay list) {
            checkAll(list.elements(), reader, message);
        } else if (target instanceof Expression.Starred starred) {
            check(starred.value(), reader, message);
        } else if (!isSingle(target) && !(target instanceof Expression.Missing)) {
            reader.errorOf(target, message);
        }
    }

    private static void checkAll(List<Expression> targets, TokenReader reader, String message) {
        for (Expression target : targets) {
            check(target, reader, message);
        }
    }

    /** Tells whether the expression is a name, an attribute or a subscript. */
    static boolean isSingle(Expression target) {
        return target instanceof Expression.Name
                || target instanceof Expression.Attribute
                || target instanceof Expression.Subscript;
    }
}
