package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Findings as tests that failed, for what shows results of tests: the XML of Ant's JUnit task. Information and hints are
 * tests that passed with a remark.
 */
final class JunitFormat implements Format {

    private static final String NAME = "spawnproof";

    /** A finding, as it is shown. */
    private record Shown(String file, Place place, Finding finding) {

        String where() {
            return place.in(Printable.text(file));
        }

        boolean isFailure() {
            return finding.severity().isAtLeast(Severity.WARNING);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws XMLStreamException;
    }

    private final Output out;
    private final List<Shown> found = new ArrayList<>();

    JunitFormat(Output out) {
        this.out = out;
    }

    @Override
    public void report(FileReport report) {
        for (Finding finding : report.findings()) {
            found.add(new Shown(
                    report.file(), Place.of(report.document(), finding.range().start()), finding));
        }
    }

    @Override
    public void end(Summary summary) {
        // How many there are comes first.
        write(() -> {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", NAME);
            xml.writeAttribute("tests", String.valueOf(Math.max(1, found.size())));
            xml.writeAttribute(
                    "failures",
                    String.valueOf(found.stream().filter(Shown::isFailure).count()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", summary.millis() / 1000.0));
            xml.writeCharacters("\n");
            for (Shown shown : found) {
                testCase(xml, shown);
            }
            if (found.isEmpty()) {
                // A report without tests counts as a fault in some places.
                xml.writeEmptyElement("testcase");
                xml.writeAttribute("classname", NAME);
                xml.writeAttribute("name", TextFormat.sentence(summary));
                xml.writeCharacters("\n");
            }
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.flush();
        });
        out.flush();
    }

    private static void testCase(XMLStreamWriter xml, Shown shown) throws XMLStreamException {
        String message = Printable.text(shown.finding().message());
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", NAME + "." + shown.finding().rule());
        xml.writeAttribute("name", shown.where());
        xml.writeAttribute("file", Printable.text(shown.file()));
        if (shown.place().cell().isEmpty()) {
            xml.writeAttribute("line", String.valueOf(shown.place().line()));
        }
        if (shown.isFailure()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("type", shown.finding().severity().label());
            xml.writeAttribute("message", message);
        } else {
            xml.writeStartElement("system-out");
        }
        xml.writeCharacters("%s: %s[%s] %s"
                .formatted(
                        shown.where(),
                        shown.finding().severity().label(),
                        shown.finding().rule(),
                        message));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // Output throws its own exception, so this is never reached.
        }
    }
}
