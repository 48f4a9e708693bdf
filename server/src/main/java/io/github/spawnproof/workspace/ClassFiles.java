package io.github.spawnproof.workspace;

import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.FieldOutline;
import io.github.spawnproof.project.ClassOutline.Kind;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import io.github.spawnproof.project.ClassOutline.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Reads class files. What an outline says is what this one file says: supertypes are the direct ones, public or not, and
 * nothing is known of subclasses.
 */
public final class ClassFiles {

    private static final String CONSTRUCTOR = "<init>";
    private static final String NO_PARAMETERS = "()V";

    private static final int ACCESS = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE;

    /** A bit of our own for what has none of those. */
    private static final int PACKAGE_PRIVATE = 1 << 30;

    private ClassFiles() {}

    /**
     * Returns what a class file says; empty if it is damaged, newer than the reader, or of something that code cannot name:
     * a module, a local or an anonymous class. Never fails.
     */
    public static Optional<ClassOutline> read(byte[] classFile) {
        return read(classFile, Opcodes.ACC_PRIVATE);
    }

    /** Returns the same without what other packages cannot use. */
    static Optional<ClassOutline> readAccessible(byte[] classFile) {
        return read(classFile, PACKAGE_PRIVATE | Opcodes.ACC_PRIVATE);
    }

    private static Optional<ClassOutline> read(byte[] classFile, int hidden) {
        try {
            ClassReader reader = new ClassReader(classFile);
            Map<String, String> nested = new HashMap<>();
            reader.accept(new NestedNames(nested), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            Outlining outlining = new Outlining(hidden, new CanonicalNames(nested));
            reader.accept(outlining, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            return outlining.outline();
        } catch (RuntimeException e) {
            // ASM does not say how it fails: by IndexOutOfBounds and IllegalArgument, and by others in odd places.
            return Optional.empty();
        }
    }

    /** Collects the canonical parts of the names of nested classes: {@code a/B$C} to {@code a/B.C}. */
    private static final class NestedNames extends ClassVisitor {

        private final Map<String, String> nested;

        NestedNames(Map<String, String> nested) {
            super(Opcodes.ASM9);
            this.nested = nested;
        }

        @Override
        public void visitInnerClass(String name, @Nullable String outer, @Nullable String simple, int access) {
            if (outer != null && simple != null) {
                nested.put(name, outer + '.' + simple);
            }
        }
    }

    /** Makes canonical names of internal ones. */
    private record CanonicalNames(Map<String, String> nested) implements UnaryOperator<String> {

        /** A name that goes round in circles is nobody's: 255 classes cannot be nested. */
        private static final int MAX_DEPTH = 255;

        @Override
        public String apply(String internal) {
            String name = internal;
            StringBuilder inner = new StringBuilder();
            for (int depth = 0; depth < MAX_DEPTH && nested.containsKey(name); depth++) {
                String parts = nested.get(name);
                int dot = parts.lastIndexOf('.');
                inner.insert(0, parts.substring(dot));
                name = parts.substring(0, dot);
            }
            return name.replace('/', '.') + inner;
        }
    }

    private static final class Outlining extends ClassVisitor {

        /** Modifiers of members to leave out. */
        private final int hidden;

        private final CanonicalNames names;
        private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
        private final List<String> supertypes = new ArrayList<>();
        private final List<MethodOutline> methods = new ArrayList<>();
        private final List<FieldOutline> fields = new ArrayList<>();
        private String internal = "";
        private Kind kind = Kind.CLASS;
        private boolean canBeNamed = true;

        Outlining(int hidden, CanonicalNames names) {
            super(Opcodes.ASM9);
            this.hidden = hidden;
            this.names = names;
        }

        Optional<ClassOutline> outline() {
            return canBeNamed
                    ? Optional.of(new ClassOutline(names.apply(internal), kind, traits, supertypes, methods, fields))
                    : Optional.empty();
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            internal = name;
            canBeNamed = (access & Opcodes.ACC_MODULE) == 0;
            kind = kind(access, superName);
            if (superName != null && kind != Kind.INTERFACE && kind != Kind.ANNOTATION) {
                addSupertype(superName);
            }
            for (String type : interfaces == null ? new String[0] : interfaces) {
                addSupertype(type);
                if (type.equals("java/io/Externalizable")) {
                    traits.add(Trait.CUSTOM_SERIALIZATION);
                }
            }
            traits.add(Trait.STATIC); // Unless the list of nested classes says otherwise.
            modifiers(access);
        }

        private static Kind kind(int access, @Nullable String superName) {
            if ((access & Opcodes.ACC_ANNOTATION) != 0) {
                return Kind.ANNOTATION;
            }
            if ((access & Opcodes.ACC_INTERFACE) != 0) {
                return Kind.INTERFACE;
            }
            if ((access & Opcodes.ACC_ENUM) != 0) {
                return Kind.ENUM;
            }
            return "java/lang/Record".equals(superName) ? Kind.RECORD : Kind.CLASS;
        }

        private void addSupertype(String name) {
            if (!name.equals("java/lang/Object")) {
                supertypes.add(names.apply(name));
            }
        }

        private void modifiers(int access) {
            if ((access & Opcodes.ACC_ABSTRACT) != 0 && kind != Kind.INTERFACE && kind != Kind.ANNOTATION) {
                traits.add(Trait.ABSTRACT);
            }
            if ((access & Opcodes.ACC_FINAL) != 0) {
                traits.add(Trait.FINAL);
            }
        }

        @Override
        public void visitInnerClass(String name, @Nullable String outer, @Nullable String simple, int access) {
            if (name.equals(internal)) {
                canBeNamed &= outer != null && simple != null;
                modifiers(access);
                if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_INTERFACE)) == 0) {
                    traits.remove(Trait.STATIC);
                }
            }
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            if (name.equals("serialPersistentFields") && descriptor.equals("[Ljava/io/ObjectStreamField;")) {
                traits.add(Trait.CUSTOM_SERIALIZATION);
            }
            if (isShown(access)) {
                fields.add(new FieldOutline(
                        name,
                        new Signatures(signature == null ? descriptor : signature, names).type(),
                        (access & Opcodes.ACC_STATIC) != 0,
                        (access & Opcodes.ACC_TRANSIENT) != 0));
            }
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (name.equals(CONSTRUCTOR)) {
                if (descriptor.equals(NO_PARAMETERS)) {
                    constructor(access);
                }
                return null;
            }
            if (isSerialization(name, descriptor)) {
                traits.add(Trait.CUSTOM_SERIALIZATION);
            }
            if (isShown(access) && !name.startsWith("<")) {
                Signatures types = new Signatures(signature == null ? descriptor : signature, names);
                List<String> parameters = types.parameters();
                if ((access & Opcodes.ACC_VARARGS) != 0 && !parameters.isEmpty()) {
                    int last = parameters.size() - 1;
                    parameters.set(last, parameters.get(last).replaceFirst("(\\[\\])?$", "..."));
                }
                methods.add(new MethodOutline(
                        name,
                        parameters,
                        types.type(),
                        (access & Opcodes.ACC_STATIC) != 0,
                        (access & Opcodes.ACC_ABSTRACT) != 0));
            }
            return null;
        }

