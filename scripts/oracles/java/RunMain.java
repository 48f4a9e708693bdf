import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the main method of a program and writes down what it ended with: {@code java RunMain FILE CLASSES [ARGUMENT...]}.
 *
 * <p>{@code CLASSES} are names with commas between; the first that has a main method is run. {@code FILE} gets
 * {@code {"chain": [{"class", "message", "at"}]}}, the exception first, then what it comes from, the innermost last;
 * {@code at} is the first frame in one of the classes. The exit status is 1 if there is one. Nothing is waited for: threads
 * that the program leaves behind end with it.
 */
public final class RunMain {

    private static final int LONGEST_CHAIN = 12;

    private RunMain() {}

    public static void main(String[] arguments) throws IOException {
        String[] classes = arguments[1].split(",", -1);
        String[] rest = new String[arguments.length - 2];
        System.arraycopy(arguments, 2, rest, 0, rest.length);
        Throwable thrown = null;
        try {
            run(classes, rest);
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
        } catch (Throwable e) {
            thrown = e;
        }
        Files.write(Path.of(arguments[0]), chain(thrown, classes).getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(thrown == null ? 0 : 1);
    }

    private static void run(String[] classes, String[] arguments) throws ReflectiveOperationException {
        for (String name : classes) {
            // A class is initialised when it is run, not when it is looked at.
            Class<?> type = Class.forName(name, false, RunMain.class.getClassLoader());
            Method main;
            try {
                main = type.getDeclaredMethod("main", String[].class);
            } catch (NoSuchMethodException e) {
                continue;
            }
            main.setAccessible(true);
            Class.forName(name);
            main.invoke(null, (Object) arguments);
            return;
        }
        throw new NoSuchMethodException("main(String[]) in " + String.join(", ", classes));
    }

    private static String chain(Throwable thrown, String[] classes) {
        List<Throwable> seen = new ArrayList<>();
        StringBuilder json = new StringBuilder("{\"chain\":[");
        for (Throwable one = thrown; one != null && !seen.contains(one) && seen.size() < LONGEST_CHAIN; ) {
            json.append(seen.isEmpty() ? "" : ",")
                    .append("{\"class\":")
                    .append(quoted(one.getClass().getName()))
                    .append(",\"message\":")
                    .append(quoted(String.valueOf(one.getMessage())))
                    .append(",\"at\":")
                    .append(quoted(place(one, classes)))
                    .append('}');
            seen.add(one);
            one = one.getCause();
        }
        return json.append("]}").toString();
    }

    private static String place(Throwable thrown, String[] classes) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            for (String name : classes) {
                if (frame.getClassName().equals(name) || frame.getClassName().startsWith(name + "$")) {
                    return frame.toString();
                }
            }
        }
        return "";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
