package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Random;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PositionsTest {

    /** One, two, three and four bytes in UTF-8; the last is two units in UTF-16. */
    private static final String WIDTHS = "aé€😀z";

    private static Positions positions(String text, PositionEncoding encoding) {
        return new Positions(new SourceText(text), encoding);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF_8, 0, 0", "UTF_8, 1, 1", "UTF_8, 2, 3", "UTF_8, 3, 6", "UTF_8, 5, 10", "UTF_8, 6, 11",
        "UTF_16, 0, 0", "UTF_16, 1, 1", "UTF_16, 2, 2", "UTF_16, 3, 3", "UTF_16, 5, 5", "UTF_16, 6, 6",
        "UTF_32, 0, 0", "UTF_32, 1, 1", "UTF_32, 2, 2", "UTF_32, 3, 3", "UTF_32, 5, 4", "UTF_32, 6, 5",
    })
    void characters_count_as_the_encoding_has_it(PositionEncoding encoding, int offset, int units) {
        Positions positions = positions(WIDTHS, encoding);
        Position position = new Position(0, units);

        assertThat(positions.position(offset)).isEqualTo(position);
        assertThat(positions.offset(position)).isEqualTo(offset);
    }

    @ParameterizedTest
    @EnumSource(PositionEncoding.class)
    void lines_end_at_line_feed_and_carriage_return_and_nothing_else(PositionEncoding encoding) {
        String text = "a\r\nb\rc\nd\fe\u2028f\u0085g\u000bh";
        Positions positions = positions(text, encoding);

        assertThat(positions.position(text.indexOf('b'))).isEqualTo(new Position(1, 0));
        assertThat(positions.position(text.indexOf('c'))).isEqualTo(new Position(2, 0));
        assertThat(positions.position(text.indexOf('d'))).isEqualTo(new Position(3, 0));
        assertThat(positions.position(text.length()).getLine()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(PositionEncoding.class)
    void positions_outside_are_clamped(PositionEncoding encoding) {
        Positions positions = positions("ab\r\ncd\n", encoding);

        assertThat(positions.offset(new Position(0, 99))).isEqualTo(2);
        assertThat(positions.offset(new Position(1, Integer.MAX_VALUE))).isEqualTo(6);
        assertThat(positions.offset(new Position(2, 5))).isEqualTo(7);
        assertThat(positions.offset(new Position(Integer.MAX_VALUE, 0))).isEqualTo(7);
        assertThat(positions.offset(new Position(-1, 1))).isZero();
        assertThat(positions.offset(new Position(1, -7))).isEqualTo(4);
        assertThat(positions.position(99)).isEqualTo(new Position(2, 0));
        assertThat(positions.position(-1)).isEqualTo(new Position(0, 0));
    }

    @Test
    void a_position_inside_a_character_means_its_start() {
        assertThat(positions(WIDTHS, PositionEncoding.UTF_8).offset(new Position(0, 8)))
                .isEqualTo(3);
        assertThat(positions(WIDTHS, PositionEncoding.UTF_8).offset(new Position(0, 2)))
                .isEqualTo(1);
    }

    @Test
    void a_client_that_counts_in_utf_16_may_point_between_the_halves_of_a_pair() {
        assertThat(positions(WIDTHS, PositionEncoding.UTF_16).offset(new Position(0, 4)))
                .isEqualTo(4);
        assertThat(positions(WIDTHS, PositionEncoding.UTF_16).position(4)).isEqualTo(new Position(0, 4));
    }

    @Test
    void an_offset_between_the_halves_of_a_pair_counts_as_before_it() {
        assertThat(positions(WIDTHS, PositionEncoding.UTF_8).position(4)).isEqualTo(new Position(0, 6));
        assertThat(positions(WIDTHS, PositionEncoding.UTF_32).position(4)).isEqualTo(new Position(0, 3));
    }

    @Test
    void a_reversed_range_is_taken_with_its_ends_swapped() {
        Range reversed = new Range(new Position(1, 1), new Position(0, 1));

        assertThat(positions("ab\ncd", PositionEncoding.UTF_16).textRange(reversed))
                .isEqualTo(new TextRange(1, 4));
    }

    @ParameterizedTest
    @EnumSource(PositionEncoding.class)
    void every_offset_at_a_character_survives_the_way_there_and_back(PositionEncoding encoding) {
        Random random = new Random(1);
        String[] pieces = {"a", "é", "€", "😀", "\n", "\r", "\r\n", "\t", "\u2028", "\ud83d"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        Positions positions = positions(text.toString(), encoding);

        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            boolean betweenCrAndLf = at > 0 && text.charAt(at) == '\n' && text.charAt(at - 1) == '\r';
            if (!betweenCrAndLf) {
                assertThat(positions.offset(positions.position(at))).isEqualTo(at);
            }
        }
    }

    @Test
    void the_first_known_encoding_of_the_client_is_taken() {
        assertThat(PositionEncoding.negotiate(List.of("utf-7", "utf-32", "utf-8")))
                .isEqualTo(PositionEncoding.UTF_32);
        assertThat(PositionEncoding.negotiate(List.of("utf-8", "utf-16"))).isEqualTo(PositionEncoding.UTF_8);
        assertThat(PositionEncoding.negotiate(List.of())).isEqualTo(PositionEncoding.UTF_16);
        assertThat(PositionEncoding.negotiate(List.of("latin-1"))).isEqualTo(PositionEncoding.UTF_16);
    }
}
