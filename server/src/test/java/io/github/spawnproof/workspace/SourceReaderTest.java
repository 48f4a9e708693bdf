package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.workspace.FileContent.Kind;
import io.github.spawnproof.workspace.FileContent.Text;
import io.github.spawnproof.workspace.FileContent.Unread;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {

    private static final Path NAME = Path.of("a.py");

    @ParameterizedTest
    @CsvSource({
        "latin-1, ISO-8859-1",
        "Latin_1, ISO-8859-1",
        "iso-8859-15, ISO-8859-15",
        "iso8859-15, ISO-8859-15",
        "latin9, ISO-8859-15",
        "latin-5, ISO-8859-9",
        "L2, ISO-8859-2",
        "cp1252, windows-1252",
        "windows-1251, windows-1251",
        "cp437, IBM437",
        "cp874, x-IBM874",
        "utf8, UTF-8",
        "U8, UTF-8",
        "utf-8-sig, UTF-8",
        "utf-8-unix, UTF-8",
        "ascii, US-ASCII",
        "koi8-r, KOI8-R",
        "gb2312, GB2312",
        "gbk, GBK",
        "cp936, GBK",
        "big5, Big5",
        "euc_jp, EUC-JP",
        "euc-kr, EUC-KR",
        "shift_jis, Shift_JIS",
        "cp932, windows-31j",
        "mac-roman, x-MacRoman"
    })
    void python_names_of_encodings_are_known(String name, String charset) {
        FileContent content = decode("# -*- coding: " + name + " -*-\n");

        assertThat(content)
                .isEqualTo(new Text(
                        "# -*- coding: " + name + " -*-\n", new FileEncoding(Charset.forName(charset), false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n",
                "\n# coding=latin-1\n",
                "  \t\f# coding: latin-1",
                "# a comment\r\n#coding:\tlatin-1\r\n",
                "# a comment\r# coding: latin-1\r"
            })
    void the_encoding_line_may_be_the_first_or_a_second_behind_a_comment(String head) {
        byte[] bytes = (head + "\n'é'").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(SourceReader.decode(bytes, NAME))
                .isEqualTo(new Text(head + "\n'é'", new FileEncoding(StandardCharsets.ISO_8859_1, false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pass\n# coding: latin-1\n",
                "\n\n# coding: latin-1\n",
                "x = 1  # coding: latin-1\n",
                "# encoding latin-1\n",
                "'''\n# coding: latin-1\n'''"
            })
    void other_lines_do_not_choose_an_encoding(String text) {
        assertThat(decode(text)).isEqualTo(new Text(text, FileEncoding.UTF_8));
    }

    @Test
    void a_byte_order_mark_is_remembered_and_not_part_of_the_text() throws IOException {
        byte[] bytes = "\uFEFF# coding: utf-8\r\nx".getBytes(StandardCharsets.UTF_8);

        Text text = (Text) SourceReader.decode(bytes, NAME);

        assertThat(text.text()).isEqualTo("# coding: utf-8\r\nx");
        assertThat(text.encoding().encode(text.text())).isEqualTo(bytes);
    }

    @Test
    void what_is_no_text_is_said_in_words() {
        assertUnread(Kind.SKIPPED, "is a binary file", new byte[] {'a', 0, (byte) 0xFF});
        assertUnread(Kind.SKIPPED, "is a binary file", "x = 1\n".getBytes(StandardCharsets.UTF_16));
        assertUnread(Kind.SKIPPED, "is larger than 2 MB", new byte[SourceReader.LIMIT + 1]);
        assertUnread(
                Kind.UNREADABLE,
                "is not UTF-8: byte 0xE9 in line 3; declare its encoding in the first line, such as `# coding: latin-1`",
                "a\r\nb\r'é'".getBytes(StandardCharsets.ISO_8859_1));
        assertUnread(
                Kind.UNREADABLE,
                "declares the encoding `klingon`, which is unknown",
                "# coding: klingon\n".getBytes(StandardCharsets.US_ASCII));
        assertUnread(
                Kind.UNREADABLE,
                "declares the encoding `utf-16`, which is unknown",
                "# coding: utf-16\n".getBytes(StandardCharsets.US_ASCII));
        assertUnread(
                Kind.UNREADABLE,
                "starts with a UTF-8 byte order mark but declares the encoding `latin-1`",
                "\uFEFF# coding: latin-1\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_truncated_character_at_the_end_is_malformed() {
        assertUnread(
                Kind.UNREADABLE,
                "is not UTF-8: byte 0xE6 in line 1; declare its encoding in the first line, such as `# coding: latin-1`",
                new byte[] {'x', (byte) 0xE6, (byte) 0xBC});
    }

    @Test
    void the_replacement_character_itself_is_no_mistake() {
        assertThat(decode("'\uFFFD'")).isEqualTo(new Text("'\uFFFD'", FileEncoding.UTF_8));
    }

    @Test
    void a_missing_file_and_a_folder_are_values_too(@TempDir Path folder) {
        assertThat(SourceReader.read(folder.resolve("gone.py")))
                .isEqualTo(new Unread(Kind.UNREADABLE, "is no longer there"));
        assertThat(SourceReader.read(folder)).isEqualTo(new Unread(Kind.SKIPPED, "is not a regular file"));
    }

    @Test
    void an_empty_file_is_an_empty_text() {
        assertThat(SourceReader.decode(new byte[0], NAME)).isEqualTo(new Text("", FileEncoding.UTF_8));
    }

    private static FileContent decode(String text) {
        return SourceReader.decode(text.getBytes(StandardCharsets.UTF_8), NAME);
    }

    private static void assertUnread(Kind kind, String message, byte[] bytes) {
        assertThat(SourceReader.decode(bytes, NAME)).isEqualTo(new Unread(kind, message));
    }
}
