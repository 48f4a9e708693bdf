package io.github.spawnproof.source;

/**
 * One version of one document.
 *
 * @param uri where it is, as the client or the command line spelt it
 * @param language what it is written in
 * @param version the client's version number; 0 for a file read from disk
 * @param source its text
 */
public record DocumentSnapshot(String uri, Language language, int version, SourceText source) {

    public static DocumentSnapshot of(String uri, Language language, String text) {
        return new DocumentSnapshot(uri, language, 0, new SourceText(text));
    }
}
