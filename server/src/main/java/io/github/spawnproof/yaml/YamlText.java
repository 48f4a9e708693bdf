package io.github.spawnproof.yaml;

import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The documents of a YAML text, up to the first place that is no YAML.
 *
 * @param documents those that are not empty, in order
 * @param comments from {@code #} to the end of the line, in order
 * @param firstNode offset of the first thing that is neither comment nor directive; the length of the text if there is
 *     none
 */
record YamlText(List<YamlNode> documents, List<TextRange> comments, int firstNode) {

    private static final int EVENTS_PER_POLL = 500;

    /** Reads a text; never fails but by a token that says that the work is no longer wanted. */
    static YamlText read(String text, CancelToken cancel) {
        return new Reading(text).read(cancel);
    }

    /** The state of reading one text. */
    private static final class Reading {
        private final String text;
        private final CodePoints codePoints;
        private final YamlComposer composer = new YamlComposer();
        /** Places in which a # starts no comment, in order. */
        private final List<TextRange> scalars = new ArrayList<>();

        private int firstNode;
        private int end;

        Reading(String text) {
            this.text = text;
            this.codePoints = new CodePoints(text);
            this.firstNode = text.length();
        }

        YamlText read(CancelToken cancel) {
            LoadSettings settings = LoadSettings.builder()
                    .setUseMarks(true)
                    .setCodePointLimit(Integer.MAX_VALUE)
                    .build();
            ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, printable(text)));
            int count = 0;
            for (Event event = next(parser); event != null; event = next(parser)) {
                if (++count % EVENTS_PER_POLL == 0) {
                    cancel.check();
                }
                add(event);
            }
            composer.finish();
            return new YamlText(List.copyOf(composer.documents()), comments(), firstNode);
        }

        /** Returns the next event; null at the end of the text, and where it is damaged. */
        private static @Nullable Event next(ParserImpl parser) {
            try {
                return parser.hasNext() ? parser.next() : null;
            } catch (RuntimeException e) {
                // The parser says so of what is no YAML, and it has exceptions of several kinds for that.
                return null;
            }
        }

        private void add(Event event) {
            TextRange range = range(event);
            end = Math.max(end, range.end());
            if (event instanceof DocumentStartEvent) {
                composer.startDocument();
            } else if (event instanceof DocumentEndEvent) {
                composer.finish();
            } else if (event instanceof AliasEvent alias) {
                composer.alias(alias.getAlias().getValue());
            } else if (event instanceof CollectionStartEvent start) {
                node(range);
                boolean mapping = event.getEventId() == Event.ID.MappingStart;
                composer.start(mapping, tag(start.getTag().orElse("")), anchor(start.getAnchor()), range.start());
            } else if (event instanceof CollectionEndEvent) {
                composer.end(range.end());
            } else if (event instanceof ScalarEvent scalar) {
                node(range);
                scalar(scalar, range);
            }
        }

        private void node(TextRange range) {
            firstNode = Math.min(firstNode, range.start());
        }

        /** Returns the range without anchor and tag, which the parser takes for a part of the node. */
        private TextRange withoutProperties(TextRange range) {
            int start = range.start();
            while (start < range.end() && (text.charAt(start) == '&' || text.charAt(start) == '!')) {
                while (start < range.end() && !isBlank(text.charAt(start))) {
                    start++;
                }
                while (start < range.end() && (isBlank(text.charAt(start)) || text.charAt(start) == '#')) {
                    start = text.charAt(start) == '#' ? Math.min(endOfLine(start), range.end()) : start + 1;
                }
            }
            return new TextRange(start, range.end());
        }

        private int endOfLine(int start) {
            int stop = start;
            while (stop < text.length() && text.charAt(stop) != '\n' && text.charAt(stop) != '\r') {
                stop++;
            }
            return stop;
        }

        private void scalar(ScalarEvent event, TextRange whole) {
            TextRange token = withoutProperties(whole);
            boolean block = event.isLiteral() || event.isFolded();
            // A comment may stand behind the | or >.
            int start = block ? Math.min(endOfLine(token.start()), token.end()) : token.start();
            scalars.add(new TextRange(start, token.end()));
            boolean quoted = event.isSQuoted() || event.isDQuoted();
            TextRange range = quoted && token.length() >= 2 ? new TextRange(token.start() + 1, token.end() - 1) : token;
            boolean verbatim =
                    !block && text.substring(range.start(), range.end()).equals(event.getValue());
            composer.add(
                    new YamlNode.Scalar(
                            tag(event.getTag().orElse("")), event.getValue(), event.isPlain(), range, verbatim),
                    anchor(event.getAnchor()));
        }

        private static String anchor(Optional<Anchor> anchor) {
            return anchor.map(Anchor::getValue).orElse("");
        }

        private static String tag(String tag) {
            return tag.startsWith("!") ? tag.substring(1) : "";
        }

        private TextRange range(Event event) {
            int start =
                    codePoints.offset(event.getStartMark().map(Mark::getIndex).orElse(0));
            int stop = codePoints.offset(event.getEndMark().map(Mark::getIndex).orElse(0));
            return new TextRange(start, Math.max(start, stop));
        }

        /** Returns the comments before the damage, if there is any: behind it, nobody knows what a # is. */
        private List<TextRange> comments() {
            List<TextRange> comments = new ArrayList<>();
            int next = 0;
            for (int at = text.indexOf('#'); at >= 0 && at <= end; at = text.indexOf('#', at + 1)) {
                while (next < scalars.size() && scalars.get(next).end() <= at) {
                    next++;
                }
                boolean inside = next < scalars.size() && scalars.get(next).start() <= at;
                if (!inside && (at == 0 || isBlank(text.charAt(at - 1)))) {
                    int stop = endOfLine(at);
                    comments.add(new TextRange(at, stop));
                    at = stop - 1;
                }
            }
            return comments;
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\uFEFF';
        }

        /** Returns the text with an underscore for each character that the parser refuses to read. */
        private static String printable(String text) {
            if (StreamReader.isPrintable(text)) {
                return text;
            }
            StringBuilder result = new StringBuilder(text.length());
            text.codePoints()
                    .forEach(
                            codePoint -> result.appendCodePoint(StreamReader.isPrintable(codePoint) ? codePoint : '_'));
            return result.toString();
        }
    }
}
