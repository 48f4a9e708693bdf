package io.github.spawnproof.cli;

/** The command line asks for something that cannot be done; the message says what. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