        private void constructor(int access) {
            boolean isPublic = (access & Opcodes.ACC_PUBLIC) != 0;
            if (isPublic) {
                traits.add(Trait.PUBLIC_DEFAULT_CONSTRUCTOR);
            }
            if (isPublic || (access & Opcodes.ACC_PROTECTED) != 0) {
                traits.add(Trait.DEFAULT_CONSTRUCTOR);
            }
            if ((access & Opcodes.ACC_PRIVATE) == 0) {
                traits.add(Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
            }
        }

        private static boolean isSerialization(String name, String descriptor) {
            return switch (name) {
                case "writeObject" -> descriptor.equals("(Ljava/io/ObjectOutputStream;)V");
                case "writeReplace" -> descriptor.equals("()Ljava/lang/Object;");
                default -> false;
            };
        }

        private boolean isShown(int access) {
            int visibility = (access & ACCESS) == 0 ? PACKAGE_PRIVATE : access & ACCESS;
            return (visibility & hidden) == 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
        }
    }

    /**
     * Reads descriptors and generic signatures, type by type, with all type arguments left out: JVMS 4.3, 4.7.9.1. Without
     * recursion, since signatures may nest as deep as they are long.
     */
    private static final class Signatures {

        private final String text;
        private final UnaryOperator<String> names;
        private int at;

        Signatures(String text, UnaryOperator<String> names) {
            this.text = text;
            this.names = names;
        }

        /** Returns the types of the parameters, and goes on to the result. */
        List<String> parameters() {
            List<String> parameters = new ArrayList<>();
            skipArguments(); // In front of a method's signature these are its type parameters.
            at++;
            while (text.charAt(at) != ')') {
                parameters.add(type());
            }
            at++;
            return parameters;
        }

        String type() {
            int dimensions = 0;
            while (text.charAt(at) == '[') {
                dimensions++;
                at++;
            }
            String element = element();
            return element.equals("?") ? element : element + "[]".repeat(dimensions);
        }

        private String element() {
            char tag = text.charAt(at++);
            return switch (tag) {
                case 'V' -> "void";
                case 'Z' -> "boolean";
                case 'B' -> "byte";
                case 'C' -> "char";
                case 'S' -> "short";
                case 'I' -> "int";
                case 'J' -> "long";
                case 'F' -> "float";
                case 'D' -> "double";
                case 'L' -> classType();
                case 'T' -> variable();
                default -> throw new IllegalArgumentException("no type: " + text);
            };
        }

        private String variable() {
            int end = text.indexOf(';', at);
            if (end < 0) {
                throw new IllegalArgumentException("no end: " + text);
            }
            at = end + 1;
            return "?";
        }

        private String classType() {
            StringBuilder name = new StringBuilder();
            for (char next = text.charAt(at); next != ';'; next = text.charAt(at)) {
                if (next == '<') {
                    skipArguments();
                } else {
                    // A class within a parameterised one: `La/B<TT;>.C;` is a/B$C.
                    name.append(next == '.' ? '$' : next);
                    at++;
                }
            }
            at++;
            return names.apply(name.toString());
        }

        private void skipArguments() {
            int depth = 0;
            do {
                char next = text.charAt(at);
                if (next == '<') {
                    depth++;
                } else if (next == '>') {
                    depth--;
                }
                if (depth > 0 || next == '>') {
                    at++;
                }
            } while (depth > 0);
        }
    }
}
