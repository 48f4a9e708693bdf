package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import io.github.spawnproof.python.syntax.Node.Parameter;
import io.github.spawnproof.python.syntax.Node.ParameterKind;
import io.github.spawnproof.python.syntax.Node.TypeParameterKind;
import java.util.ArrayList;
import java.util.List;

/** Parses the parameters of functions and lambdas, and type parameters. */
final class ParameterParser {

    private final TokenReader reader;
    private final ExpressionParser expressions;

    ParameterParser(TokenReader reader, ExpressionParser expressions) {
        this.reader = reader;
        this.expressions = expressions;
    }

    /**
     * Parses parameters up to the closing parenthesis of a function or the colon of a lambda, which stay.
     *
     * @param closing decides whether there can be annotations
     */
    Node.Parameters parameters(byte closing) {
        int start = reader.start();
        if (reader.kind == closing || reader.endsBracket()) {
            return new Node.Parameters(reader.lastEnd(), reader.lastEnd(), List.of());
        }
        boolean annotated = closing == RIGHT_PARENTHESIS;
        List<Parameter> list = new ArrayList<>();
        ParameterKind kind = ParameterKind.POSITIONAL_OR_KEYWORD;
        boolean defaults = false;
        boolean last = false;
        while (reader.kind != closing && !reader.endsBracket()) {
            if (last) {
                reader.error("parameters cannot follow '**'");
            }
            if (reader.kind == NAME) {
                Parameter parameter = parameter(kind, annotated);
                boolean hasDefault = parameter.defaultValue() != null;
                if (defaults && !hasDefault && kind == ParameterKind.POSITIONAL_OR_KEYWORD) {
                    reader.errorOf(parameter, "parameter without a default follows parameter with a default");
                }
                defaults |= hasDefault;
                list.add(parameter);
            } else if (reader.kind == STAR) {
                if (kind == ParameterKind.KEYWORD_ONLY) {
                    reader.error("'*' may appear only once");
                }
                reader.advance();
                kind = ParameterKind.KEYWORD_ONLY;
                if (reader.kind == NAME) {
                    list.add(parameter(ParameterKind.VAR_POSITIONAL, annotated));
                } else if (reader.kind != COMMA || reader.nextKind() == closing) {
                    reader.error("named parameters must follow bare '*'");
                } else if (reader.nextKind() == DOUBLE_STAR) {
                    reader.error("named parameters must follow bare '*'");
                }
            } else if (reader.kind == DOUBLE_STAR) {
                reader.advance();
                last = true;
                if (reader.kind == NAME) {
                    list.add(parameter(ParameterKind.VAR_KEYWORD, annotated));
                } else {
                    reader.error("expected a name");
                }
            } else if (reader.kind == SLASH) {
                positionalOnly(list, kind);
                reader.advance();
            } else {
                reader.error("expected a parameter");
                if (reader.kind != COMMA) {
                    reader.skipWhole();
                }
            }
            if (!nextParameter(closing)) {
                break;
            }
        }
        return new Node.Parameters(start, reader.lastEnd(), List.copyOf(list));
    }

    private boolean nextParameter(byte closing) {
        if (reader.accept(COMMA)) {
            return true;
        }
        if (reader.kind == closing || reader.endsBracket()) {
            return false;
        }
        reader.error("expected ',' between parameters");
        if (closing == COLON && reader.kind != NAME) {
            // In a lambda anything may follow; the rest is better read as its body.
            return false;
        }
        return true;
    }

    private void positionalOnly(List<Parameter> list, ParameterKind kind) {
        boolean repeated = !list.isEmpty() && list.get(0).kind() == ParameterKind.POSITIONAL_ONLY;
        if (list.isEmpty() || repeated || kind != ParameterKind.POSITIONAL_OR_KEYWORD) {
            reader.error("'/' must follow positional parameters and appear once");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            Parameter p = list.get(i);
            list.set(
                    i,
                    new Parameter(
                            p.start(),
                            p.end(),
                            ParameterKind.POSITIONAL_ONLY,
                            p.name(),
                            p.annotation(),
                            p.defaultValue()));
        }
    }

    private Parameter parameter(ParameterKind kind, boolean annotated) {
        int start = reader.start();
        String name = reader.name();
        reader.advance();
        Expression annotation = null;
        if (annotated && reader.accept(COLON)) {
            // PEP 646: "*args: *Ts".
            annotation =
                    kind == ParameterKind.VAR_POSITIONAL ? expressions.starNamedExpression() : expressions.expression();
        }
        int end = reader.lastEnd();
        Expression defaultValue = null;
        if (reader.kind == EQUAL) {
            if (kind == ParameterKind.VAR_POSITIONAL || kind == ParameterKind.VAR_KEYWORD) {
                reader.error("a parameter with a star cannot have a default");
            }
            reader.advance();
            defaultValue = expressions.expression();
        }
        return new Parameter(start, end, kind, name, annotation, defaultValue);
    }

    /** Parses type parameters in brackets if there are any (PEP 695). */
    List<Node.TypeParameter> typeParameters() {
        if (reader.kind != LEFT_SQUARE) {
            return List.of();
        }
        int open = reader.position();
        reader.advance();
        if (reader.kind == RIGHT_SQUARE) {
            reader.error("expected a type parameter");
        }
        List<Node.TypeParameter> list = new ArrayList<>();
        while (!reader.endsBracket()) {
            if (reader.kind == NAME || reader.kind == STAR || reader.kind == DOUBLE_STAR) {
                list.add(typeParameter());
            } else {
                reader.error("expected a type parameter");
                if (reader.kind != COMMA) {
                    reader.skipWhole();
                }
            }
            if (!reader.accept(COMMA) && !reader.endsBracket()) {
                reader.error("expected ',' between type parameters");
            }
        }
        expressions.close(open, RIGHT_SQUARE);
        return List.copyOf(list);
    }

    private Node.TypeParameter typeParameter() {
        int start = reader.start();
        TypeParameterKind kind = TypeParameterKind.TYPE_VAR;
        if (reader.accept(STAR)) {
            kind = TypeParameterKind.TYPE_VAR_TUPLE;
        } else if (reader.accept(DOUBLE_STAR)) {
            kind = TypeParameterKind.PARAM_SPEC;
        }
        String name = "";
        if (reader.kind == NAME) {
            name = reader.name();
            reader.advance();
        } else {
            reader.error("expected a name");
        }
        Expression bound = null;
        if (kind == TypeParameterKind.TYPE_VAR && reader.accept(COLON)) {
            bound = expressions.expression();
        }
        Expression defaultValue = null;
        if (reader.accept(EQUAL)) {
            defaultValue = kind == TypeParameterKind.TYPE_VAR_TUPLE
                    ? expressions.starNamedExpression()
                    : expressions.expression();
        }
        return new Node.TypeParameter(start, reader.lastEnd(), kind, name, bound, defaultValue);
    }
}
