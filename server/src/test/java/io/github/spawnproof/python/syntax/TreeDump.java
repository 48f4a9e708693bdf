package io.github.spawnproof.python.syntax;

import io.github.spawnproof.source.LineIndex;
import io.github.spawnproof.source.SourceText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints a tree in the format of {@code dump_ast.py}: depth, field, kind, position, values. */
final class TreeDump {

    private final List<String> out = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private final LineIndex lines;
    private final boolean byteOrderMark;
    private int base;
    private int lastLine;

    private TreeDump(SourceText source) {
        lines = source.lines();
        byteOrderMark = source.text().startsWith("\uFEFF");
    }

    static List<String> of(PythonTree tree) {
        TreeDump dump = new TreeDump(tree.source());
        dump.out.add("0 module Module - ");
        for (TopLevel statement : tree.statements()) {
            dump.base = statement.offset();
            dump.statement(statement.statement(), 1, "body");
        }
        return dump.out;
    }

    private void place(int offset) {
        int at = offset + base;
        int number = lastLine;
        boolean near = at >= lines.start(number) && (number + 1 >= lines.count() || at < lines.start(number + 1));
        if (!near) {
            number = lines.lineAt(at);
            lastLine = number;
        }
        int column = at - lines.start(number) - (number == 0 && byteOrderMark ? 1 : 0);
        line.append(number + 1).append(':').append(column);
    }

    private void add(int depth, String field, String kind, @Nullable Node position, Object values) {
        line.setLength(0);
        line.append(depth).append(' ').append(field).append(' ').append(kind).append(' ');
        if (position == null) {
            line.append('-');
        } else {
            place(position.start());
            line.append('-');
            place(position.end());
        }
        line.append(' ').append(values);
        out.add(line.toString());
    }

    private static String truth(boolean value) {
        return value ? "True" : "False";
    }

    private static String none(@Nullable Object value) {
        return Objects.toString(value, "None");
    }

    private void each(List<? extends Node> nodes, int depth, String field) {
        for (Node node : nodes) {
            node(node, depth, field);
        }
    }

    private void node(@Nullable Node node, int depth, String field) {
        if (node instanceof Statement statement) {
            statement(statement, depth, field);
        } else if (node instanceof Expression expression) {
            expression(expression, depth, field);
        } else if (node instanceof Pattern pattern) {
            pattern(pattern, depth, field);
        } else if (node != null) {
            part(node, depth, field);
        }
    }

    private void part(Node node, int depth, String field) {
        if (node instanceof Node.Keyword n) {
            add(depth, field, "keyword", n, none(n.name()));
            node(n.value(), depth + 1, "value");
        } else if (node instanceof Node.Comprehension n) {
            add(depth, field, "comprehension", null, truth(n.isAsync()));
            node(n.target(), depth + 1, "target");
            node(n.iterable(), depth + 1, "iter");
            each(n.conditions(), depth + 1, "ifs");
        } else if (node instanceof Node.Parameter n) {
            add(depth, field, "arg", n, n.kind() + " " + n.name());
            node(n.annotation(), depth + 1, "annotation");
            node(n.defaultValue(), depth + 1, "default");
        } else if (node instanceof Node.Alias n) {
            add(depth, field, "alias", n, n.name() + " " + none(n.asName()));
        } else if (node instanceof Node.WithItem n) {
            add(depth, field, "withitem", null, "");
            node(n.context(), depth + 1, "context_expr");
            node(n.target(), depth + 1, "optional_vars");
        } else if (node instanceof Node.ExceptHandler n) {
            add(depth, field, "ExceptHandler", n, none(n.name()));
            node(n.type(), depth + 1, "type");
            each(n.body(), depth + 1, "body");
        } else if (node instanceof Node.MatchCase n) {
            add(depth, field, "match_case", null, "");
            node(n.pattern(), depth + 1, "pattern");
            node(n.guard(), depth + 1, "guard");
            each(n.body(), depth + 1, "body");
        } else if (node instanceof Node.TypeParameter n) {
            String kind = switch (n.kind()) {
                case TYPE_VAR -> "TypeVar";
                case PARAM_SPEC -> "ParamSpec";
                case TYPE_VAR_TUPLE -> "TypeVarTuple";
            };
            add(depth, field, kind, n, n.name());
            node(n.bound(), depth + 1, "bound");
            node(n.defaultValue(), depth + 1, "default_value");
        } else {
            throw new IllegalArgumentException("not expected: " + node);
        }
    }

