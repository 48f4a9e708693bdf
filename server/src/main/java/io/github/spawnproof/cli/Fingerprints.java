package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.KnownFinding;
import io.github.spawnproof.source.DocumentSnapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What findings are recognised by from one check to the next: rule, file and code, as in a baseline; of equal ones, which
 * it is. Lines above them may come and go.
 */
final class Fingerprints {

    private static final int BYTES = 16;

    private final Map<String, Integer> seen = new HashMap<>();

    /** Returns the fingerprint of the next finding of a file, 32 hexadecimal digits. */
    String of(String file, DocumentSnapshot document, Finding finding) {
        KnownFinding known = KnownFinding.of(finding, document.source());
        String name = String.join("\0", known.rule(), file, known.code());
        int number = seen.merge(name, 1, Integer::sum);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((name + "\0" + number).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it: java.security.MessageDigest says so.
        }
    }
}
