// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The structural schema of a Kubernetes resource, OpenAPI's with few keywords.
 *
 * <p>Stricter than a server, which drops fields that it does not know: they are violations here.
 */
public final class StructuralSchema {

    private static final Set<String> KEYWORDS =
            Set.of(
                    "type",
                    "properties",
                    "additionalProperties",
                    "items",
                    "enum",
                    "anyOf",
                    "x-kubernetes-int-or-string");

    private final List<String> violations = new ArrayList<>();

    private StructuralSchema() {}

    /**
     * One line for each place at which {@code value} is not as {@code schema} says.
     *
     * @throws IllegalArgumentException if the schema has keywords that are not read here
     */
    public static List<String> violations(Map<?, ?> schema, Object value) {
        StructuralSchema check = new StructuralSchema();
        check.check("", schema, value);
        return check.violations;
    }

    private void check(String path, Map<?, ?> schema, Object value) {
        for (Object keyword : schema.keySet()) {
            if (!KEYWORDS.contains(keyword)) {
                throw new IllegalArgumentException(path + ": keyword " + keyword);
            }
        }
        if (!hasType(schema, value)) {
            violations.add(path + ": " + value + " is no " + schema.get("type"));
        } else if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            violations.add(path + ": " + value + " is none of " + allowed);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> checkMember(path + "." + key, schema, key, member));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(path + "[" + i + "]", (Map<?, ?>) schema.get("items"), list.get(i));
            }
        }
    }

    private void checkMember(String path, Map<?, ?> schema, Object key, Object member) {
        if (schema.get("properties") instanceof Map<?, ?> known
                && known.get(key) instanceof Map<?, ?> property) {
            check(path, property, member);
        } else if (schema.get("additionalProperties") instanceof Map<?, ?> any) {
            check(path, any, member);
        } else {
            violations.add(path + ": unknown");
        }
    }

    private static boolean hasType(Map<?, ?> schema, Object value) {
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
            return value instanceof Integer || value instanceof String;
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer;
            case "number" -> value instanceof Number;
            default -> throw new IllegalArgumentException("type " + schema.get("type"));
        };
    }
}
