package io.github.spawnproof.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of an XML file.
 *
 * @param name without its namespace
 * @param text directly in it, without the blanks around it
 */
record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children, String text) {

    /** No build file is larger. */
    private static final long MAX_BYTES = 4_000_000;

    /** Returns the root of a file; empty if it cannot be read, is no XML, or there is no parser here. Never fails. */
    static Optional<XmlElement> read(Path file) {
        // A small runtime may leave the parser out.
        if (ModuleLayer.boot().findModule("java.xml").isEmpty()) {
            return Optional.empty();
        }
        try {
            return Files.size(file) > MAX_BYTES ? Optional.empty() : Parsing.parse(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the first element of that name; empty if there is none. */
    Optional<XmlElement> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    /** Returns the elements that are reached by names, from the first such element to the next. */
    List<XmlElement> all(String first, String second) {
        return child(first).stream()
                .flatMap(parent -> parent.children.stream())
                .filter(child -> child.name.equals(second))
                .toList();
    }

    /** Returns the text of the first element of that name; empty if there is none. */
    String textOf(String wanted) {
        return child(wanted).map(XmlElement::text).orElse("");
    }

    String attribute(String wanted) {
        return attributes.getOrDefault(wanted, "");
    }

    /** One reading of one file; a class of its own, since the JVM looks for the parser when it verifies this one. */
    private static final class Parsing {

        private record Open(
                String name, Map<String, String> attributes, List<XmlElement> children, StringBuilder text) {

            XmlElement close() {
                return new XmlElement(
                        name,
                        Map.copyOf(attributes),
                        List.copyOf(children),
                        text.toString().strip());
            }
        }

        private Parsing() {}

        static Optional<XmlElement> parse(Path file) throws IOException {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            // Nothing from elsewhere, and no text that grows: entities are left unresolved.
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
            try (InputStream stream = Files.newInputStream(file)) {
                XMLStreamReader reader = factory.createXMLStreamReader(stream);
                try {
                    return root(reader);
                } finally {
                    reader.close();
                }
            } catch (XMLStreamException e) {
                return Optional.empty();
            }
        }

        private static Optional<XmlElement> root(XMLStreamReader reader) throws XMLStreamException {
            Deque<Open> open = new ArrayDeque<>();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    open.push(new Open(
                            reader.getLocalName(), attributes(reader), new ArrayList<>(), new StringBuilder()));
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    XmlElement closed = open.pop().close();
                    if (open.isEmpty()) {
                        return Optional.of(closed);
                    }
                    open.element().children.add(closed);
                } else if (reader.isCharacters() && !open.isEmpty()) {
                    open.element().text.append(reader.getText());
                }
            }
            return Optional.empty();
        }

        private static Map<String, String> attributes(XMLStreamReader reader) {
            Map<String, String> attributes = new HashMap<>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            return attributes;
        }
    }
}
