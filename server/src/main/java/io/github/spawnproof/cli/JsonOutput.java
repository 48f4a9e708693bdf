package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON document on an output, written bit by bit. */
final class JsonOutput {

    /** Writes a bit of the document. */
    @FunctionalInterface
    interface Bit {
        void write(JsonWriter json) throws IOException;
    }

    private final Output out;
    private final JsonWriter json;

    JsonOutput(Output out) {
        this.out = out;
        this.json = new JsonWriter(out);
        json.setIndent("  ");
        json.setHtmlSafe(false);
    }

    void write(Bit bit) {
        try {
            bit.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Output throws its own exception, so this is never reached.
        }
    }

    /** Writes the last bit. */
    void end(Bit bit) {
        write(bit);
        write(JsonWriter::flush);
        out.line("");
        out.flush();
    }
}
