/** Tests of the Language Server. */
@NullMarked
package io.github.spawnproof.lsp;

import org.jspecify.annotations.NullMarked;
