// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of rooms in {@code CONTRIBUTING.md}, and what compiled classes say of it. */
public final class Rooms {

    private static final String ROOT = "io.stdcseg.";

    /** What every room may use. */
    private static final Set<String> ALWAYS = Set.of("error", "file");

    private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\| (.+) \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    private Rooms() {}

    /**
     * Fails unless the classes' packages use exactly the rooms that the table names for them, and
     * no circle closes among them.
     *
     * @param module the module's classes, tests left out
     */
    public static void check(JavaClasses module) {
        Map<String, Set<String>> actual = new TreeMap<>();
        for (JavaClass type : module) {
            if (type.getSimpleName().equals("package-info")) {
                continue;
            }
            Set<String> uses = actual.computeIfAbsent(room(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(Rooms::room)
                    .filter(target -> !target.equals(room(type)) && !ALWAYS.contains(target))
                    .forEach(uses::add);
        }
        Map<String, Set<String>> allowed = table();
        allowed.keySet().retainAll(actual.keySet());
        assertThat(lines(actual)).isEqualTo(lines(allowed));
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(module);
    }

    private static String lines(Map<String, Set<String>> rooms) {
        return rooms.entrySet().stream()
                .map(room -> room.getKey() + " uses " + String.join(", ", room.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    /** Each room with those that it may use beside {@link #ALWAYS}. */
    private static Map<String, Set<String>> table() {
        Map<String, Set<String>> rooms = new TreeMap<>();
        try {
            for (String line :
                    Files.readAllLines(SharedData.projectRoot().resolve("CONTRIBUTING.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    rooms.put(
                            row.group(1),
                            NAME.matcher(row.group(3))
                                    .results()
                                    .map(name -> name.group(1))
                                    .collect(Collectors.toCollection(TreeSet::new)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rooms;
    }
}
