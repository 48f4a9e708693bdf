package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.ComponentPatternExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.TypePatternExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.TryStmt;
import io.github.spawnproof.java.Variable.Kind;
import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.FieldOutline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which variable a name means at a place: chapter 6 of the Java Language Specification, section 6.3 and 6.4. */
final class Scope {

    private final JavaFile file;
    private final Classes classes;
    private final Types types;

    Scope(JavaFile file, Classes classes, Types types) {
        this.file = file;
        this.classes = classes;
        this.types = types;
    }

    /** Returns the variable of a name; empty if no declaration of it is known. */
    Optional<Variable> find(String name, Node place) {
        Node child = place;
        for (Node at = place.getParentNode().orElse(null);
                at != null;
                at = at.getParentNode().orElse(null)) {
            Optional<Variable> found = declaredIn(at, child, name);
            if (found.isPresent()) {
                return found;
            }
            child = at;
        }
        return Optional.empty();
    }

    private Optional<Variable> declaredIn(Node at, Node child, String name) {
        if (at instanceof BlockStmt block) {
            return before(block.getStatements(), child, name);
        } else if (at instanceof SwitchEntry entry) {
            return before(entry.getStatements(), child, name).or(() -> inPatterns(entry.getLabels(), name));
        } else if (at instanceof LambdaExpr lambda) {
            return parameter(lambda.getParameters(), name);
        } else if (at instanceof CallableDeclaration<?> callable) {
            return parameter(callable.getParameters(), name);
        } else if (at instanceof CatchClause clause) {
            return parameter(List.of(clause.getParameter()), name);
        } else if (at instanceof ForEachStmt loop) {
            return inDeclaration(loop.getVariable(), name);
        } else if (at instanceof ForStmt loop) {
            return first(loop.getInitialization(), name);
        } else if (at instanceof TryStmt statement) {
            boolean inScope = JavaFile.isSame(statement.getTryBlock(), child) || child instanceof Expression;
            return inScope ? first(statement.getResources(), name) : Optional.empty();
        } else if (at instanceof TypeDeclaration<?> || at instanceof ObjectCreationExpr) {
            return at instanceof TypeDeclaration<?> || child instanceof BodyDeclaration<?>
                    ? field(at, name)
                    : Optional.empty();
        } else if (at instanceof Statement || at instanceof Expression) {
            return inPatterns(at.getChildNodes(), name);
        }
        return Optional.empty();
    }

    private Optional<Variable> before(NodeList<Statement> statements, Node child, String name) {
        for (Statement statement : statements) {
            if (JavaFile.isSame(statement, child)) {
                break;
            }
            Optional<Variable> found = statement instanceof ExpressionStmt expression
                            && expression.getExpression() instanceof VariableDeclarationExpr declaration
                    ? inDeclaration(declaration, name)
                    : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        // A pattern of an earlier statement may still be in scope: if (!(x instanceof T t)) return;
        return inPatterns(statements, name);
    }

    private Optional<Variable> first(NodeList<Expression> expressions, String name) {
        return expressions.stream()
                .filter(VariableDeclarationExpr.class::isInstance)
                .flatMap(expression -> inDeclaration((VariableDeclarationExpr) expression, name).stream())
                .findFirst();
    }

    private Optional<Variable> inDeclaration(VariableDeclarationExpr declaration, String name) {
        for (VariableDeclarator variable : declaration.getVariables()) {
            if (variable.getNameAsString().equals(name)) {
                return Optional.of(variable(Kind.LOCAL, variable, name, types.declared(variable)));
            }
        }
        return Optional.empty();
    }

    private Optional<Variable> parameter(List<Parameter> parameters, String name) {
        for (Parameter parameter : parameters) {
            if (parameter.getNameAsString().equals(name)) {
                String type = types.declared(parameter);
                return Optional.of(variable(Kind.PARAMETER, parameter, name, type));
            }
        }
        return Optional.empty();
    }

    /** Looks for a pattern variable outside of classes and closures that are further in. */
    private Optional<Variable> inPatterns(List<? extends Node> nodes, String name) {
        for (Node node : nodes) {
            if (node instanceof TypePatternExpr pattern
                    && pattern.getNameAsString().equals(name)) {
                return Optional.of(variable(Kind.LOCAL, pattern, name, types.erasure(pattern.getType())));
            }
            boolean closed =
                    node instanceof LambdaExpr || node instanceof BodyDeclaration<?> || node instanceof BlockStmt;
            if (!closed
                    && (node instanceof Expression
                            || node instanceof Statement
                            || node instanceof ComponentPatternExpr)) {
                Optional<Variable> found = inPatterns(node.getChildNodes(), name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Variable variable(Kind kind, Node declaration, String name, @Nullable String type) {
        return new Variable(kind, name, declaration, null, type, false);
    }

    private Optional<Variable> field(Node body, String name) {
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            if (member instanceof FieldDeclaration field) {
                for (VariableDeclarator variable : field.getVariables()) {
                    if (variable.getNameAsString().equals(name)) {
                        boolean isStatic = field.isStatic() || isInterface(body);
                        return Optional.of(
                                new Variable(Kind.FIELD, name, variable, body, types.declared(variable), isStatic));
                    }
                }
            }
        }
        if (body instanceof RecordDeclaration recordType) {
            Optional<Variable> component = parameter(recordType.getParameters(), name);
            if (component.isPresent()) {
                return component.map(
                        found -> new Variable(Kind.FIELD, name, found.declaration(), body, found.type(), false));
            }
        }
        if (body instanceof EnumDeclaration enumeration
                && enumeration.getEntries().stream()
                        .anyMatch(entry -> entry.getNameAsString().equals(name))) {
            return Optional.of(new Variable(Kind.FIELD, name, null, body, file.nameOf(enumeration), true));
        }
        return inherited(body, name);
    }

    private Optional<Variable> inherited(Node body, String name) {
        for (String supertype : classes.supertypesOf(file, body)) {
            for (String owner : classes.withSupertypes(supertype)) {
                Optional<FieldOutline> found = classes.find(owner).map(ClassOutline::fields).orElse(List.of()).stream()
                        .filter(field -> field.name().equals(name))
                        .findFirst();
                if (found.isPresent()) {
                    FieldOutline field = found.get();
                    String type = field.type().startsWith(Outlines.UNKNOWN) ? null : field.type();
                    return Optional.of(new Variable(Kind.FIELD, name, null, body, type, field.isStatic()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isInterface(Node body) {
        return body instanceof ClassOrInterfaceDeclaration type && type.isInterface();
    }
}
