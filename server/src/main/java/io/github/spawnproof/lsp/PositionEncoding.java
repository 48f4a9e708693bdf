package io.github.spawnproof.lsp;

import java.util.List;
import java.util.Optional;

/** The unit in which a client counts characters within a line: LSP 3.17, {@code PositionEncodingKind}. */
enum PositionEncoding {
    UTF_8("utf-8"),
    UTF_16("utf-16"),
    UTF_32("utf-32");

    private final String label;

    PositionEncoding(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Returns the first of the client's encodings that we know; UTF-16, which all clients must know, if there is none. */
    static PositionEncoding negotiate(List<String> clientsOrder) {
        return clientsOrder.stream()
                .map(PositionEncoding::parse)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(UTF_16);
    }

    private static Optional<PositionEncoding> parse(String label) {
        for (PositionEncoding encoding : values()) {
            if (encoding.label.equals(label)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }
}
