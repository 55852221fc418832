// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import io.stdcseg.job.report.PageTemplate;
import io.stdcseg.label.LabelSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Contents of {@code live.html}: a page with its style, code and player inside, which asks for
 * {@code live.json} and the playlists beside it and for nothing else.
 */
public final class LivePage {

    /** Where the player's build is; Maven brings it from its WebJar. */
    private static final String PLAYER = "hls/hls.min.js";

    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern SOURCE_MAP = Pattern.compile("//# sourceMappingURL=\\S+");

    private LivePage() {}

    /** The page of a run with these classes. */
    public static String of(LabelSet labels) {
        String filled =
                PageTemplate.fill(
                        "live.html",
                        Map.of("/*PLAYER*/", PLAYER),
                        Map.of("classes", PageTemplate.classes(labels)));
        // Browsers would ask for it.
        String page = SOURCE_MAP.matcher(filled).replaceAll("");
        return page.replaceFirst(Pattern.quote("/*POLICY*/"), policy(page));
    }

    /** Only the scripts that are here now run, whatever else may come into the page. */
    private static String policy(String page) {
        String scripts =
                SCRIPT.matcher(page)
                        .results()
                        .map(script -> "'sha256-" + sha256(script.group(1)) + "'")
                        .collect(Collectors.joining(" "));
        return "default-src 'none'; script-src "
                + scripts
                + "; style-src 'unsafe-inline'; img-src data:; media-src 'self' blob:; connect-src"
                + " 'self'; base-uri 'none'; form-action 'none'";
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder()
                    .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
