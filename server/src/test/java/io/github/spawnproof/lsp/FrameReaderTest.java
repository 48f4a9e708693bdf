package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static FrameReader reader(String input) {
        return new FrameReader(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized long skip(long n) {
                throw new UnsupportedOperationException("as of a pipe");
            }
        });
    }

    private static String body(FrameReader reader) throws IOException {
        return reader.next() instanceof FrameReader.Body body
                ? new String(body.bytes(), StandardCharsets.UTF_8)
                : "no body";
    }

    @Test
    void bodies_follow_one_another() throws IOException {
        FrameReader reader = reader("Content-Length: 2\r\n\r\nabContent-Length: 0\r\n\r\nContent-Length: 2\r\n\r\né");

        assertThat(body(reader)).isEqualTo("ab");
        assertThat(body(reader)).isEmpty();
        assertThat(body(reader)).isEqualTo("é");
        assertThat(reader.next()).isInstanceOf(FrameReader.End.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: 2\r\n\r\nab",
                "CONTENT-LENGTH:2\r\nContent-Type: x\r\n\r\nab",
                "Content-Length: 2\n\nab",
                "\r\n\r\nContent-Length: 2\r\n\r\nab",
                "X-Other: 1\r\nContent-Length :  2 \r\n\r\nab",
            })
    void headers_may_be_written_in_many_ways(String input) throws IOException {
        assertThat(body(reader(input))).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: x\r\n\r\nab",
                "Content-Length: many\r\n\r\nab",
                "Content-Length: -1\r\n\r\nab",
                "Content-Length: 1073741824\r\n\r\nab",
                "Content-Length: 99999999999999\r\n\r\nab",
                "Content-Length: 3\r\n\r\nab",
                "Content-Len",
                "Content-Length: 2\r\n",
                "Content-Length: 2\r\n\r",
                "{\"jsonrpc\"}\r\n\r\n",
            })
    void a_header_that_does_not_say_where_the_body_ends_loses_track(String input) throws IOException {
        assertThat(reader(input).next()).isInstanceOf(FrameReader.Lost.class);
    }

    @Test
    void a_body_that_is_too_large_is_skipped() throws IOException {
        int length = FrameReader.MAX_BODY_BYTES + 1;

        FrameReader reader =
                reader("Content-Length: " + length + "\r\n\r\n" + "x".repeat(length) + "Content-Length: 2\r\n\r\nab");

        assertThat(reader.next()).isEqualTo(new FrameReader.Skipped(length));
        assertThat(body(reader)).isEqualTo("ab");
    }

    @Test
    void an_endless_header_loses_track() throws IOException {
        assertThat(reader("x".repeat(1_000_000)).next()).isInstanceOf(FrameReader.Lost.class);
        assertThat(reader("x: y\r\n".repeat(1_000)).next()).isInstanceOf(FrameReader.Lost.class);
    }
}
