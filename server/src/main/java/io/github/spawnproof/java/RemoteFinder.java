package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.TryStmt;
import com.github.javaparser.ast.type.ReferenceType;
import com.github.javaparser.ast.type.Type;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.ClassOutline;
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
    private final Creations creations;
    private final SerializableEdits serializable;

    RemoteFinder(Types types, Shipping shipping) {
        this.file = types.file();
        this.types = types;
        this.layout = new JavaLayout(file);
        this.creations = new Creations(types);
        this.serializable = new SerializableEdits(types, shipping);
    }

    List<Hazard> find() {
        List<Hazard> hazards = new ArrayList<>();
        for (ClassOrInterfaceDeclaration type : file.unit().findAll(ClassOrInterfaceDeclaration.class)) {
            if (type.isInterface() && types.classes().isA(file.nameOf(type), REMOTE) == Classes.Answer.YES) {
                for (MethodDeclaration method : type.getMethods()) {
                    // RMI asks it of static and default methods too.
                    if (!method.isPrivate()) {
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
                .anyMatch(thrown -> thrown == null
                        || ENOUGH.contains(thrown)
                        || types.classes().find(thrown).isEmpty());
        if (!mayFail) {
            hazards.add(new Hazard(
                    Hazard.Kind.REMOTE_METHOD,
                    Consequence.FAILS,
                    file.range(method.getName()),
                    method.getNameAsString(),
                    type.getNameAsString(),
                    "",
                    List.of(),
                    throwing(type, method)));
        }
        if (!method.isStatic()) {
            signature(method.getType(), method, hazards);
            for (Parameter parameter : method.getParameters()) {
                signature(parameter.getType(), method, hazards);
            }
        }
    }

    private void signature(Type type, MethodDeclaration method, List<Hazard> hazards) {
        String name = type.isVoidType() ? null : types.erasure(type);
        if (name != null && creations.isRefused(name) && types.classes().isA(name, REMOTE) == Classes.Answer.NO) {
            hazards.add(new Hazard(
                    Hazard.Kind.REMOTE_SIGNATURE,
                    Consequence.FAILS,
                    file.firstLine(type),
                    method.getNameAsString(),
                    Types.simple(name),
                    "",
                    List.of(),
                    serializable.of(name)));
        }
    }

    private List<Fix> throwing(ClassOrInterfaceDeclaration type, MethodDeclaration method) {
        if (!canThrow(type, method)) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>(layout.importOf(REMOTE_EXCEPTION));
        List<ReferenceType> thrown = method.getThrownExceptions();
        if (thrown.isEmpty()) {
            int end = method.getBody()
                    .map(body -> file.range(body).start())
                    .orElse(file.range(method).end());
            int close = file.source().text().lastIndexOf(')', end);
            edits.add(TextEdit.insert(close + 1, " throws RemoteException"));
        } else {
            edits.add(TextEdit.insert(file.range(thrown.get(thrown.size() - 1)).end(), ", RemoteException"));
        }
        // Unsafe: whoever calls the method has to do something about the exception.
        return Fix.ifAny("Declare that it throws `RemoteException`", Applicability.UNSAFE, edits);
    }

    /** Tells whether all in this file that calls a remote method is ready for its exception. */
    private boolean canThrow(ClassOrInterfaceDeclaration type, MethodDeclaration method) {
        String name = method.getNameAsString();
        String owner = file.nameOf(type);
        boolean referred = file.unit().findAll(MethodReferenceExpr.class).stream()
                .anyMatch(reference -> reference.getIdentifier().equals(name));
        return !referred
                && file.unit().findAll(MethodCallExpr.class).stream()
                        .filter(call -> call.getNameAsString().equals(name)
                                && call.getArguments().size()
                                        == method.getParameters().size())
                        .filter(call -> mayCall(call, owner))
                        .allMatch(this::isReady);
    }

    /** Tells whether a call may be of a remote method as its interface declares it. */
    private boolean mayCall(MethodCallExpr call, String owner) {
        String receiver = types.receiver(call);
        if (receiver == null) {
            return true;
        }
        // A class declares anew what its own method throws.
        boolean isClass = types.classes()
                .find(receiver)
                .filter(outline -> outline.kind() != ClassOutline.Kind.INTERFACE)
                .isPresent();
        return !isClass && types.classes().isA(receiver, owner) != Classes.Answer.NO;
    }

    /** Tells whether the code around a call catches what is remote, or says that it throws it. */
    private boolean isReady(Node call) {
        Node child = call;
        for (Node at = call.getParentNode().orElse(null);
                at != null;
                at = at.getParentNode().orElse(null)) {
            if (at instanceof CallableDeclaration<?> callable) {
                return callable.getThrownExceptions().stream().anyMatch(this::isEnough);
            } else if (at instanceof LambdaExpr || at instanceof BodyDeclaration<?>) {
                return false;
            } else if (at instanceof TryStmt handler
                    && !(child instanceof CatchClause)
                    && !JavaFile.isSame(handler.getFinallyBlock().orElse(null), child)
                    && handler.getCatchClauses().stream().anyMatch(this::catchesIt)) {
                return true;
            }
            child = at;
        }
        return false;
    }

    private boolean catchesIt(CatchClause handler) {
        Type caught = handler.getParameter().getType();
        return caught.isUnionType()
                ? caught.asUnionType().getElements().stream().anyMatch(this::isEnough)
                : isEnough(caught);
    }

    private boolean isEnough(Type type) {
        String name = types.erasure(type);
        return name != null && ENOUGH.contains(name);
    }
}
