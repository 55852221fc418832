// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Command line of a {@link Trial}: with the Java, the class path and the properties of this one.
 */
final class TrialCommand {

    /** What is timed is native: a better compiler takes longer than it saves. */
    private static final List<String> SMALL =
            List.of(
                    "-Xmx1g",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-CreateCoredumpOnCrash");

    /** The file in which the JVM writes why it ended. */
    static final String CRASH = "crash";

    /** How Java makes a process into another program. */
    private static final String MECHANISM = "jdk.lang.Process.launchMechanism";

    private TrialCommand() {}

    /**
     * @param candidates whose classes it needs
     * @param folder of the trial's own, for {@link #CRASH} and links to classes
     * @param arguments of {@link Trial#main}
     */
    static List<String> of(Collection<Candidate> candidates, Path folder, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java().toString()));
        command.addAll(SMALL);
        command.add("-XX:ErrorFile=" + folder.resolve(CRASH));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D"))
                .filter(argument -> !argument.startsWith("-Dcom.sun.management"))
                .forEach(command::add);
        command.addAll(List.of("-cp", classPath(candidates, folder), Trial.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /**
     * What {@code JAVA_HOME} names, where it is set: what it would start is what is in question.
     */
    static Path java() {
        String home = System.getenv("JAVA_HOME");
        Path named = home == null || home.isEmpty() ? null : program(home);
        return named != null && Files.isExecutable(named) ? named : own();
    }

    /** What runs this process, which under an emulator does not run by itself. */
    private static Path own() {
        return program(System.getProperty("java.home"));
    }

    /**
     * Lets an emulated Java start processes: on Linux it does so through a program beside it, which
     * the emulator does not emulate. Has no effect once this process has started another.
     */
    static void allowStart() {
        boolean linux = System.getProperty("os.name").equals("Linux");
        if (linux && System.getProperty(MECHANISM) == null && !sameFile(java(), own())) {
            System.setProperty(MECHANISM, "FORK");
        }
    }

    private static boolean sameFile(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path program(String home) {
        return Path.of(home, "bin", File.separatorChar == '\\' ? "java.exe" : "java");
    }

    /** In a TaskManager, a job's own classes are not on the JVM's class path. */
    private static String classPath(Collection<Candidate> candidates, Path folder)
            throws IOException {
        Set<Path> places = new LinkedHashSet<>();
        place(Trial.class, places);
        candidates.forEach(candidate -> place(candidate.engine().getClass(), places));
        List<String> all = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        for (Path place : places) {
            all.add(entry(place, folder));
        }
        return String.join(File.pathSeparator, all);
    }

    /**
     * A place as a class path can name it: a TaskManager without a name of its own keeps jobs' jars
     * in a folder called after its port, {@code tm_host:port}, which would be two.
     *
     * @param folder for a link to it
     */
    static String entry(Path place, Path folder) throws IOException {
        if (!place.toString().contains(File.pathSeparator)) {
            return place.toString();
        }
        Path link = folder.resolve("classes-" + Integer.toHexString(place.hashCode()));
        return Files.createSymbolicLink(link, place).toString();
    }

    private static void place(Class<?> type, Set<Path> places) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            try {
                places.add(Path.of(source.getLocation().toURI()));
            } catch (URISyntaxException | RuntimeException e) {
                // Not a file: then it is where the class path leads already.
            }
        }
    }
}
