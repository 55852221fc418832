// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import io.stdcseg.tensor.pytorch.StridedTensorReader.TensorRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Globals that a pickle may refer to: the allow-list. Each name stands for something written here
 * in Java; nothing is looked up, loaded or run by name.
 */
sealed interface PickleGlobal {

    /** A type of storage, as {@code torch.FloatStorage}. */
    record StorageType(ElementType type) implements PickleGlobal {}

    /** Something a pickle may call. */
    non-sealed interface Function extends PickleGlobal {

        /**
         * The function's result.
         *
         * @throws RuntimeException of any kind if the arguments are not those of the function; the
         *     caller turns it into a refusal
         */
        Object call(List<?> arguments);
    }

    /** What {@code module.name} stands for, or null if it is not on the list. */
    static PickleGlobal find(String module, String name) {
        return Allowed.GLOBALS.get(module + "." + name);
    }

    /** The list itself. */
    final class Allowed {

        private static final Map<String, PickleGlobal> GLOBALS =
                Map.ofEntries(
                        function("collections.OrderedDict", Allowed::orderedDict),
                        function("torch.Size", arguments -> arguments.get(0)),
                        function("torch._utils._rebuild_tensor", Allowed::tensor),
                        function("torch._utils._rebuild_tensor_v2", Allowed::tensor),
                        function("torch._utils._rebuild_parameter", arguments -> arguments.get(0)),
                        storage("Double", ElementType.F64),
                        storage("Float", ElementType.F32),
                        storage("Half", ElementType.F16),
                        storage("BFloat16", ElementType.BF16),
                        storage("Long", ElementType.I64),
                        storage("Int", ElementType.I32),
                        storage("Short", ElementType.I16),
                        storage("Char", ElementType.I8),
                        storage("Byte", ElementType.U8),
                        storage("Bool", ElementType.BOOL));

        private Allowed() {}

        private static Map.Entry<String, PickleGlobal> function(String name, Function function) {
            return Map.entry(name, function);
        }

        private static Map.Entry<String, PickleGlobal> storage(String name, ElementType type) {
            return Map.entry("torch." + name + "Storage", new StorageType(type));
        }

        /** {@code OrderedDict()} or {@code OrderedDict([[key, value], ...])}. */
        private static Object orderedDict(List<?> arguments) {
            Map<Object, Object> dict = new LinkedHashMap<>();
            if (!arguments.isEmpty()) {
                for (Object item : (List<?>) arguments.get(0)) {
                    List<?> pair = (List<?>) item;
                    if (!PickleStack.mayBeKey(pair.get(0))) {
                        throw new IllegalArgumentException("a list as key");
                    }
                    dict.put(pair.get(0), pair.get(1));
                }
            }
            return dict;
        }

        /**
         * {@code (storage, offset, size, stride, ...)}; what follows does not change the values.
         */
        private static Object tensor(List<?> arguments) {
            return new TensorRef(
                    (StorageRef) arguments.get(0),
                    (Long) arguments.get(1),
                    numbers(arguments.get(2)),
                    numbers(arguments.get(3)));
        }

        private static long[] numbers(Object list) {
            return ((List<?>) list).stream().mapToLong(number -> (Long) number).toArray();
        }
    }
}
