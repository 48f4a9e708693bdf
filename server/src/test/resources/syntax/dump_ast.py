"""Prints the syntax trees of Python files, one node a line, in the format of TreeDump.java.

usage: dump_ast.py < LIST      (LIST: one path a line)

For each file: "F <encoding> <path>", then its nodes, or "X <error>" if this Python does not accept it; then ".".
A node: depth, field, kind, position, values. A position that this version of Python does not have, or has wrongly,
is "?": all such cases are in this file, each with its reason.
"""
import ast
import io
import json
import struct
import sys
import tokenize
import warnings

VERSION = sys.version_info[:2]
# Before PEP 701 (3.12) the expressions of an f-string were parsed apart, and their positions are those of a made-up text.
FSTRING_POSITIONS = VERSION >= (3, 12)
QUOTED = json.dumps
SCALARS = {
    "Name": ("id",), "Attribute": ("attr",), "keyword": ("arg",), "alias": ("name", "asname"), "ClassDef": ("name",),
    "ImportFrom": ("module", "level"), "ExceptHandler": ("name",), "MatchMapping": ("rest",), "MatchStar": ("name",),
    "MatchAs": ("name",), "TypeVar": ("name",), "ParamSpec": ("name",), "TypeVarTuple": ("name",),
    "AnnAssign": ("simple",),
}
CHILDREN = {
    "Module": ("body",), "ClassDef": ("decorator_list", "type_params", "bases", "keywords", "body"),
    "Return": ("value",), "Delete": ("targets",), "Assign": ("targets", "value"), "AugAssign": ("target", "value"),
    "AnnAssign": ("target", "annotation", "value"), "TypeAlias": ("name", "type_params", "value"),
    "For": ("target", "iter", "body", "orelse"), "While": ("test", "body", "orelse"), "If": ("test", "body", "orelse"),
    "With": ("items", "body"), "withitem": ("context_expr", "optional_vars"), "Match": ("subject", "cases"),
    "match_case": ("pattern", "guard", "body"), "Raise": ("exc", "cause"),
    "Try": ("body", "handlers", "orelse", "finalbody"), "ExceptHandler": ("type", "body"), "Assert": ("test", "msg"),
    "Import": ("names",), "ImportFrom": ("names",), "Global": (), "Nonlocal": (), "Expr": ("value",), "Pass": (),
    "Break": (), "Continue": (), "BoolOp": ("values",), "NamedExpr": ("target", "value"), "BinOp": ("left", "right"),
    "UnaryOp": ("operand",), "IfExp": ("test", "body", "orelse"), "Dict": (), "Set": ("elts",),
    "ListComp": ("elt", "generators"), "SetComp": ("elt", "generators"), "GeneratorExp": ("elt", "generators"),
    "DictComp": ("key", "value", "generators"), "comprehension": ("target", "iter", "ifs"), "Await": ("value",),
    "Yield": ("value",), "YieldFrom": ("value",), "Compare": ("left", "comparators"),
    "Call": ("func", "args", "keywords"), "FormattedValue": ("value", "format_spec"),
    "Interpolation": ("value", "format_spec"), "JoinedStr": ("values",), "TemplateStr": ("values",),
    "Attribute": ("value",), "Subscript": ("value", "slice"), "Starred": ("value",), "Name": (), "List": ("elts",),
    "Tuple": ("elts",), "Slice": ("lower", "upper", "step"), "keyword": ("value",), "alias": (), "MatchValue": ("value",),
    "MatchSingleton": (), "MatchSequence": ("patterns",), "MatchMapping": ("keys", "patterns"),
    "MatchClass": ("cls", "patterns", "kwd_patterns"), "MatchStar": (), "MatchAs": ("pattern",),
    "MatchOr": ("patterns",), "TypeVar": ("bound", "default_value"), "ParamSpec": ("default_value",),
    "TypeVarTuple": ("default_value",),
}
OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "MatMult": "@", "Div": "/", "Mod": "%", "Pow": "**", "LShift": "<<",
    "RShift": ">>", "BitOr": "|", "BitXor": "^", "BitAnd": "&", "FloorDiv": "//", "Invert": "~", "Not": "not",
    "UAdd": "+", "USub": "-", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is",
    "IsNot": "is not", "In": "in", "NotIn": "not in", "And": "and", "Or": "or",
}
COMPOUND = {
    "FunctionDef", "AsyncFunctionDef", "ClassDef", "For", "AsyncFor", "While", "If", "With", "AsyncWith", "Try",
    "ExceptHandler",
}
NO_POSITION = {"Module", "withitem", "comprehension", "match_case"}


def bits(number):
    return "%x" % struct.unpack("<Q", struct.pack("<d", number))


