// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import io.stdcseg.error.InputException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Flink {@code config.yaml} as text, read and changed by key.
 *
 * <p>A key is found however it is written: flat, nested, or both. A change touches the value's own
 * characters, so that comments, order and layout of somebody's file survive. Immutable.
 */
final class FlinkConfig {

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setLabel("config.yaml").setAllowDuplicateKeys(true).build();

    private final String text;
    private final Map<String, ScalarNode> values = new HashMap<>();

    /**
     * @throws InputException if the text is not YAML
     */
    FlinkConfig(String text) {
        this.text = text;
        try {
            new Compose(SETTINGS).composeString(text).ifPresent(node -> collect("", node));
        } catch (YamlEngineException e) {
            throw new InputException(
                    "config.yaml is not YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    /** The value of a dotted key; empty if the key is absent or has no value. */
    Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key))
                .map(ScalarNode::getValue)
                .filter(value -> !value.isEmpty());
    }

    /** Every dotted key that has a value. */
    Map<String, String> asMap() {
        Map<String, String> map = new HashMap<>();
        for (String key : values.keySet()) {
            get(key).ifPresent(value -> map.put(key, value));
        }
        return map;
    }

    /** This configuration with another value, in the key's place or, if it is new, at the end. */
    FlinkConfig with(String key, String value) {
        ScalarNode old = values.get(key);
        if (old == null) {
            String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
            return new FlinkConfig(text + end + key + ": " + scalar(value) + "\n");
        }
        int start = offset(old.getStartMark().orElseThrow());
        int end = offset(old.getEndMark().orElseThrow());
        String space = start == end ? " " : "";
        return new FlinkConfig(
                text.substring(0, start) + space + scalar(value) + text.substring(end));
    }

    /** The whole file. */
    @Override
    public String toString() {
        return text;
    }

    private void collect(String prefix, Node node) {
        if (node instanceof ScalarNode scalar) {
            values.put(prefix, scalar);
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    String name = prefix.isEmpty() ? "" : prefix + ".";
                    collect(name + key.getValue(), entry.getValueNode());
                }
            }
        }
    }

    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    /** Plain where YAML reads it back as it is, else in single quotes. */
    private static String scalar(String value) {
        boolean plain = value.matches("(?:[\\w./]|-[^\\s]).*") && !value.matches(".*(: | #).*");
        return plain ? value : "'" + value.replace("'", "''") + "'";
    }
}
