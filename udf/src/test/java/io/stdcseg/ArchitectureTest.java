// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.stdcseg.testing.LocaleRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which: arrows point down only. */
class ArchitectureTest {

    private static final String ROOT = "io.stdcseg.";

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.stdcseg");

    /**
     * A package and what it may use beside itself, {@code error}, {@code file} and other people's
     * libraries.
     */
    private record Room(String name, String... uses) {

        ArchRule rule() {
            List<String> allowed =
                    new ArrayList<>(List.of(ROOT + name + "..", ROOT + "error..", ROOT + "file.."));
            for (String use : uses) {
                allowed.add(ROOT + use + "..");
            }
            return classes()
                    .that()
                    .resideInAPackage(ROOT + name + "..")
                    .should()
                    .onlyDependOnClassesThat(
                            not(resideInAPackage("io.stdcseg.."))
                                    .or(resideInAnyPackage(allowed.toArray(String[]::new))))
                    .allowEmptyShould(true);
        }

        @Override
        public String toString() {
            return name + " uses " + String.join(", ", uses);
        }
    }

    static Room[] rooms() {
        return new Room[] {
            new Room("error"),
            new Room("file"),
            new Room("label"),
            new Room("frame", "label"),
            new Room("metric", "label"),
            new Room("batch"),
            new Room("video", "frame", "label"),
            new Room("network"),
            new Room("checkpoint", "network", "label"),
            new Room("pixel", "network"),
            new Room("engine", "label", "network", "checkpoint", "pixel"),
            new Room("inference", "batch", "engine"),
            new Room("scene", "label", "frame", "video"),
            new Room(
                    "training",
                    "network",
                    "checkpoint",
                    "metric",
                    "label",
                    "frame",
                    "video",
                    "engine"),
            new Room(
                    "function",
                    "label",
                    "frame",
                    "metric",
                    "batch",
                    "video",
                    "network",
                    "checkpoint",
                    "engine",
                    "inference",
                    "training"),
        };
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aPackageUsesOnlyThoseBelowIt(Room room) {
        room.rule().check(MAIN);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.stdcseg.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void backEndsOfTheNetworkDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.stdcseg.network")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.stdcseg.network.eager..",
                        "io.stdcseg.network.torchscript..",
                        "io.stdcseg.network.onnx..",
                        "io.stdcseg.network.shape..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage("io.stdcseg.network.quantise..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.stdcseg.network.eager..",
                        "io.stdcseg.network.torchscript..",
                        "io.stdcseg.network.onnx..",
                        "io.stdcseg.network.shape..")
                .check(MAIN);
        slices().matching("io.stdcseg.network.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAPackage("io.stdcseg.network.eager.."),
                        resideInAPackage("io.stdcseg.network.shape..")) // the layers' names
                .ignoreDependency(
                        resideInAPackage("io.stdcseg.network.."),
                        resideInAPackage("io.stdcseg.network.quantise..")) // shared, no back end
                .check(MAIN);
    }

    @Test
    void enginesDoNotKnowEachOther() {
        slices().matching("io.stdcseg.engine.(*)..").should().beFreeOfCycles().check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.stdcseg.engine.pytorch..",
                        "io.stdcseg.engine.onnxruntime..",
                        "io.stdcseg.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.stdcseg.engine.pytorch..", "io.stdcseg.engine.onnxruntime..")
                .check(MAIN);
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
    void onlyVideoTouchesFfmpeg() {
        onlyIn("org.bytedeco..", "io.stdcseg.video..").check(MAIN);
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
    void onlyFunctionTouchesFlink() {
        onlyIn("org.apache.flink..", "io.stdcseg.function..").check(MAIN);
    }

    @Test
    void nothingEndsTheJvm() {
        noClasses()
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
