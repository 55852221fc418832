// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.stdcseg.job.cli.Stdc;
import io.stdcseg.testing.LocaleRule;
import io.stdcseg.testing.Rooms;
import java.io.IOException;

/** Which of the job's rooms may use which. */
@AnalyzeClasses(packages = "io.stdcseg.job", importOptions = ImportOption.DoNotIncludeTests.class)
class JobArchitectureTest {

    @ArchTest
    static void roomsUseWhatTheTableSays(JavaClasses job) throws IOException {
        Rooms.check(job);
    }

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_ENDS_THE_JVM =
            noClasses()
                    .that()
                    .areNotAssignableTo(Stdc.class)
                    .and()
                    .resideOutsideOfPackage("io.stdcseg.job.install")
                    .should()
                    .callMethod(System.class, "exit", int.class);

    @ArchTest static final ArchRule TEXTS_NAME_THEIR_LOCALE = LocaleRule.TEXTS_NAME_THEIR_LOCALE;
}
