package io.github.spawnproof.workspace;

import io.github.spawnproof.project.ClassOutline;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** The classes of the running JDK and of jars by canonical name, each read when it is asked for. */
final class LibraryClasses implements AutoCloseable {

    private static final String SUFFIX = ".class";

    private interface ClassFile {
        byte[] bytes() throws IOException;
    }

    /** A class, and whether its own modifiers let any code use it. */
    record LibraryClass(ClassOutline outline, boolean isAccessible) {}

    private final Map<String, ClassFile> files = new HashMap<>();
    private final Map<String, Optional<LibraryClass>> known = new HashMap<>();
    private final List<ZipFile> open = new ArrayList<>();

    /** Makes the classes of the JDK, and of jars. */
    LibraryClasses(List<Path> jars) throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> all = Files.walk(modules)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                if (file.getNameCount() > 2) {
                    add(file.subpath(2, file.getNameCount()).toString(), () -> Files.readAllBytes(file));
                }
            }
        }
        for (Path jar : jars) {
            ZipFile zip = new ZipFile(jar.toFile());
            open.add(zip);
            for (ZipEntry entry : Collections.list(zip.entries())) {
                add(entry.getName(), () -> {
                    try (InputStream stream = zip.getInputStream(entry)) {
                        return stream.readAllBytes();
                    }
                });
            }
        }
    }

    private void add(String path, ClassFile file) {
        if (path.endsWith(SUFFIX) && !path.startsWith("META-INF/")) {
            files.putIfAbsent(key(path.substring(0, path.length() - SUFFIX.length())), file);
        }
    }

    /** Returns what canonical and internal name of a class have in common. */
    private static String key(String name) {
        return name.replace('/', '.').replace('$', '.');
    }

    /** Returns the names of all classes, as far as the names of their files tell: with dots for dollars. */
    List<String> names() {
        return files.keySet().stream().sorted().toList();
    }

    /** Returns a class; empty if it is not there, or cannot be named. */
    Optional<LibraryClass> find(String name) {
        String key = key(name);
        Optional<LibraryClass> before = known.get(key);
        if (before != null) {
            return before;
        }
        Optional<LibraryClass> found = read(key);
        known.put(key, found);
        return found;
    }

    private Optional<LibraryClass> read(String key) {
        ClassFile file = files.get(key);
        if (file == null) {
            return Optional.empty();
        }
        try {
            byte[] bytes = file.bytes();
            return ClassFiles.readAccessible(bytes)
                    .map(outline ->
                            new LibraryClass(outline, Access.isPublic(bytes) && isEnclosingAccessible(outline)));
        } catch (IOException e) {
            throw new IllegalStateException(key, e);
        }
    }

    private boolean isEnclosingAccessible(ClassOutline outline) {
        int dot = outline.name().lastIndexOf('.');
        String enclosing = outline.name().substring(0, Math.max(dot, 0));
        return !files.containsKey(key(enclosing))
                || find(enclosing).filter(LibraryClass::isAccessible).isPresent();
    }

    @Override
    public void close() throws IOException {
        for (ZipFile zip : open) {
            zip.close();
        }
    }

    /** The modifiers of a class as its source has them: of nested ones the class file has them elsewhere. */
    private static final class Access extends ClassVisitor {

        private final String internal;
        private int access;

        private Access(String internal, int access) {
            super(Opcodes.ASM9);
            this.internal = internal;
            this.access = access;
        }

        static boolean isPublic(byte[] bytes) {
            ClassReader reader = new ClassReader(bytes);
            Access found = new Access(reader.getClassName(), reader.getAccess());
            reader.accept(found, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            return (found.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
                    && (found.access & Opcodes.ACC_SYNTHETIC) == 0;
        }

        @Override
        public void visitInnerClass(String name, @Nullable String outer, @Nullable String simple, int modifiers) {
            if (name.equals(internal)) {
                access = modifiers;
            }
        }
    }
}
