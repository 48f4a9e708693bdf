package io.github.spawnproof.workspace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * How a file's text is written as bytes.
 *
 * @param byteOrderMark whether the file starts with the three bytes of the UTF-8 signature
 */
public record FileEncoding(Charset charset, boolean byteOrderMark) {

    public static final FileEncoding UTF_8 = new FileEncoding(StandardCharsets.UTF_8, false);

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == MARK[0] && bytes[1] == MARK[1] && bytes[2] == MARK[2];
    }

    /**
     * Returns the bytes of the text.
     *
     * @throws CharacterCodingException if the encoding has no bytes for a character of the text
     */
    public byte[] encode(String text) throws CharacterCodingException {
        ByteBuffer encoded = charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .encode(CharBuffer.wrap(text));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.remaining() + MARK.length);
        if (byteOrderMark) {
            bytes.writeBytes(MARK);
        }
        bytes.write(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
        return bytes.toByteArray();
    }
}
