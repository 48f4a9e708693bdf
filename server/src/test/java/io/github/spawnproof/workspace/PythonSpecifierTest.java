package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.boundary.PythonVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonSpecifierTest {

    /** The right column is what Python's own `packaging` says of the releases 3.8.0 to 3.15.99. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ">=3.12                ; 12 13 14 15",
                ">=3.12.4              ; 12 13 14 15",
                "> 3.12                ; 12 13 14 15",
                ">3.12.0               ; 12 13 14 15",
                ">=3.12,<3.14          ; 12 13",
                ">=3.12, <3.14,        ; 12 13",
                "<3.10                 ; 8 9",
                "<3.10.1               ; 8 9 10",
                "<=3.10                ; 8 9 10",
                "<=3.10.5              ; 8 9 10",
                "==3.11.*              ; 11",
                "==3.11                ; 11",
                "==3.11.4              ; 11",
                "===3.11.4             ; 11",
                "==3.*                 ; 8 9 10 11 12 13 14 15",
                "!=3.9,<3.11           ; 8 9 10",
                "!=3.9.*,<3.11         ; 8 10",
                "~=3.13                ; 13 14 15",
                "~=3.13.2              ; 13",
                ">=3.14.0rc2           ; 14 15",
                "<3.10a0               ; 8 9",
                ">=3.9,!=3.9.0,!=3.9.1 ; 9 10 11 12 13 14 15",
                ">=3.9.2,<3.9.1        ; ''",
                ">=3.10.5,<3.10.7      ; 10",
                ">=3                   ; 8 9 10 11 12 13 14 15",
                ">=2.7,<4              ; 8 9 10 11 12 13 14 15",
                "<4.0,>=3.13           ; 13 14 15",
                ">=3.16                ; ''",
                "==2.7.*               ; ''",
                "^3.13                 ; 13 14 15",
                "^3.13.2               ; 13 14 15",
                "~3.13                 ; 13",
                "~3.13.1               ; 13",
                "~3                    ; 8 9 10 11 12 13 14 15",
                "3.13.*                ; 13",
                "3.13                  ; 13",
                "*                     ; 8 9 10 11 12 13 14 15",
                ">=3.8 <3.10           ; 8 9",
                ">= 3.14               ; 14 15",
                "<3.9 || >=3.14        ; 8 14 15"
            })
    void versions_follow_the_specifier(String specifier, String minors) {
        List<PythonVersion> expected = minors.isBlank()
                ? List.of()
                : List.of(minors.split(" ", -1)).stream()
                        .map(minor -> new PythonVersion(3, Integer.parseInt(minor)))
                        .toList();

        assertThat(PythonSpecifier.versions(specifier).orElse(List.of())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"three", ">=x", "=>3.8", ">=3.8;<4", ">=3..8", "", "3.8 3.9"})
    void anything_else_is_no_specifier(String text) {
        assertThat(PythonSpecifier.versions(text)).isEqualTo(Optional.empty());
    }
}
