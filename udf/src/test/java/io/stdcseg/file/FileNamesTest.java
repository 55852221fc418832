// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileNamesTest {

    private static final String ENCODING = FileNames.encoding().name();

    @Test
    void namesAreInTheEncodingOfTheLocale() {
        String locale = System.getProperty("sun.jnu.encoding");
        assertThat(FileNames.encoding()).isEqualTo(Charset.forName(locale));
    }

    @Test
    void aNameThatIsNoPathIsShown() {
        InvalidPathException e =
                catchThrowableOfType(InvalidPathException.class, () -> Path.of("a\0b"));
        assertThat(FileNames.refused(e)).hasMessage("file name 'a\\0b': Nul character not allowed");
    }

    /** As a locale that is ASCII refuses it. */
    @Test
    void aNameOfAnotherEncodingIsShownWithWhatToDo() {
        assertThat(
                        FileNames.refused(
                                new InvalidPathException("stra\u00dfe.png", "Malformed input")))
                .hasMessageStartingWith(
                        "file name 'stra\u00dfe.png': its name is not in "
                                + ENCODING
                                + ", the encoding of this process's locale");
    }
}
