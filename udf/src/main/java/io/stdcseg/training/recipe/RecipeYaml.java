// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML of a recipe, built in or from a file, with the base that it names merged in.
 *
 * @param name the file's name without ending
 * @param tree values by key; a group of keys is a map
 */
record RecipeYaml(String name, Map<String, Object> tree) {

    private static final List<String> BUILT_IN =
            List.of(
                    "camvid-stdc1",
                    "camvid-stdc2",
                    "cityscapes-stdc1",
                    "cityscapes-stdc2",
                    "classes-stdc1",
                    "published-cityscapes-stdc1",
                    "published-cityscapes-stdc2",
                    "published-imagenet-stdc1",
                    "published-imagenet-stdc2");

    private static final String BASE = "base";
    private static final String ENDING = ".yaml";

    /** What is meant to be a file's name. */
    private static final String FILE = ".*([/\\\\].*|\\.ya?ml)";

    private static final int MOST_BASES = 8;

    /** The recipe of that name, or in that file. */
    static RecipeYaml of(String nameOrFile) {
        return of(nameOrFile, 0);
    }

    private static RecipeYaml of(String nameOrFile, int depth) {
        if (BUILT_IN.contains(nameOrFile)) {
            String resource = nameOrFile + ENDING;
            try (InputStream in = RecipeYaml.class.getResourceAsStream(resource)) {
                return new RecipeYaml(nameOrFile, resolve(parse(nameOrFile, in), null, depth));
            } catch (IOException e) {
                throw new IllegalStateException("resource " + resource + " cannot be read", e);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    "recipe '"
                            + nameOrFile
                            + (nameOrFile.matches(FILE) ? "' is missing" : "' is unknown")
                            + "; allowed are a YAML file and "
                            + String.join(", ", BUILT_IN));
        }
        try (InputStream in = Files.newInputStream(file)) {
            String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
            return new RecipeYaml(name, resolve(parse(nameOrFile, in), file, depth));
        } catch (IOException e) {
            throw new InputException(
                    "recipe " + nameOrFile + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A file names its base by a path from its own folder. */
    private static Map<String, Object> resolve(Map<String, Object> tree, Path file, int depth) {
        Object base = tree.remove(BASE);
        if (base == null) {
            return tree;
        }
        String name = base.toString();
        if (depth == MOST_BASES) {
            throw new InputException(
                    "recipe " + file + ": base " + name + " leads to no end of bases");
        }
        boolean beside = file != null && !BUILT_IN.contains(name);
        String where = beside ? file.resolveSibling(name).toString() : name;
        return merge(of(where, depth + 1).tree(), tree);
    }

    private static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> own) {
        Map<String, Object> merged = new LinkedHashMap<>(base);
        own.forEach(
                (key, value) -> {
                    boolean groups = value instanceof Map && base.get(key) instanceof Map;
                    merged.put(
                            key, groups ? merge(textKeys(base.get(key)), textKeys(value)) : value);
                });
        return merged;
    }

    private static Map<String, Object> parse(String name, InputStream in) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromInputStream(in);
        } catch (YamlEngineException e) {
            throw new InputException(
                    "recipe " + name + ": " + String.valueOf(e.getMessage()).replace('\n', ' '), e);
        }
        if (!(root instanceof Map)) {
            throw new InputException("recipe " + name + " is " + root + "; keys are needed");
        }
        return textKeys(root);
    }

    /** A group of keys as YAML read it. */
    static Map<String, Object> textKeys(Object map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        ((Map<?, ?>) map).forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }
}
