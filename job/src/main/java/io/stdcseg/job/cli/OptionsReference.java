// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.job.options.CliOption;
import java.util.List;

/** Reference of all commands and their options, in Markdown: what {@code stdc help all} prints. */
final class OptionsReference {

    private OptionsReference() {}

    static String of(List<Command> commands) {
        StringBuilder text =
                new StringBuilder(
                        """
                        # Options

                        All commands of `scripts/stdc` and their options, as their help has them. `scripts/stdc help all > docs/options.md` writes this page,
                        and a test compares. What to take for which task: [tasks.md](tasks.md). Every command also takes `--help`, and `--verbose`, which
                        shows the stack trace of an error and what is going on.
                        """);
        commands.forEach(command -> text.append('\n').append(section(command)));
        return text.toString();
    }

    /** One command, a line for each option. */
    static String section(Command command) {
        StringBuilder text = new StringBuilder("## " + command.name() + "\n\n");
        text.append(command.description()).append("\n\n| option | |\n|---|---|\n");
        for (CliOption<?> option : command.options()) {
            text.append("| `").append(cell(written(option))).append("` | ");
            text.append(cell(option.meaning())).append(" |\n");
        }
        return text.toString();
    }

    private static String written(CliOption<?> option) {
        return option.positional() || option.placeholder() == null
                ? option.flag()
                : option.flag() + " " + option.placeholder();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
