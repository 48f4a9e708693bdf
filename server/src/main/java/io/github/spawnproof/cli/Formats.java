package io.github.spawnproof.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All the ways in which one command shows findings: one on standard output at most, any number in files. */
final class Formats implements Format, AutoCloseable {

    private final Output messages;
    private final List<Format> formats = new ArrayList<>();
    private final List<OutputStream> streams = new ArrayList<>();

    /** @param messages where notices go that no format shows */
    Formats(Output messages) {
        this.messages = messages;
    }

    void add(Format format) {
        formats.add(format);
    }

    /**
     * Adds a format that writes a file.
     *
     * @param name the file as it was typed
     * @throws UsageException if the file cannot be written
     */
    void add(Path file, String name, Function<Output, Format> format) {
        Function<IOException, RuntimeException> failure =
                e -> new UsageException("cannot write `%s`: %s".formatted(name, reason(e)));
        try {
            OutputStream stream = Files.newOutputStream(file);
            streams.add(stream);
            formats.add(format.apply(new Output(stream, failure)));
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public void report(FileReport report) {
        formats.forEach(format -> format.report(report));
        if (!report.notices().isEmpty() && !formats.stream().allMatch(Format::showsNotices)) {
            for (Notice notice : report.notices()) {
                messages.line("%s: %s: %s"
                        .formatted(Printable.text(notice.file()), notice.kind(), Printable.text(notice.message())));
            }
            messages.flush();
        }
    }

    @Override
    public void end(Summary summary) {
        formats.forEach(format -> format.end(summary));
    }

    @Override
    public void close() {
        try {
            for (OutputStream stream : streams) {
                stream.close();
            }
        } catch (IOException e) {
            throw new UsageException("cannot write a file: " + reason(e));
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : String.valueOf(e.getMessage());
    }
}
