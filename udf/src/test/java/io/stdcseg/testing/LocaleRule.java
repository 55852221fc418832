// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.text.MessageFormat;
import java.util.Locale;

/** Architecture rule: texts are the same in every locale. */
public final class LocaleRule {

    /**
     * Error Prone finds calls that take the machine's locale; formats that are put together at run
     * time and those of {@link MessageFormat} pass it.
     */
    public static final ArchRule TEXTS_NAME_THEIR_LOCALE =
            noClasses()
                    .should()
                    .callMethod(String.class, "format", String.class, Object[].class)
                    .orShould()
                    .callMethod(String.class, "formatted", Object[].class)
                    .orShould()
                    .callMethod(MessageFormat.class, "format", String.class, Object[].class)
                    .orShould()
                    .callMethod(Locale.class, "setDefault", Locale.class)
                    .because("some locales have digits of their own: String.format(Locale.ROOT)");

    private LocaleRule() {}
}
