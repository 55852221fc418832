// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.error.InputException;
import io.stdcseg.tensor.ByteCursor;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Pickle machine for plain data and tensors, protocols 2 to 5.
 *
 * <p>A pickle is a program; this machine has no instruction that could run anything. It makes
 * numbers, texts, lists, dictionaries, and references to tensors ({@link PickleGlobal}), and
 * refuses everything else by name. It does not recurse, and makes at most {@value #MOST_VALUES}
 * values: an instruction counts as one, a call also as the items it is given, which it may copy.
 *
 * <p>Python's values become {@code null}, Boolean, Long, BigInteger, Double, String, {@code
 * byte[]}, List (tuples and sets as well) and Map.
 *
 * @see <a href="https://github.com/python/cpython/blob/3.12/Lib/pickletools.py">The
 *     instructions</a>
 */
final class Unpickler {

    /** A hundred times what the published checkpoints take. */
    static final int MOST_VALUES = 2_000_000;

    private static final int LONGEST_INTEGER = 256;

    private final ByteCursor in;
    private final FileErrors errors;
    private final Function<List<?>, StorageRef> storages;
    private final PickleStack stack;
    private final Map<Long, Object> memo = new HashMap<>();
    private long values;

    /**
     * @param in stands at the first instruction; after {@link #read} behind the last
     * @param storages makes a storage of the tuple that names it
     */
    Unpickler(ByteCursor in, FileErrors errors, Function<List<?>, StorageRef> storages) {
        this.in = in;
        this.errors = errors;
        this.storages = storages;
        this.stack = new PickleStack(errors);
    }

    /** Runs the pickle to its end and returns what it made. */
    Object read() {
        for (int opcode = in.u8(); opcode != '.'; opcode = in.u8()) {
            count(1);
            step(opcode);
        }
        return stack.pop();
    }

    private void count(long more) {
        values += more;
        if (values > MOST_VALUES) {
            throw errors.because("its pickle makes more than " + MOST_VALUES + " values");
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> protocol(in.u8());
            case 0x95 -> in.i64(); // frame: only a hint for reading ahead
            case '(' -> stack.mark();
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.peek());
            case 'N' -> stack.push(null);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'K' -> stack.push((long) in.u8());
            case 'M' -> stack.push((long) in.u16());
            case 'J' -> stack.push((long) in.i32());
            case 0x8a -> stack.push(integer(in.u8()));
            case 0x8b -> stack.push(integer(in.u32()));
            case 'G' -> stack.push(in.bigEndianDouble());
            case 0x8c, 'U' -> stack.push(text(in.take(in.u8())));
            case 'X', 'T' -> stack.push(text(in.take(in.u32())));
            case 0x8d -> stack.push(text(in.take(in.i64())));
            case 'C' -> stack.push(in.take(in.u8()));
            case 'B' -> stack.push(in.take(in.u32()));
            case 0x8e, 0x96 -> stack.push(in.take(in.i64()));
            case ']', ')', 0x8f -> stack.push(new ArrayList<>());
            case '}' -> stack.push(new LinkedHashMap<>());
            case 'l', 't', 0x91 -> stack.push(stack.popToMark());
            case 0x85 -> stack.push(stack.popLast(1));
            case 0x86 -> stack.push(stack.popLast(2));
            case 0x87 -> stack.push(stack.popLast(3));
            case 'a' -> stack.append(stack.popLast(1));
            case 'e', 0x90 -> stack.append(stack.popToMark());
            case 'd' -> {
                List<Object> items = stack.popToMark();
                stack.push(new LinkedHashMap<>());
                stack.setItems(items);
            }
            case 's' -> stack.setItems(stack.popLast(2));
            case 'u' -> stack.setItems(stack.popToMark());
            case 'q' -> memo.put((long) in.u8(), stack.peek());
            case 'r' -> memo.put(in.u32(), stack.peek());
            case 0x94 -> memo.put((long) memo.size(), stack.peek());
            case 'h' -> stack.push(recall(in.u8()));
            case 'j' -> stack.push(recall(in.u32()));
            case 'c' -> stack.push(global(text(in.line()), text(in.line())));
            case 0x93 -> {
                List<Object> names = stack.popLast(2);
                stack.push(
                        global(
                                stack.as(String.class, names.get(0)),
                                stack.as(String.class, names.get(1))));
            }
            case 'R' -> {
                List<Object> call = stack.popLast(2);
                stack.push(call(call.get(0), stack.as(List.class, call.get(1))));
            }
            case 'b' -> build();
            case 'Q' -> stack.push(storages.apply(stack.as(List.class, stack.pop())));
            case 'i' -> {
                global(text(in.line()), text(in.line())); // refused by name where possible
                throw buildsObject();
            }
            case 'o', 0x81, 0x92 -> throw buildsObject();
            default ->
                    throw errors.because(
                            String.format(
                                    Locale.ROOT,
                                    "pickle instruction 0x%02x is not allowed",
                                    opcode));
        }
    }

    private void protocol(int version) {
        if (version < 2 || version > 5) {
            throw errors.because("pickle protocol " + version + "; allowed are 2 to 5");
        }
    }

    private Object integer(long length) {
        if (length > LONGEST_INTEGER) {
            throw errors.because("its pickle has an integer of " + length + " bytes");
        }
        byte[] littleEndian = in.take(length);
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        BigInteger value = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return value;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Object recall(long index) {
        if (!memo.containsKey(index)) {
            throw errors.because("its pickle recalls value " + index + ", which it never kept");
        }
        return memo.get(index);
    }

    private PickleGlobal global(String module, String name) {
        PickleGlobal global = PickleGlobal.find(module, name);
        if (global == null) {
            String advice =
                    module.startsWith("torch.nn.")
                            ? "; save model.state_dict(), not the whole model"
                            : "; allowed are dictionaries of tensors";
            throw errors.because("it refers to " + FileErrors.quote(module + "." + name) + advice);
        }
        return global;
    }

    private Object call(Object function, List<?> arguments) {
        for (Object argument : arguments) {
            count(argument instanceof List<?> items ? items.size() : 0);
        }
        try {
            return stack.as(PickleGlobal.Function.class, function).call(arguments);
        } catch (ClassCastException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | NullPointerException e) {
            throw errors.because("a tensor in its pickle is not described as PyTorch does it");
        }
    }

    /** Attributes of an {@code OrderedDict}, as {@code _metadata}, say nothing of the tensors. */
    private void build() {
        stack.pop();
        stack.as(Map.class, stack.peek());
    }

    private InputException buildsObject() {
        return errors.because("it builds a Python object; allowed are dictionaries of tensors");
    }
}
