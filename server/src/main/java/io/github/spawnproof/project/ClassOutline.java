package io.github.spawnproof.project;

import java.util.List;
import java.util.Set;

/**
 * What code that uses a Java class can know of it: from its source, its class file or the table of library classes. Types
 * are erased, and named as in source code: {@code java.util.Map.Entry}, {@code int}, {@code byte[]}.
 *
 * @param name the canonical name
 * @param supertypes the direct ones, the superclass first if it is not {@code java.lang.Object}; in the table of library
 *     classes the nearest ones behind it, where a direct one is not in the table
 * @param methods those that are not private, without those that are inherited
 * @param fields all of them, if the outline is of a source file; those that are not private, if it is of a class file; none
 *     in the table of library classes
 */
public record ClassOutline(
        String name,
        Kind kind,
        Set<Trait> traits,
        List<String> supertypes,
        List<MethodOutline> methods,
        List<FieldOutline> fields) {

    /** The kinds of classes. */
    public enum Kind {
        CLASS,
        INTERFACE,
        ENUM,
        RECORD,
        ANNOTATION
    }

    /** What may be true of a class. */
    public enum Trait {
        /** Is a class that is declared so; of interfaces it goes without saying. */
        ABSTRACT,
        FINAL,
        /** Has no enclosing object: a top-level class, or a static, or implicitly static one. */
        STATIC,
        /** Has a constructor without parameters that a subclass in another package can call. */
        DEFAULT_CONSTRUCTOR,
        /** Has a constructor without parameters that subclasses in the same package can call. */
        PACKAGE_DEFAULT_CONSTRUCTOR,
        /** Has a public constructor without parameters. */
        PUBLIC_DEFAULT_CONSTRUCTOR,
        /**
         * Says itself how it is serialised: {@code writeObject}, {@code writeReplace}, {@code writeExternal},
         * {@code serialPersistentFields}.
         */
        CUSTOM_SERIALIZATION,
        /** Is not serialisable itself, but has a subclass that is. */
        SERIALIZABLE_SUBCLASS
    }

    /**
     * A method.
     *
     * @param parameters their types; {@code ?} for one that is a type variable or does not matter; the last one of a method
     *     that takes any number ends in {@code ...}
     * @param result the type of what it returns; {@code ?} if it is a type variable or does not matter
     */
    public record MethodOutline(
            String name, List<String> parameters, String result, boolean isStatic, boolean isAbstract) {

        public MethodOutline {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A field.
     *
     * @param type {@code ?} if it is a type variable
     */
    public record FieldOutline(String name, String type, boolean isStatic, boolean isTransient) {}

    public ClassOutline {
        traits = Set.copyOf(traits);
        supertypes = List.copyOf(supertypes);
        methods = List.copyOf(methods);
        fields = List.copyOf(fields);
    }
}
