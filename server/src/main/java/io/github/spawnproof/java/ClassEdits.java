package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import io.github.spawnproof.finding.Fix;
import java.util.List;

/** Rewrites classes so that their objects can be written and made anew. */
final class ClassEdits {

    ClassEdits(Types types, Shipping shipping) {}

    List<Fix> restored(Node body, VariableDeclarator variable) {
        return List.of();
    }

    List<Fix> restored(Node body, FieldDeclaration field, VariableDeclarator variable) {
        return List.of();
    }

    List<Fix> defaultConstructor(String type) {
        return List.of();
    }

    List<Fix> publicConstructor(TypeDeclaration<?> type) {
        return List.of();
    }
}
