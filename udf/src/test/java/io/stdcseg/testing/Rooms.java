// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of rooms in {@code CONTRIBUTING.md}, and what compiled classes say of it. */
public final class Rooms {

    private static final String ROOT = "io.stdcseg.";

    private static final List<Path> MODULES =
            Stream.of("udf", "job", "samples/scenes")
                    .map(SharedData.projectRoot()::resolve)
                    .toList();

    private static final Path SOURCES = Path.of("src/main/java/io/stdcseg");

    /** What every room may use. */
    private static final Set<String> ALWAYS = Set.of("error", "file");

    private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\| (.+) \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");
    private static final Pattern JAVADOC =
            Pattern.compile("/\\*\\*(.*?)(<p>.*)?\\*/", Pattern.DOTALL);

    /** A row of the table: what a room is, and which it may use beside {@link #ALWAYS}. */
    private record Row(String sentence, Set<String> uses) {}

    private Rooms() {}

    /**
     * Fails unless the classes' packages are those of the table, use exactly the rooms that it
     * names for them and say of themselves what it says, and no circle closes among them.
     *
     * @param module the classes of the module that is tested, tests left out
     */
    public static void check(JavaClasses module) throws IOException {
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
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (Map.Entry<String, Row> entry : table().entrySet()) {
            String room = entry.getKey();
            assertThat(MODULES).as("modules with room " + room).anyMatch(m -> isIn(m, room));
            if (isIn(Path.of(""), room)) {
                allowed.put(room, entry.getValue().uses());
                assertThat(sentence(room)).as(room).isEqualTo(entry.getValue().sentence());
            }
        }
        assertThat(lines(actual)).isEqualTo(lines(allowed));
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(module);
    }

    private static boolean isIn(Path module, String room) {
        return Files.exists(packageInfo(module, room));
    }

    private static Path packageInfo(Path module, String room) {
        return module.resolve(SOURCES).resolve(room.replace('.', '/')).resolve("package-info.java");
    }

    /** What a room of this module says of itself: the first paragraph, without tags and breaks. */
    private static String sentence(String room) throws IOException {
        Matcher comment = JAVADOC.matcher(Files.readString(packageInfo(Path.of(""), room)));
        assertThat(comment.find()).as(room).isTrue();
        return comment.group(1)
                .replaceAll("\\s*\\n \\*", " ")
                .replaceAll("\\{@\\w+ ([^}]*)\\}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String lines(Map<String, Set<String>> rooms) {
        return rooms.entrySet().stream()
                .map(room -> room.getKey() + " uses " + String.join(", ", room.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    private static Map<String, Row> table() throws IOException {
        Map<String, Row> rooms = new TreeMap<>();
        for (String line :
                Files.readAllLines(SharedData.projectRoot().resolve("CONTRIBUTING.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> uses =
                        NAME.matcher(row.group(3))
                                .results()
                                .map(name -> name.group(1))
                                .collect(Collectors.toCollection(TreeSet::new));
                rooms.put(row.group(1), new Row(row.group(2), uses));
            }
        }
        return rooms;
    }
}
