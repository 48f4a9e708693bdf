package io.github.spawnproof.python;

import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the value of an expression, without running it. */
sealed interface Value {

    /** Anything. */
    enum Unknown implements Value {
        VALUE
    }

    /**
     * Something of another module, by its canonical qualified name: a module, function, class.
     *
     * @param isModule whether it surely is a module, since an {@code import} statement binds it
     */
    record Named(String name, boolean isModule) implements Value {

        Named(String name) {
            this(name, false);
        }
    }

    /** A function of this file; {@code scope} is the function's own. */
    record FunctionOf(Statement.FunctionDef definition, Scope scope) implements Value {}

    /** A lambda. */
    record LambdaOf(Expression.Lambda lambda, Site site) implements Value {}

    /** A class of this file; {@code scope} is the class's own. */
    record ClassOf(Statement.ClassDef definition, Scope scope) implements Value {}

    /**
     * An instance.
     *
     * @param type a {@link Named} class of the table, a {@link ClassOf} this file or a {@link MadeClass}
     * @param choice the start methods that its processes start with
     * @param held the values that are part of it (of a partial, its function and arguments)
     * @param origin the call that makes it; null if that is not in sight
     */
    record Instance(
            Value type,
            StartMethodChoice choice,
            List<Site> held,
            @Nullable Site origin) implements Value {

        /** Returns an instance of which only the class is known. */
        static Instance of(Value type, StartMethodChoice choice) {
            return new Instance(type, choice, List.of(), null);
        }
    }

    /** A function of a class of this file, bound to an instance or the class. */
    record BoundMethod(Value receiver, FunctionOf function) implements Value {}

    /** A method of a class of the table, bound to its receiver. */
    record LibraryMethod(Value receiver, String typeName, String name) implements Value {}

    /**
     * A list, tuple, set or dict with what is known to be in it, or an iterator that gives that.
     *
     * @param isGenerator whether it is a generator, which yields the items
     */
    record Elements(List<Site> items, boolean isGenerator) implements Value {

        static Elements of(List<Site> items) {
            return new Elements(List.copyOf(items), false);
        }
    }

    /**
     * What a decorator of this file makes of a function: a function of its own that calls the other one.
     *
     * @param wrapped the function of this file that it stands for
     * @param wrapper the function that the decorator gives back
     * @param keepsName whether it bears the other one's name, by {@code functools.wraps}
     * @param name the name that it replaces, if it was written above the function as a decorator
     */
    record Wrapper(
            FunctionOf wrapped,
            FunctionOf wrapper,
            boolean keepsName,
            @Nullable String name) implements Value {}

    /**
     * A class that a call makes: {@code namedtuple("Point", "x y")}.
     *
     * @param name the name that it is given
     */
    record MadeClass(String name, Site origin) implements Value {}

    /** What {@code super()} is in a method: the receiver, whose methods are looked up from the bases on. */
    record SuperOf(Value receiver, ClassOf type) implements Value {}

    /** A constant. */
    record Literal(Expression.Constant constant) implements Value {}

    /** One of several. */
    record OneOf(List<Value> values) implements Value {}

    /** More possible values than that are as good as unknown. */
    int MAX_ALTERNATIVES = 16;

    /** Returns the value that is one of the given ones. */
    static Value oneOf(List<Value> values) {
        List<Value> flat = new ArrayList<>();
        for (Value value : values) {
            for (Value alternative : value.alternatives()) {
                if (!(alternative instanceof Unknown && flat.contains(alternative))) {
                    flat.add(alternative);
                }
            }
        }
        if (flat.isEmpty() || flat.size() > MAX_ALTERNATIVES) {
            return Unknown.VALUE;
        }
        return flat.size() == 1 ? flat.get(0) : new OneOf(List.copyOf(flat));
    }

    /** Returns all values that this may be. */
    default List<Value> alternatives() {
        return this instanceof OneOf several ? several.values() : List.of(this);
    }

    default boolean isNone() {
        return this instanceof Literal literal && literal.constant().kind() == Expression.ConstantKind.NONE;
    }
}
