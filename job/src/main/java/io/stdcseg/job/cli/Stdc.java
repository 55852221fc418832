// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.process.FlinkFileSystems;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * Command line: {@code stdc COMMAND [options]}.
 *
 * <p>Ends with exit code 0 when done, 1 when the work failed, 2 on wrong usage or unusable input;
 * errors are one line. Work that a signal ended, with 128 and the signal's number.
 */
public final class Stdc {

    /** What is always there, and what other modules on the class path bring. */
    private static final List<Command> COMMANDS =
            Stream.concat(
                            Stream.of(
                                    new SegmentCommand(),
                                    new PredictCommand(),
                                    new EvaluateCommand(),
                                    new TrainCommand(),
                                    new LatencyCommand(),
                                    new ImportCommand(),
                                    new ExportCommand(),
                                    new CompareCommand(),
                                    new ViewCommand(),
                                    new HealthCommand(),
                                    new InfoCommand()),
                            ServiceLoader.load(Command.class, Stdc.class.getClassLoader()).stream()
                                    .map(ServiceLoader.Provider::get))
                    .toList();

    private final PrintStream out;
    private final PrintStream err;

    /** A command line that says what comes out, and what goes wrong, there. */
    public Stdc(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the JVM: Flink's and libtorch's threads would keep it. */
    public static void main(String[] args) {
        int code;
        try {
            FlinkFileSystems.load();
            code = new Stdc(System.out, System.err).run(args);
        } catch (IllegalConfigurationException e) {
            System.err.println("stdc: " + CommandErrors.oneLine(e));
            code = 2;
        }
        System.out.flush();
        System.exit(code);
    }

    /**
     * Runs the command that {@code args} begin with.
     *
     * @return the exit code
     */
    public int run(String... args) {
        boolean verbose = List.of(args).contains("--verbose");
        try {
            if (args.length == 0) {
                out.print(overview());
                return 2;
            }
            return switch (args[0]) {
                case "--help", "-h" -> print(overview());
                case "--version", "-V" -> print(VersionText.text() + System.lineSeparator());
                case "help" -> print(args.length == 1 ? overview() : help(args[1]));
                default -> run(find(args[0]), Arrays.copyOfRange(args, 1, args.length));
            };
        } catch (Interruption e) {
            return e.exitCode();
        } catch (Throwable e) { // Whatever ended it, one line says so.
            InputException input = CommandErrors.inputException(e);
            err.println("stdc: " + (input == null ? CommandErrors.oneLine(e) : input.getMessage()));
            if (verbose) {
                e.printStackTrace(err);
            }
            return input == null ? 1 : 2;
        }
    }

    /** Of one command, or a page of all. */
    private static String help(String command) {
        return command.equals("all") ? OptionsReference.of(COMMANDS) : parser(find(command)).help();
    }

    private int print(String text) {
        out.print(text);
        return 0;
    }

    private int run(Command command, String[] args) throws Exception {
        OptionParser parser = parser(command);
        if (parser.asksForHelp(args)) {
            return print(parser.help());
        }
        command.run(parser.parse(args), out);
        return 0;
    }

    private static OptionParser parser(Command command) {
        return new OptionParser("stdc " + command.name(), command.description(), command.options());
    }

    private static Command find(String name) {
        if (name.equals("sample") && COMMANDS.stream().noneMatch(c -> c.name().equals(name))) {
            throw new InputException(
                    "sample needs the renderer, which is not on the class path; mvn -pl"
                            + " samples/scenes -am package builds it");
        }
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InputException(
                                        "command '"
                                                + name
                                                + "' is unknown; allowed are "
                                                + COMMANDS.stream()
                                                        .map(Command::name)
                                                        .collect(Collectors.joining(", "))));
    }

    private static String overview() {
        StringBuilder text = new StringBuilder("Usage: stdc COMMAND [options]\n\n");
        for (Command command : COMMANDS) {
            text.append(
                    String.format(
                            Locale.ROOT, "  %-10s %s%n", command.name(), command.description()));
        }
        return text.append(
                        """

                        stdc COMMAND --help, or stdc help COMMAND, lists the options of a command.
                        stdc --version says which build this is, and its engines.
                        """)
                .toString();
    }
}
