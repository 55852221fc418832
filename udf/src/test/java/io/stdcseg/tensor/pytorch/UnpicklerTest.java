// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.tensor.ByteCursor;
import io.stdcseg.tensor.FileErrors;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpicklerTest {

    private static final FileErrors ERRORS = new FileErrors("f");
    private static final String TOO_MANY = "its pickle makes more than 2000000 values";

    @Test
    void plainDataIsRead() {
        byte[] pickle =
                new Pickles()
                        .op('}', '(')
                        .text("list")
                        .op(']', '(', 'K', 7, 0x88, 'N', 'e')
                        .text("tuple")
                        .op('K', 1, 'M', 1, 2, 0x86)
                        .text("negative")
                        .op('J')
                        .u32(-2)
                        .text("large")
                        .op(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1)
                        .text("zero")
                        .op(0x8a, 0)
                        .text("half")
                        .op('G', 0x3f, 0xe0, 0, 0, 0, 0, 0, 0)
                        .op('u')
                        .stop();

        assertThat(read(pickle))
                .isEqualTo(
                        Map.of(
                                "list",
                                Arrays.asList(7L, true, null),
                                "tuple",
                                List.of(1L, 513L),
                                "negative",
                                -2L,
                                "large",
                                BigInteger.ONE.shiftLeft(64),
                                "zero",
                                0L,
                                "half",
                                0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "torch, load",
        "torch.storage, _load_from_bytes",
        "collections, OrderedDict.__reduce__",
        "torch.jit, _load"
    })
    void whatIsNotOnTheListIsRefusedByName(String module, String name) {
        String reason = "it refers to " + module + "." + name;

        refused(new Pickles().global(module, name).op(')', 'R').stop(), reason);
        refused(new Pickles().text(module).text(name).op(0x93, ')', 'R').stop(), reason);
        refused(new Pickles().op('(', 'i').ascii(module + "\n" + name + "\n").stop(), reason);
        refused(new Pickles().global(module, name).op(')', 0x81).stop(), reason);
    }

    @Test
    void objectsAreNotBuiltEvenOfWhatIsOnTheList() {
        String reason = "it builds a Python object";

        refused(new Pickles().global("collections", "OrderedDict").op(')', 0x81).stop(), reason);
        refused(
                new Pickles().global("collections", "OrderedDict").op(')', '}', 0x92).stop(),
                reason);
        refused(new Pickles().op('(', 'i').ascii("collections\nOrderedDict\n").stop(), reason);
        refused(new Pickles().op('(').global("torch", "Size").op('o').stop(), reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {'P', 0x82, 0x83, 0x84, 0x97, 0x98, 'I', 'F', 'S', 'V', 'g', 'p', 0xff})
    void otherInstructionsAreRefused(int opcode) {
        refused(
                new Pickles().op(opcode).stop(),
                String.format(Locale.ROOT, "pickle instruction 0x%02x is not allowed", opcode));
    }

    @Test
    void lengthsBeyondTheFileAreRefusedBeforeAnythingIsAllocated() {
        String reason = "it is cut short or damaged: ";

        refused(new Pickles().op('X').u32(0xFFFFFFFFL).stop(), reason + "4294967295 bytes");
        refused(new Pickles().op('B').u32(0x7FFFFFFFL).stop(), reason + "2147483647 bytes");
        refused(new Pickles().op(0x8d).i64(Long.MAX_VALUE).stop(), reason);
        refused(new Pickles().op(0x8e).i64(-1).stop(), reason);
        refused(new Pickles().op(0x96).i64(1L << 40).stop(), reason);
        refused(new Pickles().op(0x8b).u32(0x7FFFFFFFL).stop(), "an integer of 2147483647 bytes");
        refused(new Pickles().ascii("cno line feed").stop(), "within a line");
        refused(new byte[0], reason);
    }

    @Test
    void theStackAndTheMemoCannotBeAbused() {
        refused(new Pickles().stop(), "its pickle is damaged");
        refused(new Pickles().op('0').stop(), "its pickle is damaged");
        refused(new Pickles().op('K', 1, '(', '0').stop(), "its pickle is damaged");
        refused(new Pickles().op('K', 1, 0x87).stop(), "its pickle is damaged");
        refused(new Pickles().op('t').stop(), "its pickle is damaged");
        refused(new Pickles().op('K', 1, 'K', 2, 'a').stop(), "its pickle is damaged");
        refused(new Pickles().op('}', '(', 'K', 1, 'u').stop(), "its pickle is damaged");
        refused(new Pickles().op('K', 1, 'N', 'b').stop(), "its pickle is damaged");
        refused(new Pickles().op('K', 1, ')', 'R').stop(), "its pickle is damaged");
        refused(new Pickles().op('h', 3).stop(), "recalls value 3, which it never kept");
        refused(new Pickles().op('j').u32(0xFFFFFFFFL).stop(), "recalls value 4294967295");
        assertThat(read(new Pickles().op('N', 'r').u32(0xFFFFFFFFL).stop())).isNull();
    }

    @Test
    void listsThatHoldThemselvesDoNoHarm() {
        Object circle = read(new Pickles().op(']', 'q', 0, 'h', 0, 'a').stop());

        assertThat(circle).isInstanceOf(List.class);
        refused(new Pickles().op('}', ']', 'q', 0, 'h', 0, 'a', 'N', 's').stop(), "a list as key");
        refused(
                new Pickles().global("collections", "OrderedDict").op(']', 0x85, 0x85, 'R').stop(),
                "a tensor in its pickle is not described");
        assertThatThrownBy(() -> StateDict.of(circle, ERRORS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it does not hold a dictionary of tensors");
    }

    @Test
    void deepNestingDoesNotRecurse() {
        Pickles deep = new Pickles();
        for (int i = 0; i < 500_000; i++) {
            deep.op(']');
        }
        for (int i = 1; i < 500_000; i++) {
            deep.op('a');
        }

        assertThat(read(deep.stop())).isInstanceOf(List.class);
    }

    @Test
    void thereIsAnEndToInstructions() {
        Pickles many = new Pickles();
        for (int i = 0; i < Unpickler.MOST_VALUES; i++) {
            many.op('N');
        }

        refused(many.stop(), TOO_MANY);
    }

    /** 300 kB that would make ten million entries. */
    @Test
    void whatCallsCopyCounts() {
        Pickles dictionaries = new Pickles().op(']', '(');
        for (int i = 0; i < 10_000; i++) {
            dictionaries.integer(i).op('N', 0x86);
        }
        dictionaries.op('e', 'q', 1);
        Pickles sizes = new Pickles().op(']', '(');
        for (int i = 0; i < 10_000; i++) {
            sizes.integer(i);
        }
        sizes.op('e', 'q', 1);
        for (int i = 0; i < 1_000; i++) {
            dictionaries.global("collections", "OrderedDict").op('h', 1, 0x85, 'R');
            sizes.global("torch._utils", "_rebuild_tensor")
                    .op('(')
                    .storage("0", 6)
                    .op('K', 0, 'h', 1, 'h', 1, 't', 'R');
        }

        refused(dictionaries.stop(), TOO_MANY);
        refused(sizes.stop(), TOO_MANY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 255})
    void protocolsOutsideTwoToFiveAreRefused(int version) {
        refused(new byte[] {(byte) 0x80, (byte) version, 'N', '.'}, "pickle protocol " + version);
    }

    @Test
    void wrongArgumentsOfTensorsAreRefused() {
        String reason = "a tensor in its pickle is not described as PyTorch does it";

        for (String name : List.of("_rebuild_tensor_v2", "_rebuild_tensor", "_rebuild_parameter")) {
            refused(new Pickles().global("torch._utils", name).op(')', 'R').stop(), reason);
        }
        refused(
                new Pickles()
                        .global("torch._utils", "_rebuild_tensor_v2")
                        .op('(', 'N', 'N', 'N', 'N', 't', 'R')
                        .stop(),
                reason);
    }

    @Test
    void storagesAreDescribedInOneWayOnly() {
        refused(new Pickles().op(')', 'Q').stop(), "a storage in its pickle is not described");
        refused(new Pickles().text("module").op(0x85, 'Q').stop(), "it refers to a module");
        byte[] twice =
                new Pickles()
                        .tensor("0", 4, 0, new long[] {4}, new long[] {1})
                        .tensor("0", 8, 0, new long[] {8}, new long[] {1})
                        .stop();
        refused(twice, "it describes storage 0 in two ways");
        refused(
                new Pickles().tensor("0", -4, 0, new long[] {4}, new long[] {1}).stop(),
                "a storage in its pickle is not described");
    }

    private static Object read(byte[] pickle) {
        StorageTable table = new StorageTable(ERRORS);
        ByteCursor in = new ByteCursor(ByteBuffer.wrap(pickle), ERRORS);
        return new Unpickler(in, ERRORS, table::refer).read();
    }

    private static void refused(byte[] pickle, String reason) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("checkpoint f is refused: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }
}