    private void statement(Statement node, int depth, String field) {
        int next = depth + 1;
        if (node instanceof Statement.FunctionDef n) {
            add(depth, field, "FunctionDef", n, truth(n.isAsync()) + " " + n.name());
            each(n.decorators(), next, "decorator_list");
            each(n.typeParameters(), next, "type_params");
            each(n.parameters().list(), next, "args");
            node(n.returns(), next, "returns");
            each(n.body(), next, "body");
        } else if (node instanceof Statement.ClassDef n) {
            add(depth, field, "ClassDef", n, n.name());
            each(n.decorators(), next, "decorator_list");
            each(n.typeParameters(), next, "type_params");
            each(n.bases(), next, "bases");
            each(n.keywords(), next, "keywords");
            each(n.body(), next, "body");
        } else if (node instanceof Statement.Return n) {
            add(depth, field, "Return", n, "");
            node(n.value(), next, "value");
        } else if (node instanceof Statement.Delete n) {
            add(depth, field, "Delete", n, "");
            each(n.targets(), next, "targets");
        } else if (node instanceof Statement.Assign n) {
            add(depth, field, "Assign", n, "");
            each(n.targets(), next, "targets");
            node(n.value(), next, "value");
        } else if (node instanceof Statement.AugAssign n) {
            add(depth, field, "AugAssign", n, n.operator());
            node(n.target(), next, "target");
            node(n.value(), next, "value");
        } else if (node instanceof Statement.AnnAssign n) {
            add(depth, field, "AnnAssign", n, n.simple() ? "1" : "0");
            node(n.target(), next, "target");
            node(n.annotation(), next, "annotation");
            node(n.value(), next, "value");
        } else if (node instanceof Statement.TypeAlias n) {
            add(depth, field, "TypeAlias", n, "");
            node(n.name(), next, "name");
            each(n.typeParameters(), next, "type_params");
            node(n.value(), next, "value");
        } else if (node instanceof Statement.For n) {
            add(depth, field, "For", n, truth(n.isAsync()));
            node(n.target(), next, "target");
            node(n.iterable(), next, "iter");
            each(n.body(), next, "body");
            each(n.orElse(), next, "orelse");
        } else if (node instanceof Statement.While n) {
            add(depth, field, "While", n, "");
            node(n.test(), next, "test");
            each(n.body(), next, "body");
            each(n.orElse(), next, "orelse");
        } else if (node instanceof Statement.If n) {
            add(depth, field, "If", n, "");
            node(n.test(), next, "test");
            each(n.body(), next, "body");
            each(n.orElse(), next, "orelse");
        } else if (node instanceof Statement.With n) {
            add(depth, field, "With", n, truth(n.isAsync()));
            each(n.items(), next, "items");
            each(n.body(), next, "body");
        } else if (node instanceof Statement.Match n) {
            add(depth, field, "Match", n, "");
            node(n.subject(), next, "subject");
            each(n.cases(), next, "cases");
        } else if (node instanceof Statement.Try n) {
            add(depth, field, "Try", n, truth(n.isStar()));
            each(n.body(), next, "body");
            each(n.handlers(), next, "handlers");
            each(n.orElse(), next, "orelse");
            each(n.finalBody(), next, "finalbody");
        } else {
            simpleStatement(node, depth, field);
        }
    }

    private void simpleStatement(Statement node, int depth, String field) {
        int next = depth + 1;
        if (node instanceof Statement.Raise n) {
            add(depth, field, "Raise", n, "");
            node(n.exception(), next, "exc");
            node(n.cause(), next, "cause");
        } else if (node instanceof Statement.Assert n) {
            add(depth, field, "Assert", n, "");
            node(n.test(), next, "test");
            node(n.message(), next, "msg");
        } else if (node instanceof Statement.Import n) {
            add(depth, field, "Import", n, truth(n.isLazy()));
            each(n.names(), next, "names");
        } else if (node instanceof Statement.ImportFrom n) {
            add(depth, field, "ImportFrom", n, none(n.module()) + " " + n.level() + (n.isLazy() ? " lazy" : ""));
            each(n.names(), next, "names");
        } else if (node instanceof Statement.Global n) {
            add(depth, field, "Global", n, String.join(" ", n.names()));
        } else if (node instanceof Statement.Nonlocal n) {
            add(depth, field, "Nonlocal", n, String.join(" ", n.names()));
        } else if (node instanceof Statement.ExpressionStatement n) {
            add(depth, field, "Expr", n, "");
            node(n.value(), next, "value");
        } else if (node instanceof Statement.Pass n) {
            add(depth, field, "Pass", n, "");
        } else if (node instanceof Statement.Break n) {
            add(depth, field, "Break", n, "");
        } else if (node instanceof Statement.Continue n) {
            add(depth, field, "Continue", n, "");
        } else if (node instanceof Statement.Damaged n) {
            add(depth, field, "Damaged", n, "");
            each(n.expressions(), next, "expressions");
            each(n.body(), next, "body");
        }
    }

