package io.github.spawnproof.java;

import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.type.ReferenceType;
import com.github.javaparser.ast.type.Type;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.java.Hazard.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds remote interfaces that RMI refuses, or whose calls fail: java.rmi.Remote, and the specification of RMI, 2.4 and 2.6. */
final class RemoteFinder {

    private static final String REMOTE = "java.rmi.Remote";
    private static final String REMOTE_EXCEPTION = "java.rmi.RemoteException";
    private static final Set<String> ENOUGH =
            Set.of(REMOTE_EXCEPTION, "java.io.IOException", "java.lang.Exception", "java.lang.Throwable");

    private final JavaFile file;
    private final Types types;
    private final JavaLayout layout;

    RemoteFinder(Types types) {
        this.file = types.file();
        this.types = types;
        this.layout = new JavaLayout(file);
    }

    List<Hazard> find() {
        List<Hazard> hazards = new ArrayList<>();
        for (ClassOrInterfaceDeclaration type : file.unit().findAll(ClassOrInterfaceDeclaration.class)) {
            if (type.isInterface() && types.classes().isA(file.nameOf(type), REMOTE) == Classes.Answer.YES) {
                for (MethodDeclaration method : type.getMethods()) {
                    if (method.getBody().isEmpty() && !method.isStatic()) {
                        check(type, method, hazards);
                    }
                }
            }
        }
        return hazards;
    }

    private void check(ClassOrInterfaceDeclaration type, MethodDeclaration method, List<Hazard> hazards) {
        boolean mayFail = method.getThrownExceptions().stream()
                .map(types::erasure)
                .anyMatch(thrown -> thrown == null || ENOUGH.contains(thrown));
        if (!mayFail) {
            hazards.add(new Hazard(
                    Hazard.Kind.REMOTE_METHOD,
                    Effect.FAILS,
                    file.range(method.getName()),
                    method.getNameAsString(),
                    type.getNameAsString(),
                    "",
                    List.of(),
                    throwing(method)));
        }
        signature(method.getType(), method, hazards);
        for (Parameter parameter : method.getParameters()) {
            signature(parameter.getType(), method, hazards);
        }
    }

    private void signature(Type type, MethodDeclaration method, List<Hazard> hazards) {
        String name = type.isVoidType() ? null : types.erasure(type);
        if (name != null
                && types.classes().serializable(name) == Classes.Answer.NO
                && types.classes().isA(name, REMOTE) == Classes.Answer.NO) {
            hazards.add(new Hazard(
                    Hazard.Kind.REMOTE_SIGNATURE,
                    Effect.FAILS,
                    file.range(type),
                    method.getNameAsString(),
                    Types.simple(name),
                    "",
                    List.of(),
                    new SerializableEdit(types).of(name)));
        }
    }

    private List<Fix> throwing(MethodDeclaration method) {
        List<TextEdit> edits = new ArrayList<>(layout.importOf(REMOTE_EXCEPTION));
        List<ReferenceType> thrown = method.getThrownExceptions();
        if (thrown.isEmpty()) {
            int close = file.source().text().lastIndexOf(')', file.range(method).end());
            edits.add(TextEdit.insert(close + 1, " throws RemoteException"));
        } else {
            edits.add(TextEdit.insert(file.range(thrown.get(thrown.size() - 1)).end(), ", RemoteException"));
        }
        // Unsafe: whoever calls the method has to do something about the exception.
        return Fix.ifAny("Declare that it throws `RemoteException`", Applicability.UNSAFE, edits);
    }

    /** The edit that makes a class of the same file Serializable. */
    record SerializableEdit(Types types) {

        List<Fix> of(String name) {
            TypeDeclaration<?> declaration = types.classes().declaration(name);
            JavaFile file = types.file();
            if (!(declaration instanceof ClassOrInterfaceDeclaration type)
                    || type.isInterface()
                    || !JavaFile.isWithin(type, file.unit())) {
                return List.of();
            }
            List<TextEdit> edits = new ArrayList<>(new JavaLayout(file).importOf("java.io.Serializable"));
            if (type.getImplementedTypes().isEmpty()) {
                int at = file.source()
                        .text()
                        .indexOf('{', file.range(type.getName()).end());
                int end = at;
                while (Character.isWhitespace(file.source().text().charAt(end - 1))) {
                    end--;
                }
                edits.add(TextEdit.insert(end, " implements Serializable"));
            } else {
                int last = type.getImplementedTypes().size() - 1;
                edits.add(TextEdit.insert(
                        file.range(type.getImplementedTypes(last)).end(), ", Serializable"));
            }
            return Fix.ifAny("Make `%s` Serializable".formatted(type.getNameAsString()), Applicability.UNSAFE, edits);
        }
    }
}
