// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.stdcseg.testing.LocaleRule;
import io.stdcseg.testing.Rooms;
import java.io.IOException;

/** Which of the renderer's rooms may use which. */
@AnalyzeClasses(packages = "io.stdcseg.scene", importOptions = ImportOption.DoNotIncludeTests.class)
class SceneArchitectureTest {

    @ArchTest
    static void roomsUseWhatTheTableSays(JavaClasses scenes) throws IOException {
        Rooms.check(scenes);
    }

    @ArchTest static final ArchRule TEXTS_NAME_THEIR_LOCALE = LocaleRule.TEXTS_NAME_THEIR_LOCALE;
}
