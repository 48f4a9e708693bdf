package io.github.spawnproof.lsp;

import io.github.spawnproof.analysis.Analyzer;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What lives as long as the server.
 *
 * @param analyzer blocks until the rules are loaded
 * @param lane where requests are answered: one thread, in the order of the tasks
 * @param threads makes daemons; the death of one ends the server
 */
record ServerContext(
        Connection connection,
        Client client,
        Supplier<Analyzer> analyzer,
        SettingsSource settings,
        Executor lane,
        ThreadFactory threads,
        LongSupplier nanoClock) {}