def constant(value):
    if value is None or value is True or value is False:
        return str(value)
    if value is ...:
        return "..."
    kind = type(value)
    if kind is str:
        return "str " + QUOTED(value)
    if kind is bytes:
        return "bytes " + QUOTED(value.decode("latin-1"))
    if kind is int:
        return "int %x" % value
    if kind is float:
        return "float " + bits(value)
    return "complex " + bits(value.imag)


class Dump:
    def __init__(self, data):
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        self.encoding = encoding
        text = data.decode(encoding)
        self.ascii = text.isascii()
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.text_lines = text.split("\n")
        self.lines = None if self.ascii else [line.encode("utf-8", "surrogatepass") for line in text.split("\n")]
        self.out = []
        self.in_fstring = 0

    def column(self, line, column):
        if self.ascii:
            return column
        before = self.lines[line - 1][:column]
        return column if before.isascii() else len(before.decode("utf-8").encode("utf-16-le")) // 2

    def position(self, node, kind, field=None):
        if kind in NO_POSITION:
            return "-"
        if self.in_fstring and not FSTRING_POSITIONS:
            return "?"
        if VERSION == (3, 8) and kind == "Starred" and field == "args":
            return "?"  # The end lies before the closing parenthesis of an operand.
        if VERSION == (3, 8) and kind in COMPOUND:
            rest = self.text_lines[node.end_lineno - 1].encode("utf-8")[node.end_col_offset:]
            if rest.lstrip().startswith(b";"):
                return "?"  # Since 3.9 a block ends behind the semicolon of its last statement.
        try:
            return "%d:%d-%d:%d" % (
                node.lineno, self.column(node.lineno, node.col_offset),
                node.end_lineno, self.column(node.end_lineno, node.end_col_offset))
        except AttributeError:
            # Before 3.9 keyword and slices, before 3.10 alias.
            return "?"

    def many(self, nodes, depth, field):
        for node in nodes:
            self.node(node, depth, field)

    def maybe(self, node, depth, field):
        if node is not None:
            self.node(node, depth, field)

    def node(self, node, depth, field):
        kind = type(node).__name__
        if kind == "Index":  # Only 3.8 wraps what is no slice.
            return self.node(node.value, depth, field)
        position = self.position(node, kind, field)
        scalars = ""
        if kind == "Constant":
            self.out.append("%d %s Constant %s %s" % (depth, field, position, constant(node.value)))
            return
        if kind in SCALARS:
            scalars = " ".join(str(getattr(node, name)) for name in SCALARS[kind])
        special = getattr(self, "of_" + kind, None)
        if special is not None:
            special(node, depth, field, position)
            return
        self.children(kind, node, depth, field, position, scalars)

    def children(self, kind, node, depth, field, position, scalars, of=None):
        self.out.append("%d %s %s %s %s" % (depth, field, kind, position, scalars))
        for name in CHILDREN[of or kind]:
            child = getattr(node, name, None)
            if child.__class__ is list:
                self.many(child, depth + 1, name)
            elif child is not None:
                self.node(child, depth + 1, name)

    def of_FunctionDef(self, node, depth, field, position, is_async=False):
        self.out.append("%d %s FunctionDef %s %s %s" % (depth, field, position, is_async, node.name))
        self.many(node.decorator_list, depth + 1, "decorator_list")
        self.many(getattr(node, "type_params", ()), depth + 1, "type_params")
        self.arguments(node.args, depth + 1)
        self.maybe(node.returns, depth + 1, "returns")
        self.many(node.body, depth + 1, "body")

    def of_AsyncFunctionDef(self, node, depth, field, position):
        self.of_FunctionDef(node, depth, field, position, True)

    def of_Lambda(self, node, depth, field, position):
        self.out.append("%d %s Lambda %s " % (depth, field, position))
        self.arguments(node.args, depth + 1)
        self.node(node.body, depth + 1, "body")

    def arguments(self, args, depth):
        positional = args.posonlyargs + args.args
        defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
        for i, arg in enumerate(positional):
            only = i < len(args.posonlyargs)
            self.arg(arg, "POSITIONAL_ONLY" if only else "POSITIONAL_OR_KEYWORD", defaults[i], depth)
        if args.vararg:
            self.arg(args.vararg, "VAR_POSITIONAL", None, depth)
        for arg, default in zip(args.kwonlyargs, args.kw_defaults):
            self.arg(arg, "KEYWORD_ONLY", default, depth)
        if args.kwarg:
            self.arg(args.kwarg, "VAR_KEYWORD", None, depth)

    def arg(self, arg, kind, default, depth):
        position = self.position(arg, "arg")
        if VERSION == (3, 8) and kind == "KEYWORD_ONLY" and arg.annotation:
            position = "?"  # 3.8 leaves the annotation out, for this kind of parameter only.
        self.out.append("%d args arg %s %s %s" % (depth, position, kind, arg.arg))
        self.maybe(arg.annotation, depth + 1, "annotation")
        self.maybe(default, depth + 1, "default")

    def of_AsyncFor(self, node, depth, field, position):
        self.children("For", node, depth, field, position, "True")

    def of_For(self, node, depth, field, position):
        self.children("For", node, depth, field, position, "False")

    def of_AsyncWith(self, node, depth, field, position):
        self.children("With", node, depth, field, position, "True")

    def of_With(self, node, depth, field, position):
        self.children("With", node, depth, field, position, "False")

    def of_Try(self, node, depth, field, position):
        self.children("Try", node, depth, field, position, "False")

    def of_TryStar(self, node, depth, field, position):
        self.children("Try", node, depth, field, position, "True")

    def of_Import(self, node, depth, field, position):
        self.children("Import", node, depth, field, position, str(bool(getattr(node, "is_lazy", 0))))

    def of_Global(self, node, depth, field, position):
        self.children("Global", node, depth, field, position, " ".join(node.names))

    def of_Nonlocal(self, node, depth, field, position):
        self.children("Nonlocal", node, depth, field, position, " ".join(node.names))

    def of_AugAssign(self, node, depth, field, position):
        self.children("AugAssign", node, depth, field, position, OPERATORS[type(node.op).__name__])

    def of_BinOp(self, node, depth, field, position):
        self.children("BinOp", node, depth, field, position, OPERATORS[type(node.op).__name__])

    def of_UnaryOp(self, node, depth, field, position):
        self.children("UnaryOp", node, depth, field, position, OPERATORS[type(node.op).__name__])

    def of_BoolOp(self, node, depth, field, position):
        self.children("BoolOp", node, depth, field, position, OPERATORS[type(node.op).__name__])

    def of_Compare(self, node, depth, field, position):
        self.children("Compare", node, depth, field, position, ",".join(OPERATORS[type(op).__name__] for op in node.ops))

    def of_Dict(self, node, depth, field, position):
        self.out.append("%d %s Dict %s " % (depth, field, position))
        for key, value in zip(node.keys, node.values):
            if key is None:
                self.out.append("%d keys - - " % (depth + 1))
            else:
                self.node(key, depth + 1, "keys")
            self.node(value, depth + 1, "values")

    def of_ExtSlice(self, node, depth, field, position):
        # 3.8 has a kind of its own for a tuple with slices in it, without a position.
        self.out.append("%d %s Tuple ? " % (depth, field))
        self.many(node.dims, depth + 1, "elts")

    def of_comprehension(self, node, depth, field, position):
        self.children("comprehension", node, depth, field, position, str(bool(node.is_async)))

    def of_MatchSingleton(self, node, depth, field, position):
        self.children("MatchSingleton", node, depth, field, position, str(node.value))

    def of_MatchClass(self, node, depth, field, position):
        self.children("MatchClass", node, depth, field, position, ",".join(node.kwd_attrs))

    def of_JoinedStr(self, node, depth, field, position):
        self.out.append("%d %s JoinedStr %s " % (depth, field, position))
        self.in_fstring += 1
        values = node.values
        if VERSION == (3, 12):
            # The first releases of 3.12 leave empty texts in formats.
            values = [v for v in values if not (isinstance(v, ast.Constant) and v.value == "")]
        self.many(values, depth + 1, "values")
        self.in_fstring -= 1

    def of_FormattedValue(self, node, depth, field, position):
        self.children("FormattedValue", node, depth, field, position, str(max(node.conversion, 0)))

    def of_Interpolation(self, node, depth, field, position):
        scalars = "%d %s" % (max(node.conversion, 0), QUOTED(node.str))
        self.children("Interpolation", node, depth, field, position, scalars)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    write = sys.stdout.buffer.write
    for line in sys.stdin.buffer:
        path = line.rstrip(b"\r\n")
        try:
            with open(path, "rb") as file:
                data = file.read()
            tree = ast.parse(data)
            dump = Dump(data)
        except (SyntaxError, ValueError, RecursionError, LookupError, MemoryError, OSError) as error:
            write(b"X " + repr(error).encode("ascii", "backslashreplace").replace(b"\n", b" ") + b"\n.\n")
            continue
        dump.node(tree, 0, "module")
        write(b"F " + dump.encoding.encode() + b"\n")
        write("\n".join(dump.out).encode("utf-8", "surrogatepass"))
        write(b"\n.\n")
        sys.stdout.flush()


main()
