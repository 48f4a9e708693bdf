package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DocumentStoreTest {

    private static final DocumentUri A = DocumentUri.of("file:///a.py");
    private static final DocumentUri B = DocumentUri.of("file:///b.py");

    private final AtomicLong nanos = new AtomicLong();
    private final DocumentStore store = new DocumentStore(nanos::get);
    private final List<Integer> published = new ArrayList<>();

    private void open(DocumentUri uri, int version) {
        store.open(content(uri, version));
    }

    private static OpenDocument.Content content(DocumentUri uri, int version) {
        SourceText text = new SourceText("v" + version);
        return OpenDocument.Content.of(uri, DocumentSnapshot.of(uri.spelling(), Language.PYTHON, version, text));
    }

    private void change(DocumentUri uri, int version) {
        assertThat(store.change(uri, before -> content(uri, version))).isEqualTo(DocumentStore.Change.APPLIED);
    }

    private OpenDocument take() throws InterruptedException {
        return store.take().orElseThrow();
    }

    private void finish(OpenDocument document) {
        store.finished(document, () -> published.add(document.snapshot().version()));
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void assertWanted(OpenDocument document) {
        assertThatCode(() -> document.token().check()).doesNotThrowAnyException();
    }

    private static void assertStopped(OpenDocument document) {
        assertThatThrownBy(() -> document.token().check()).isInstanceOf(Cancelled.class);
    }

    @Test
    void a_document_waits_once_in_its_newest_state() throws InterruptedException {
        open(A, 1);
        open(B, 1);

        change(A, 2);
        change(A, 3);

        assertThat(take().snapshot().version()).isEqualTo(3);
        assertThat(take().uri()).isEqualTo(B);
        store.shutDown();
        assertThat(store.take()).isEmpty();
    }

    @Test
    void a_newer_state_stops_the_running_analysis() throws InterruptedException {
        open(A, 1);
        OpenDocument running = take();

        pass(399);
        change(A, 2);

        assertStopped(running);
        assertThat(running.result()).isCancelled();
        assertThat(take().snapshot().version()).isEqualTo(2);
    }

    @Test
    void an_analysis_that_has_run_400_ms_is_finished_and_published() throws InterruptedException {
        open(A, 1);
        OpenDocument running = take();

        pass(400);
        change(A, 2);
        change(A, 3);

        assertWanted(running);
        finish(running);
        OpenDocument next = take();
        assertThat(next.snapshot().version()).isEqualTo(3);
        finish(next);
        assertThat(published).containsExactly(1, 3);
    }

    @Test
    void stopped_analyses_count_so_that_typing_without_a_pause_still_publishes() throws InterruptedException {
        open(A, 1);
        OpenDocument running = take();
        for (int version = 2; version <= 4; version++) {
            pass(125);
            change(A, version);
            assertStopped(running);
            store.stopped();
            running = take();
        }

        pass(125);
        change(A, 5);

        assertWanted(running);
        finish(running);
        assertThat(published).containsExactly(4);
        OpenDocument next = take();
        pass(125);
        change(A, 6);
        assertStopped(next);
    }

    @Test
    void a_change_of_another_document_stops_nothing() throws InterruptedException {
        open(A, 1);
        open(B, 1);
        OpenDocument running = take();

        change(B, 2);

        assertWanted(running);
    }

    @Test
    void closing_stops_the_analysis_however_long_it_has_run() throws InterruptedException {
        open(A, 1);
        OpenDocument running = take();
        pass(1000);

        boolean wasOpen = store.close(A, closed -> published.add(-1));

        assertThat(wasOpen).isTrue();
        assertStopped(running);
        finish(running);
        assertThat(published).containsExactly(-1);
        assertThat(store.find(A)).isEmpty();
    }

    @Test
    void a_document_opened_again_gets_nothing_of_its_former_life() throws InterruptedException {
        open(A, 1);
        OpenDocument running = take();
        store.close(A, closed -> {});
        open(A, 1);

        finish(running);

        assertThat(published).isEmpty();
        assertThat(take().revision()).isNotEqualTo(running.revision());
    }

    @Test
    void opening_an_open_document_replaces_it() throws InterruptedException {
        open(A, 1);
        OpenDocument running = take();
        pass(1000);

        open(A, 7);

        assertStopped(running);
        assertThat(take().snapshot().version()).isEqualTo(7);
    }

    @Test
    void new_settings_queue_all_documents_behind_the_changed_ones() throws InterruptedException {
        open(A, 1);
        open(B, 1);
        finish(take());
        finish(take());

        store.renewAll();
        change(B, 2);

        assertThat(take().uri()).isEqualTo(B);
        assertThat(take().uri()).isEqualTo(A);
        store.shutDown();
        assertThat(store.take()).isEmpty();
    }

    @Test
    void new_settings_stop_the_running_analysis_but_keep_the_text() throws InterruptedException {
        open(A, 1);
        OpenDocument running = take();
        pass(1000);

        store.renewAll();

        assertStopped(running);
        OpenDocument next = take();
        assertThat(next.snapshot()).isEqualTo(running.snapshot());
        assertThat(next.revision()).isGreaterThan(running.revision());
    }

    @Test
    void a_document_that_is_not_open_is_not_changed() {
        store.openForeign(B);

        assertThat(store.change(A, before -> before)).isEqualTo(DocumentStore.Change.NOT_OPEN);
        assertThat(store.change(B, before -> before)).isEqualTo(DocumentStore.Change.FOREIGN);
        assertThat(store.close(A, closed -> published.add(1))).isFalse();
        assertThat(store.close(B, closed -> published.add(1))).isTrue();
        assertThat(published).isEmpty();
    }

    @Test
    void a_document_is_found_under_any_spelling_and_answered_under_the_first() throws InterruptedException {
        store.open(content(DocumentUri.of("file:///c%3A/a.py"), 1));

        assertThat(store.change(DocumentUri.of("file:///C:/a.py"), before -> content(before.uri(), 2)))
                .isEqualTo(DocumentStore.Change.APPLIED);

        OpenDocument taken = take();
        assertThat(taken.snapshot().version()).isEqualTo(2);
        assertThat(taken.uri().spelling()).isEqualTo("file:///c%3A/a.py");
    }

    @Test
    void nothing_waits_after_the_end() throws InterruptedException {
        open(A, 1);
        OpenDocument running = take();
        open(B, 1);
        OpenDocument waiting = store.find(B).orElseThrow();

        store.shutDown();

        assertStopped(running);
        assertThat(waiting.result()).isCancelled();
        assertThat(store.take()).isEqualTo(Optional.empty());
    }
}
