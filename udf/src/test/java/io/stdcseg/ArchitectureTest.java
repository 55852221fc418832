// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.stdcseg.testing.LocaleRule;
import io.stdcseg.testing.Rooms;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which room may use which, and who may touch which library. */
class ArchitectureTest {

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.stdcseg");

    @Test
    void roomsUseWhatTheTableSays() throws IOException {
        Rooms.check(MAIN);
    }

    /** PyTorch would keep the address of a number that DJL gives up at once. */
    @Test
    void gradientsDoNotDependOnNumbersOfDjl() {
        for (String operation : List.of("mul", "div", "pow")) {
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.stdcseg.training",
                            "io.stdcseg.training.loss",
                            "io.stdcseg.network.eager")
                    .should()
                    .callMethod(NDArray.class, operation, Number.class)
                    .check(MAIN);
        }
    }

    @Test
    void onlyVideoAndPictureTouchFfmpeg() {
        onlyIn("org.bytedeco..", "io.stdcseg.video..", "io.stdcseg.picture..").check(MAIN);
    }

    @Test
    void onlyWhoComputesTouchesDjl() {
        onlyIn(
                        "ai.djl..",
                        "io.stdcseg.network.eager..",
                        "io.stdcseg.network.torchscript..",
                        "io.stdcseg.engine.pytorch..",
                        "io.stdcseg.training..")
                .check(MAIN);
    }

    @Test
    void onlyFramesFunctionsAndStoresTouchFlink() {
        onlyIn(
                        "org.apache.flink..",
                        "io.stdcseg.function..",
                        "io.stdcseg.frame..",
                        "io.stdcseg.store..")
                .check(MAIN);
    }

    /** But what ends a TaskManager whose GPU is lost: Flink would only fail the job. */
    @Test
    void nothingElseEndsTheJvm() {
        noClasses()
                .that()
                .doNotHaveSimpleName("LostDevice")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(MAIN);
    }

    @Test
    void textsNameTheirLocale() {
        LocaleRule.TEXTS_NAME_THEIR_LOCALE.check(MAIN);
    }

    @Test
    void testsAreWrittenForJUnit5() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.junit..")
                                .and(not(resideInAPackage("org.junit.jupiter.."))))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("junit..")
                .check(new ClassFileImporter().importPackages("io.stdcseg"));
    }

    private static ArchRule onlyIn(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