    private void expression(Expression node, int depth, String field) {
        int next = depth + 1;
        if (node instanceof Expression.Name n) {
            add(depth, field, "Name", n, n.id());
        } else if (node instanceof Expression.Constant n) {
            add(depth, field, "Constant", n, constant(n));
        } else if (node instanceof Expression.JoinedStr n) {
            add(depth, field, "JoinedStr", n, "");
            each(n.values(), next, "values");
        } else if (node instanceof Expression.FormattedValue n) {
            add(depth, field, "FormattedValue", n, (int) n.conversion());
            node(n.value(), next, "value");
            node(n.formatSpec(), next, "format_spec");
        } else if (node instanceof Expression.TemplateStr n) {
            add(depth, field, "TemplateStr", n, "");
            each(n.values(), next, "values");
        } else if (node instanceof Expression.Interpolation n) {
            add(depth, field, "Interpolation", n, (int) n.conversion() + " " + quoted(n.text()));
            node(n.value(), next, "value");
            node(n.formatSpec(), next, "format_spec");
        } else if (node instanceof Expression.Attribute n) {
            add(depth, field, "Attribute", n, n.name());
            node(n.value(), next, "value");
        } else if (node instanceof Expression.Subscript n) {
            add(depth, field, "Subscript", n, "");
            node(n.value(), next, "value");
            node(n.index(), next, "slice");
        } else if (node instanceof Expression.Slice n) {
            add(depth, field, "Slice", n, "");
            node(n.lower(), next, "lower");
            node(n.upper(), next, "upper");
            node(n.step(), next, "step");
        } else if (node instanceof Expression.Starred n) {
            add(depth, field, "Starred", n, "");
            node(n.value(), next, "value");
        } else if (node instanceof Expression.Call n) {
            add(depth, field, "Call", n, "");
            node(n.function(), next, "func");
            each(n.arguments(), next, "args");
            each(n.keywords(), next, "keywords");
        } else if (node instanceof Expression.BinOp n) {
            add(depth, field, "BinOp", n, n.operator());
            node(n.left(), next, "left");
            node(n.right(), next, "right");
        } else if (node instanceof Expression.BoolOp n) {
            add(depth, field, "BoolOp", n, n.operator());
            each(n.values(), next, "values");
        } else if (node instanceof Expression.UnaryOp n) {
            add(depth, field, "UnaryOp", n, n.operator());
            node(n.operand(), next, "operand");
        } else if (node instanceof Expression.Compare n) {
            add(depth, field, "Compare", n, String.join(",", n.operators()));
            node(n.left(), next, "left");
            each(n.comparators(), next, "comparators");
        } else {
            otherExpression(node, depth, field);
        }
    }

