// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.stdcseg.job.cli.Stdc;
import io.stdcseg.testing.LocaleRule;

/** Which of the job's packages may know which. */
@AnalyzeClasses(packages = "io.stdcseg.job", importOptions = ImportOption.DoNotIncludeTests.class)
class JobArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_USES_THE_COMMAND_LINE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.stdcseg.job.cli")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.stdcseg.job.cli");

    @ArchTest
    static final ArchRule SOURCE_AND_OUTPUT_STAND_ALONE =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.stdcseg.job.source..", "io.stdcseg.job.output")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.stdcseg.job", "io.stdcseg.job.options", "io.stdcseg.job.report");

    @ArchTest
    static final ArchRule ARROWS_POINT_ONE_WAY =
            slices().matching("io.stdcseg.job.(*)..").should().beFreeOfCycles();

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
