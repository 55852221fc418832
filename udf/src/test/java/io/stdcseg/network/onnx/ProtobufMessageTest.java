// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vectors are those of Protocol Buffers' own description of its encoding. */
class ProtobufMessageTest {

    @Test
    void encodesTheExamplesOfTheSpecification() throws Exception {
        ProtobufMessage number = new ProtobufMessage().number(1, 150);

        assertThat(hex(number)).isEqualTo("089601");
        assertThat(hex(new ProtobufMessage().text(2, "testing"))).isEqualTo("120774657374696e67");
        assertThat(hex(new ProtobufMessage().message(3, number))).isEqualTo("1a03089601");
        assertThat(hex(new ProtobufMessage().number(1, -2))).isEqualTo("08feffffffffffffffff01");
    }

    @Test
    void fieldsFromSixteenOnTakeTwoBytesOfKey() throws Exception {
        assertThat(hex(new ProtobufMessage().number(20, 7))).isEqualTo("a00107");
    }

    @Test
    void lengthsGrowWithWhatIsInside() throws Exception {
        ProtobufMessage large = new ProtobufMessage().bytes(9, ByteBuffer.allocate(300));

        assertThat(hex(new ProtobufMessage().message(1, large))).startsWith("0aaf024aac0200");
    }

    private static String hex(ProtobufMessage message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
