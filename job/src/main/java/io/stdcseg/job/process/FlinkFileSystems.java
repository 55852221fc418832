// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/**
 * Flink's file systems in a process that Flink did not start: plugins and their settings are found
 * where its own processes look, in {@code FLINK_PLUGINS_DIR} and {@code FLINK_CONF_DIR}.
 */
public final class FlinkFileSystems {

    /** The S3 plugin's library would tell every user of a command what its makers must do. */
    private static final String NO_ANNOUNCEMENT = "aws.java.v1.disableDeprecationAnnouncement";

    private FlinkFileSystems() {}

    /**
     * Makes them known to this process; does nothing where there are neither plugins nor settings.
     */
    public static void load() {
        boolean configured = System.getenv(ConfigConstants.ENV_FLINK_CONF_DIR) != null;
        String plugins = System.getenv(ConfigConstants.ENV_FLINK_PLUGINS_DIR);
        if (configured || plugins != null && Files.isDirectory(Path.of(plugins))) {
            System.setProperty(NO_ANNOUNCEMENT, "true");
            Configuration configuration =
                    configured ? GlobalConfiguration.loadConfiguration() : new Configuration();
            FileSystem.initialize(
                    configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
        }
    }
}
