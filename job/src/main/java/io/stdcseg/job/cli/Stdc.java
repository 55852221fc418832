// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.OptionParser;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The command line: {@code stdc COMMAND [options]}.
 *
 * <p>Ends with exit code 0 when done, 1 when the work failed, 2 on wrong usage or unusable input;
 * errors are one line.
 */
public final class Stdc {

    private static final List<Command> COMMANDS =
            List.of(
                    new SegmentCommand(),
                    new PredictCommand(),
                    new EvaluateCommand(),
                    new TrainCommand(),
                    new LatencyCommand(),
                    new ImportCommand(),
                    new ExportCommand(),
                    new InfoCommand(),
                    new SampleCommand());

    private final PrintStream out;
    private final PrintStream err;

    Stdc(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the JVM: Flink's and libtorch's threads would keep it. */
    public static void main(String[] args) {
        int code = new Stdc(System.out, System.err).run(args);
        System.out.flush();
        System.exit(code);
    }

    /** Runs the command that {@code args} begin with. */
    int run(String... args) {
        boolean verbose = List.of(args).contains("--verbose");
        try {
            if (args.length == 0 || args[0].equals("--help") || args[0].equals("-h")) {
                out.print(overview());
                return args.length == 0 ? 2 : 0;
            }
            Command command = find(args[0]);
            OptionParser parser =
                    new OptionParser(
                            "stdc " + command.name(), command.description(), command.options());
            String[] rest = Arrays.copyOfRange(args, 1, args.length);
            if (parser.asksForHelp(rest)) {
                out.print(parser.help());
                return 0;
            }
            command.run(parser.parse(rest), out);
            return 0;
        } catch (Throwable e) { // Whatever ended it, one line says so.
            InputException input = JobErrors.inputException(e);
            err.println("stdc: " + (input == null ? JobErrors.oneLine(e) : input.getMessage()));
            if (verbose) {
                e.printStackTrace(err);
            }
            return input == null ? 1 : 2;
        }
    }

    private static Command find(String name) {
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
        return text.append("\nstdc COMMAND --help lists the options of a command.\n").toString();
    }
}
