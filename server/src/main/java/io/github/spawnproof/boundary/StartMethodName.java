package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Optional;

/**
 * A string that names a start method.
 *
 * @param range the string
 * @param content what is between its quotes; empty if that cannot be replaced
 * @param text the value
 * @param api who takes it, as people say it: {@code set_start_method}, or Jina's variable
 * @param isOfJina whether Jina takes it, from its variable
 * @param isTried whether the error that a wrong one raises is caught
 * @param choice where the code runs
 * @param onLinuxOnly the edits that choose it on Linux alone; empty if there are none
 */
public record StartMethodName(
        TextRange range,
        Optional<TextRange> content,
        String text,
        String api,
        boolean isOfJina,
        boolean isTried,
        StartMethodChoice choice,
        List<TextEdit> onLinuxOnly) {

    public StartMethodName {
        onLinuxOnly = List.copyOf(onLinuxOnly);
    }
}