    private void otherExpression(Expression node, int depth, String field) {
        int next = depth + 1;
        if (node instanceof Expression.NamedExpr n) {
            add(depth, field, "NamedExpr", n, "");
            node(n.target(), next, "target");
            node(n.value(), next, "value");
        } else if (node instanceof Expression.Lambda n) {
            add(depth, field, "Lambda", n, "");
            each(n.parameters().list(), next, "args");
            node(n.body(), next, "body");
        } else if (node instanceof Expression.IfExp n) {
            add(depth, field, "IfExp", n, "");
            node(n.test(), next, "test");
            node(n.body(), next, "body");
            node(n.orElse(), next, "orelse");
        } else if (node instanceof Expression.Dict n) {
            add(depth, field, "Dict", n, "");
            for (int i = 0; i < n.values().size(); i++) {
                if (n.keys().get(i) == null) {
                    add(next, "keys", "-", null, "");
                } else {
                    node(n.keys().get(i), next, "keys");
                }
                node(n.values().get(i), next, "values");
            }
        } else if (node instanceof Expression.Set n) {
            add(depth, field, "Set", n, "");
            each(n.elements(), next, "elts");
        } else if (node instanceof Expression.ListDisplay n) {
            add(depth, field, "List", n, "");
            each(n.elements(), next, "elts");
        } else if (node instanceof Expression.Tuple n) {
            add(depth, field, "Tuple", n, "");
            each(n.elements(), next, "elts");
        } else if (node instanceof Expression.Comprehended n) {
            String kind = switch (n.kind()) {
                case LIST -> "ListComp";
                case SET -> "SetComp";
                case GENERATOR -> "GeneratorExp";
            };
            add(depth, field, kind, n, "");
            node(n.element(), next, "elt");
            each(n.generators(), next, "generators");
        } else if (node instanceof Expression.DictComp n) {
            add(depth, field, "DictComp", n, "");
            node(n.key(), next, "key");
            node(n.value(), next, "value");
            each(n.generators(), next, "generators");
        } else if (node instanceof Expression.Await n) {
            add(depth, field, "Await", n, "");
            node(n.value(), next, "value");
        } else if (node instanceof Expression.Yield n) {
            add(depth, field, "Yield", n, "");
            node(n.value(), next, "value");
        } else if (node instanceof Expression.YieldFrom n) {
            add(depth, field, "YieldFrom", n, "");
            node(n.value(), next, "value");
        } else if (node instanceof Expression.Missing n) {
            add(depth, field, "Missing", n, "");
        }
    }

    private void pattern(Pattern node, int depth, String field) {
        int next = depth + 1;
        if (node instanceof Pattern.MatchValue n) {
            add(depth, field, "MatchValue", n, "");
            node(n.value(), next, "value");
        } else if (node instanceof Pattern.MatchSingleton n) {
            add(depth, field, "MatchSingleton", n, n.value());
        } else if (node instanceof Pattern.MatchSequence n) {
            add(depth, field, "MatchSequence", n, "");
            each(n.patterns(), next, "patterns");
        } else if (node instanceof Pattern.MatchMapping n) {
            add(depth, field, "MatchMapping", n, none(n.rest()));
            each(n.keys(), next, "keys");
            each(n.patterns(), next, "patterns");
        } else if (node instanceof Pattern.MatchClass n) {
            add(depth, field, "MatchClass", n, String.join(",", n.keywordNames()));
            node(n.type(), next, "cls");
            each(n.patterns(), next, "patterns");
            each(n.keywordPatterns(), next, "kwd_patterns");
        } else if (node instanceof Pattern.MatchStar n) {
            add(depth, field, "MatchStar", n, none(n.name()));
        } else if (node instanceof Pattern.MatchAs n) {
            add(depth, field, "MatchAs", n, none(n.name()));
            node(n.pattern(), next, "pattern");
        } else if (node instanceof Pattern.MatchOr n) {
            add(depth, field, "MatchOr", n, "");
            each(n.patterns(), next, "patterns");
        }
    }

    private static String constant(Expression.Constant constant) {
        String value = constant.value();
        return switch (constant.kind()) {
            case STRING -> "str " + quoted(value);
            case BYTES -> "bytes " + quoted(value);
            case INTEGER -> "int " + integer(value).toString(16);
            case FLOAT -> "float " + bits(value);
            case COMPLEX -> "complex " + bits(value.substring(0, value.length() - 1));
            default -> value;
        };
    }

    private static BigInteger integer(String literal) {
        char second = literal.length() > 1 ? Character.toLowerCase(literal.charAt(1)) : '0';
        int radix = second == 'x' ? 16 : second == 'o' ? 8 : second == 'b' ? 2 : 10;
        return new BigInteger(radix == 10 ? literal : literal.substring(2), radix);
    }

    private static String bits(String literal) {
        return Long.toHexString(Double.doubleToRawLongBits(Double.parseDouble(literal)));
    }

    /** Quotes like {@code json.dumps}. */
    static String quoted(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        quoted.append(c);
                    } else {
                        quoted.append("\\u").append(String.format("%04x", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
